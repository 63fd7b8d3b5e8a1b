"""The board as plain values: what `dispatch.core` knows, and all it knows.

No database, no clock, no Django. A board is never changed: every decision makes a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

REACHES = ("sent", "signed", "departed", "arrived", "reported", "cleared")  # in the order they happen
OPEN_STATES = REACHES[:-1]
UNDONE_STATES = ("returned", "recalled")  # ended without having served the matter


@dataclass(frozen=True)
class BoardUnit:
    """A unit; `shift` is None while it is off duty, `away` says why it cannot be sent although on duty."""

    id: UUID
    shift: UUID | None
    away: str | None = None
    since: dt.datetime | None = None


@dataclass(frozen=True)
class BoardMatter:
    """A matter. `flow` is how crews move it, as its kind declares: state → what a crew reached → next state."""

    id: UUID
    open: bool
    urgency: int = 3
    state: str = ""
    flow: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def after(self, reached: str) -> str | None:
        """The state that follows when a crew has reached this, or None when it makes no difference now."""
        return self.flow.get(self.state, {}).get(reached)


@dataclass(frozen=True)
class BoardAssignment:
    """One unit sent to one matter. `stamps` maps what was reached to when; sent is always there."""

    id: UUID
    matter: UUID
    unit: UUID
    shift: UUID
    state: str
    stamps: Mapping[str, dt.datetime]
    sent_by: UUID | None = None
    reason: str = ""
    ended_at: dt.datetime | None = None
    delivered_at: dt.datetime | None = None
    read_at: dt.datetime | None = None
    fallback_at: dt.datetime | None = None
    reminded_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def sent_at(self) -> dt.datetime:
        return self.stamps["sent"]

    @property
    def last_stamp(self) -> dt.datetime:
        return max(self.stamps.values())


@dataclass(frozen=True)
class BoardAlert:
    """Something the desk hears until it is settled. `kind` and `subject` (an assignment) name it: never two alike."""

    kind: str  # unsigned · returned · support
    subject: UUID
    matter: UUID
    unit: UUID
    raised_at: dt.datetime

    @property
    def key(self) -> tuple[str, UUID]:
        return self.kind, self.subject


@dataclass(frozen=True)
class Limits:
    """How long the core waits. Source: the issue's own figures; a place may set others."""

    received_s: float = 10  # not received by the phone: SMS and voice
    signed_s: float = 60  # not signed: back at the desk with a sound
    just_now_s: float = 10  # another desk was faster: say by how much instead of "busy since"


@dataclass(frozen=True)
class Board:
    """Units, matters, assignments and open alerts at one moment."""

    units: Mapping[UUID, BoardUnit] = field(default_factory=dict)
    matters: Mapping[UUID, BoardMatter] = field(default_factory=dict)
    assignments: Mapping[UUID, BoardAssignment] = field(default_factory=dict)
    alerts: Mapping[tuple[str, UUID], BoardAlert] = field(default_factory=dict)
    limits: Limits = Limits()

    def current(self, unit: UUID) -> BoardAssignment | None:
        """What the unit is on now."""
        return next((one for one in self.assignments.values() if one.unit == unit and one.is_open), None)

    def on(self, matter: UUID) -> list[BoardAssignment]:
        """Assignments now open on the matter, the earliest first."""
        found = [one for one in self.assignments.values() if one.matter == matter and one.is_open]
        return sorted(found, key=lambda one: (one.sent_at, one.id))

    def was_served(self, matter: UUID) -> bool:
        """True when a crew has been there and cleared."""
        return any(one.matter == matter and one.state == "cleared" for one in self.assignments.values())

    def open_assignments(self) -> Iterator[BoardAssignment]:
        return (one for one in self.assignments.values() if one.is_open)
