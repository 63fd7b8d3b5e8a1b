"""The bridge to dispatch and duty: who is with this matter now, and what the ledger says of a recorder's number.

Higher apps answer; the crew check of a step asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from shouwang.matters.models import Matter


@dataclass(frozen=True)
class Present:
    """Somebody at the scene. `recorder`: the number of his running recorder, empty without one (CFS-08)."""

    person: UUID
    post: UUID | None
    sworn: bool
    recorder: str = ""


Answer = Callable[[Matter, dt.datetime], list[Present]]
ANSWERS: list[Answer] = []


def presence(answer: Answer) -> Answer:
    """Register one answer at start-up."""
    if answer not in ANSWERS:
        ANSWERS.append(answer)
    return answer


def present_at(matter: Matter, at: dt.datetime) -> list[Present]:
    """Who is with the matter, each person once."""
    found = {one.person: one for answer in ANSWERS for one in answer(matter, at)}
    return list(found.values())


Doubt = Callable[[str, list[Present]], str]
DOUBTS: list[Doubt] = []


def doubts_recorders(answer: Doubt) -> Doubt:
    """Register one answer at start-up: why no recorder with this number can be running there, "" where one can."""
    if answer not in DOUBTS:
        DOUBTS.append(answer)
    return answer


def recorder_doubt(number: str, there: list[Present]) -> str:
    """Why the ledger speaks against this number: its standing, or whose it is."""
    return next((why for answer in DOUBTS if (why := answer(number, there))), "")
