"""The registry of channels to the outside. Each registers itself: how it sends one letter, and whether it is set up.

`send` only talks to its peer: no database, a time limit of its own, `Unavailable` when the peer did not answer,
`Refused` when it will never take this letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from shouwang.notices.models import Channel


class Refused(Exception):
    """The peer will not take this letter, now or later. `why` is a short code."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Letter:
    """One notice on its way out. `id` lets the peer know a second attempt when it sees one."""

    id: UUID
    channel: Channel
    to: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Receipt:
    """The peer has taken it. `delivered` where taking is all there will ever be known."""

    outside: str = ""
    n_parts: int = 1
    delivered: bool = False


@dataclass(frozen=True)
class Outlet:
    channel: Channel
    send: Callable[[Letter], Receipt]
    is_set_up: Callable[[], bool]


OUTLETS: dict[Channel, Outlet] = {}


def outlet(channel: Channel, *, send: Callable[[Letter], Receipt], is_set_up: Callable[[], bool]) -> None:
    OUTLETS[channel] = Outlet(channel, send, is_set_up)


def is_open(channel: Channel) -> bool:
    return channel in OUTLETS and OUTLETS[channel].is_set_up()
