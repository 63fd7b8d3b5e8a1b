"""The check list: each line's state is read from the town itself, whenever somebody looks. Nothing is ticked off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shouwang.people.roles import ROLE_TABLE

Words = Promise | str


class State(StrEnum):
    DONE = "done"
    OPEN = "open"  # the town cannot work without it
    LATER = "later"  # it can work, and should not for long


@dataclass(frozen=True)
class Line:
    """One thing that a town needs.

    whose  the role whose part it is; others see the state and no link
    says   what is there, or what is missing
    where  the name of the page that does it; empty where it is a command on the machine
    """

    whose: str
    title: Words
    state: State
    says: Words
    where: str = ""
    act: Words = ""
    command: str = ""

    @property
    def holder(self) -> Words:
        return ROLE_TABLE[self.whose].label


@dataclass(frozen=True)
class Section:
    title: Words
    lines: list[Line]


def sentences(*said: str) -> str:
    """One after another: Chinese leaves no space between them."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(said)


def check_list(at: dt.datetime) -> list[Section]:
    """Every line, from the ground up to the first call."""
    from shouwang.administration.checks import calls, ground, keeping, messages, staff

    return [
        Section(_("People and ground"), [*staff.seats(at), *ground.lines(at)]),
        Section(_("Colleagues and units"), [*staff.lines(at), *calls.units(at)]),
        Section(_("Messages"), messages.lines(at)),
        Section(_("Keeping what is kept"), keeping.lines(at)),
        Section(_("The first call"), calls.rehearsal(at)),
    ]
