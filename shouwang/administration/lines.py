"""A line of the check list: one thing that a town needs, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language

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


def sentences(*said: str) -> str:
    """One after another: Chinese leaves no space between them."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(said)
