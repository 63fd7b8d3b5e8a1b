"""What can happen on the board: the only input of `dispatch.core`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Send:
    """A desk sends a unit to a matter that nobody is on. `assignment` is the id the sender made."""

    assignment: UUID
    matter: UUID
    unit: UUID
    by: UUID | None


@dataclass(frozen=True)
class AddCrew(Send):
    """A desk sends one more unit, knowing that others may be there."""


@dataclass(frozen=True)
class Reach:
    """A crew reached a point of its assignment."""

    assignment: UUID
    reaches: ClassVar[str]


@dataclass(frozen=True)
class Sign(Reach):
    reaches = "signed"


@dataclass(frozen=True)
class Depart(Reach):
    reaches = "departed"


@dataclass(frozen=True)
class Arrive(Reach):
    reaches = "arrived"


@dataclass(frozen=True)
class Report(Reach):
    reaches = "reported"


@dataclass(frozen=True)
class Clear(Reach):
    reaches = "cleared"


@dataclass(frozen=True)
class Return:
    """The crew gives the task back, and says why."""

    assignment: UUID
    reason: str


@dataclass(frozen=True)
class Recall:
    """The desk takes the task back: the undo of a send, at any time before the end."""

    assignment: UUID
    reason: str = ""


@dataclass(frozen=True)
class AskSupport:
    assignment: UUID


@dataclass(frozen=True)
class Delivered:
    """The crew's phone has the task."""

    assignment: UUID


@dataclass(frozen=True)
class Read:
    """Somebody of the crew has opened the task."""

    assignment: UUID


@dataclass(frozen=True)
class MatterClosed:
    matter: UUID


@dataclass(frozen=True)
class MatterMerged:
    """The matter turned out to be the same as another: crews go on, under the other reference."""

    matter: UUID
    into: UUID


@dataclass(frozen=True)
class ShiftEnded:
    unit: UUID


@dataclass(frozen=True)
class Tick:
    """Time has passed."""


Event = (
    Send
    | AddCrew
    | Sign
    | Depart
    | Arrive
    | Report
    | Clear
    | Return
    | Recall
    | AskSupport
    | Delivered
    | Read
    | MatterClosed
    | MatterMerged
    | ShiftEnded
    | Tick
)
