"""Slots: the shifts of a duty model. Which hours, how many people, with which qualification, on which ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from psycopg.types.range import TimestamptzRange

from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.duty.rosters.pool import GRID, HEADS
from shouwang.people.models import Post
from shouwang.solvers import rostering_rules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

MOST_SLOTS, MOST_PEOPLE, LONGEST_H = 24, 60, 24
WEEK = (0, 1, 2, 3, 4, 5, 6)

QUALIFICATIONS: dict[str, Words] = {
    "any": pgettext_lazy("qualification", "anybody"),
    "sworn": pgettext_lazy("qualification", "sworn officer"),
    "unsworn": pgettext_lazy("qualification", "auxiliary or security worker"),
    "head": pgettext_lazy("qualification", "station head or duty lead"),
    "community": pgettext_lazy("qualification", "community officer"),
    "grid": pgettext_lazy("qualification", "grid worker"),
}


class SlotsUnusable(Problem):
    code, status = "roster.slots_unusable", 422
    says = _("Line {line} cannot be used: {why}.")


WHY: dict[str, Words] = {
    "name": _("it has no name"),
    "begins": _("the beginning is no time of day"),
    "hours": _("hours go from a half to 24"),
    "number": _("people go from 0 to 60"),
    "needs": _("this qualification does not exist"),
    "many": _("a model has 24 lines at most"),
    "none": _("a model needs at least one line"),
}


@dataclass(frozen=True)
class Slot:
    """`team` has its own part of the roster; `ground` and `unit` name what it stands on, or "" for all of it."""

    code: str
    name: str
    begins: str  # 08:00
    minutes: int
    number: int
    needs: str = "any"
    team: str = ""
    ground: str = ""
    unit: str = ""
    weekdays: tuple[int, ...] = WEEK

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"weekdays": list(self.weekdays)}

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def starts_min(self) -> int:
        at = dt.time.fromisoformat(self.begins)
        return at.hour * 60 + at.minute

    @property
    def ends(self) -> str:
        return f"{(self.starts_min + self.minutes) // 60 % 24:02}:{(self.starts_min + self.minutes) % 60:02}"

    @property
    def night(self) -> bool:
        return self.for_solver().night

    @property
    def needs_words(self) -> Words | str:
        return QUALIFICATIONS.get(self.needs, self.needs)

    def for_solver(self) -> rostering_rules.Slot:
        return rostering_rules.Slot(self.code, self.starts_min, self.minutes)

    def on(self, day: dt.date) -> TimestamptzRange:
        begins = dt.datetime.combine(day, dt.time.fromisoformat(self.begins), SHANGHAI)
        return TimestamptzRange(begins, begins + dt.timedelta(minutes=self.minutes))


def slots_from(told: Iterable[Mapping[str, Any]]) -> list[Slot]:
    return [Slot(**{**one, "weekdays": tuple(one["weekdays"])}) for one in told]


def read_slots(lines: Iterable[Mapping[str, Any]]) -> list[Slot]:
    """Checked lines of a form; those without a name and a number are left out. Raises SlotsUnusable."""
    found: list[Slot] = []
    for line, told in enumerate(lines, start=1):
        if not str(told.get("name", "")).strip() and not str(told.get("number", "")).strip():
            continue
        found.append(_read(line, told, f"s{len(found) + 1}"))
    if not found or len(found) > MOST_SLOTS:
        raise SlotsUnusable(line=len(found) or 1, why=WHY["many" if found else "none"])
    return found


def _read(line: int, told: Mapping[str, Any], code: str) -> Slot:
    def need(fine: bool, why: str) -> None:
        if not fine:
            raise SlotsUnusable(line=line, why=WHY[why])

    name = clean_line(str(told.get("name", "")), 40, field="name")
    need(bool(name), "name")
    try:
        begins = dt.time.fromisoformat(str(told.get("begins", "")).strip()).strftime("%H:%M")
    except ValueError:
        raise SlotsUnusable(line=line, why=WHY["begins"]) from None
    hours, number = _number(told.get("hours")), _number(told.get("number"))
    need(hours is not None and 0.5 <= hours <= LONGEST_H, "hours")
    need(number is not None and 0 <= number <= MOST_PEOPLE, "number")
    need(told.get("needs") in QUALIFICATIONS, "needs")
    assert hours is not None
    assert number is not None
    days = tuple(day for day in WEEK if str(day) in told.get("weekdays", ())) or WEEK
    team = clean_line(str(told.get("team", "")), 20, field="team")
    ground, unit = str(told.get("ground", ""))[:36], str(told.get("unit", ""))[:36]
    return Slot(code, name, begins, round(hours * 60), int(number), str(told["needs"]), team, ground, unit, days)


def _number(text: object) -> float | None:
    try:
        found = float(str(text))
    except ValueError:
        return None
    return found if found == found and abs(found) < 1e6 else None


def suits(slot: Slot, posts: Iterable[Post]) -> bool:
    """Whether somebody with these posts on the ground may stand in that slot (AUX-01: sworn is sworn)."""
    held = list(posts)
    roles = {post.role for post in held}
    if slot.ground and not any(_on_ground(post, slot.ground) for post in held):
        return False
    sworn = any(post.person.sworn for post in held)
    return {
        "any": bool(held),
        "sworn": sworn,
        "unsworn": not sworn and "auxiliary" in roles,
        "head": bool(roles & HEADS),
        "community": "community_officer" in roles,
        "grid": bool(roles & GRID),
    }[slot.needs]


def _on_ground(post: Post, ground: str) -> bool:
    """His post is on that ground, within it, or on the office above it: then he can be sent there."""
    return str(post.area_id) == ground or post.role not in GRID | {"community_officer"}
