"""The bridge: may this look serve these identities? `matters` answers, `looking` asks.

A ground is answered for one matter: it is open (or its purpose outlives it), the asker may work on it, and the
identities are those of its parties. Without a matter, only the grounds registered for that purpose answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shouwang.core.actor import Actor


@dataclass(frozen=True)
class Asked:
    """One question: who wants to read which identities, when, for what, in which matter.

    Without identities it asks whether the matter gives ground for this purpose at all.
    """

    identities: tuple[UUID, ...]
    by: Actor
    at: dt.datetime
    purpose: str
    matter: UUID | None


Ground = Callable[[Asked], bool]
GROUNDS: list[Ground] = []


def ground(answer: Ground) -> Ground:
    """Register one answer; a look is served when any of them says yes."""
    GROUNDS.append(answer)
    return answer


def may_serve(asked: Asked) -> bool:
    return any(answer(asked) for answer in GROUNDS)


Needed = Callable[[dt.datetime], QuerySet[Any]]
KEEPERS: list[Needed] = []


def keeper(needed: Needed) -> Needed:
    """Register a query of identities that are still needed: those of matters open, or closed after the instant."""
    KEEPERS.append(needed)
    return needed
