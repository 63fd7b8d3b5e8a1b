"""What rings at one desk (trust U4). Pure: alerts as they stand → the lines of the desk, the most urgent first.

A call for help or support is a line of its own. Alerts of another kind are one line with a count and one sound,
however many they are: a busy hour rings as often as a quiet one, and nothing falls out of the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shouwang.duty.models import AlertKind

RANK = (AlertKind.SOS, AlertKind.SUPPORT, AlertKind.MISSED, AlertKind.UNSIGNED, AlertKind.RETURNED)
SINGLE = frozenset({AlertKind.SOS, AlertKind.SUPPORT})  # somebody's safety now: never folded into a number
TO_THE_SENDER = frozenset({AlertKind.UNSIGNED, AlertKind.RETURNED})  # whoever sent the crew knows what to do


class Ringing(Protocol):
    """What is asked of an alert here."""

    pk: UUID
    kind: str
    raised_at: dt.datetime
    desk: UUID | None
    escalated_at: dt.datetime | None


@dataclass(frozen=True)
class Line:
    """One line in the list of a desk, its alerts the oldest first. `rings`: it is heard here."""

    kind: str
    alerts: tuple[Ringing, ...]
    rings: bool

    @property
    def first(self) -> Ringing:
        return self.alerts[0]

    @property
    def n_escalated(self) -> int:
        return sum(one.escalated_at is not None for one in self.alerts)


def urgency_of(alert: Ringing) -> tuple[int, dt.datetime]:
    """By this an alert stands above another."""
    return RANK.index(AlertKind(alert.kind)), alert.raised_at


def rings_at(alert: Ringing, person: UUID | None) -> bool:
    """Whether it is heard at the desk of that person."""
    return alert.desk is None or alert.desk == person or alert.escalated_at is not None


def lines_of(alerts: Iterable[Ringing], person: UUID | None) -> list[Line]:
    """Every alert is in exactly one line; those of one kind are apart only where some ring here and some do not."""
    found: list[Line] = []
    folded: dict[tuple[str, bool], list[Ringing]] = {}
    for alert in sorted(alerts, key=urgency_of):
        rings = rings_at(alert, person)
        if alert.kind in SINGLE:
            found.append(Line(alert.kind, (alert,), rings))
        else:
            folded.setdefault((alert.kind, rings), []).append(alert)
    heaps = [Line(kind, tuple(rows), rings) for (kind, rings), rows in folded.items()]
    return [*found, *sorted(heaps, key=lambda line: (not line.rings, urgency_of(line.first)))]


def sounds_of(lines: Sequence[Line]) -> set[str]:
    """The rhythms: one for calls for help, one for everything else."""
    return {"sos" if line.kind == AlertKind.SOS else "unsigned" for line in lines if line.rings}
