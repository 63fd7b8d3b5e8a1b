"""What stands under the command bar while a line is typed: commands, how the line may go on, and what it finds.

What is no command finds matters and crews: one box for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.desk.board import label_of
from shouwang.desk.commands import Command, Typing, being_typed, matching, names_command
from shouwang.desk.units import UnitLine, units_for
from shouwang.matters.finding import ANY, Narrowing, find_matters, numbered
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to

SHOWN = 8
FOUND = 9  # one for each digit key


@dataclass(frozen=True)
class Hit:
    """A matter that was found, with its kind in words."""

    matter: Matter
    kind: str


@dataclass(frozen=True)
class Choice:
    """How the line may go on: `fills` is the whole line with it."""

    fills: str
    label: str
    note: str


@dataclass(frozen=True)
class Offers:
    commands: list[Command] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    crews: list[UnitLine] = field(default_factory=list)
    searched: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.commands or self.choices or self.hits or self.crews)


def offers_for(line: str, by: Actor, at: dt.datetime) -> Offers:
    typing = being_typed(line)
    if typing is not None:
        return Offers([typing.command], choices=_choices(typing, by, at))
    if names_command(line) or not line.strip():
        return Offers(matching(line))
    return Offers(matching(line), hits=hits_for(line, by, at, FOUND), crews=crews_named(line, by, at), searched=line)


def hits_for(text: str, by: Actor, at: dt.datetime, limit: int, only: Narrowing = ANY) -> list[Hit]:
    return hits_of(find_matters(text, by=by, at=at, limit=limit, only=only))


def hits_of(matters: Iterable[Matter]) -> list[Hit]:
    return [Hit(matter, label_of(matter)) for matter in matters]


def crews_named(text: str, by: Actor, at: dt.datetime) -> list[UnitLine]:
    """Crews on shift of which the text is a part of the name, or the beginning of the initials or the call sign."""
    said = half_width(text, punctuation=False).strip().lower()
    lines = units_for(by, at) if said else []
    return [
        line for line in lines
        if said in line.unit.name.lower()
        or any(name.lower().startswith(said) for name in (line.unit.initials, line.unit.call_sign) if name)
    ][:SHOWN]  # fmt: skip


def _choices(typing: Typing, by: Actor, at: dt.datetime) -> list[Choice]:
    if typing.part in ("number", "other"):
        return _numbers(typing, by, at)
    if typing.part == "unit":
        return [
            Choice(f"{typing.before}{line.unit.name} ", line.unit.name, line.unit.initials)
            for line in (crews_named(typing.typed, by, at) if typing.typed else units_for(by, at)[:SHOWN])
        ]
    if typing.part in ("outcome", "step"):
        return _outcomes(typing, by, at) if typing.part == "outcome" else _steps(typing, by, at)
    return []


def _numbers(typing: Typing, by: Actor, at: dt.datetime) -> list[Choice]:
    """Open matters whose number begins so, the most urgent first; by the whole reference where a number is double."""
    if typing.typed and not typing.typed.isdecimal():
        return []
    found = list(Matter.objects.visible_to(by, at).open().order_by("urgency", "-opened_at")[:200])
    fit = [one for one in found if str(one.number).startswith(typing.typed) or one.reference == typing.typed][:SHOWN]
    numbers = [one.number for one in found]
    return [
        Choice(f"{typing.before}{name} ", name, f"{label_of(one)} {one.place_text}")
        for one in fit
        for name in [str(one.number) if numbers.count(one.number) == 1 else one.reference]
    ]


def _steps(typing: Typing, by: Actor, at: dt.datetime) -> list[Choice]:
    """Open to `by` on the one matter that is meant."""
    digits = typing.parts["number"]
    meant = numbered(Matter.objects.visible_to(by, at), digits, at) if digits.isdecimal() else []
    steps = steps_open_to(meant[0], by, at) if len(meant) == 1 else []
    return [
        Choice(f"{typing.before}{one.step.label}", str(one.step.label), "")
        for one in steps
        if typing.typed.lower() in (str(one.step.label)[: len(typing.typed)].lower(), one.step.name)
    ][:SHOWN]


def _outcomes(typing: Typing, by: Actor, at: dt.datetime) -> list[Choice]:
    """Of the one matter that is meant."""
    digits = typing.parts["number"]
    meant = numbered(Matter.objects.visible_to(by, at), digits, at) if digits.isdecimal() else []
    outcomes = kind_of(meant[0].kind).outcomes if len(meant) == 1 else {}
    return [
        Choice(f"{typing.before}{label}", str(label), "")
        for key, label in outcomes.items()
        if not typing.typed or typing.typed.lower() in (str(label)[: len(typing.typed)].lower(), key)
    ]
