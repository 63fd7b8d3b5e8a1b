"""The bridge: may this look serve these identities? `matters` answers, `looking` asks.

A ground is answered for one matter: it is open (or its purpose outlives it), the asker may work on it, and the
identities are those of its parties. Without a matter, only the grounds registered for that purpose answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.actor import Actor


@dataclass(frozen=True)
class Asked:
    """One question: who wants to read which identities, when, for what, in which matter."""

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


def may_serve(asked: Asked, grounds: Sequence[Ground] | None = None) -> bool:
    return any(answer(asked) for answer in (GROUNDS if grounds is None else grounds))
