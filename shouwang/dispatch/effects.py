"""What `dispatch.core` answers: effects to carry out, or a refusal with its reason. Both are data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from shouwang.dispatch.board import BoardAlert, BoardAssignment


@dataclass(frozen=True)
class WriteAssignment:
    """Store this row as it stands."""

    assignment: BoardAssignment
    new: bool


@dataclass(frozen=True)
class TakeMatterStep:
    """The matter itself moves: `reached` is the word its kind maps to a step (`crewed`)."""

    matter: UUID
    reached: str
    assignment: UUID


@dataclass(frozen=True)
class TellUnit:
    """The crew must learn it: task · recalled · closed · merged · support."""

    unit: UUID
    what: str
    assignment: UUID


@dataclass(frozen=True)
class FallBack:
    """The phone did not take the task: SMS and voice."""

    unit: UUID
    assignment: UUID


@dataclass(frozen=True)
class RaiseAlert:
    alert: BoardAlert


@dataclass(frozen=True)
class SettleAlert:
    alert: BoardAlert
    why: str  # signed · sent · ended · closed


Effect = WriteAssignment | TakeMatterStep | TellUnit | FallBack | RaiseAlert | SettleAlert


@dataclass(frozen=True)
class OffShift:
    unit: UUID


@dataclass(frozen=True)
class Away:
    unit: UUID
    reason: str
    since: dt.datetime | None


@dataclass(frozen=True)
class Busy:
    """The unit is on another matter; `ahead_s` is set when it was sent there only a moment ago."""

    unit: UUID
    matter: UUID
    since: dt.datetime
    sent_by: UUID | None
    ahead_s: float | None


@dataclass(frozen=True)
class AlreadyThere:
    unit: UUID
    matter: UUID
    since: dt.datetime


@dataclass(frozen=True)
class AlreadyCrewed:
    """Somebody is on this matter already: one more is sent only on purpose (`AddCrew`)."""

    matter: UUID
    unit: UUID
    since: dt.datetime
    sent_by: UUID | None
    ahead_s: float | None


@dataclass(frozen=True)
class MatterEnded:
    matter: UUID


@dataclass(frozen=True)
class AssignmentEnded:
    assignment: UUID
    state: str
    at: dt.datetime | None


@dataclass(frozen=True)
class AlreadyReached:
    assignment: UUID
    reached: str
    at: dt.datetime


@dataclass(frozen=True)
class NotThereYet:
    assignment: UUID


@dataclass(frozen=True)
class ReasonMissing:
    assignment: UUID


@dataclass(frozen=True)
class NotOnBoard:
    """The event names something the board does not hold."""

    what: UUID


Refusal = (
    OffShift
    | Away
    | Busy
    | AlreadyThere
    | AlreadyCrewed
    | MatterEnded
    | AssignmentEnded
    | AlreadyReached
    | NotThereYet
    | ReasonMissing
    | NotOnBoard
)
REFUSALS = (
    OffShift,
    Away,
    Busy,
    AlreadyThere,
    AlreadyCrewed,
    MatterEnded,
    AssignmentEnded,
    AlreadyReached,
    NotThereYet,
    ReasonMissing,
    NotOnBoard,
)
