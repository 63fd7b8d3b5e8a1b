"""The rules for odd look-ups, as pure functions. Each picks out single looks; nothing is added up into a score.

They are told to staff in writing before they apply (page “Looks and their rules”, docs/registers.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.clock import SHANGHAI
from shouwang.registry.models.odd import OddRule

MARGIN = dt.timedelta(minutes=30)  # before and after a shift: who comes early or finishes a form is on duty
NIGHT_FROM, NIGHT_UNTIL = dt.time(22), dt.time(6)  # for whoever keeps no shifts
SPAN = dt.timedelta(minutes=10)
MOST_LOOKS, MOST_SEARCHES = 12, 30  # within SPAN


@dataclass(frozen=True)
class Trace:
    """One look at a resident, or one search for residents, and what the rules may know of it.

    on_duty  None where the person keeps no shifts: then the night counts
    """

    subject: UUID
    person: UUID
    at: dt.datetime
    is_search: bool
    on_duty: bool | None = None
    own_name: bool = False
    own_address: bool = False
    decoy: bool = False
    emergency: bool = False  # judged by a second person already
    by_himself: bool = False  # the resident's own page


def odd_among(traces: Sequence[Trace]) -> Iterator[tuple[OddRule, Trace]]:
    """Every rule and the trace it picks out. `traces` of any persons, in any order."""
    looked_at = [one for one in traces if not one.by_himself]
    for one in looked_at:
        yield from ((rule, one) for rule, picks in SINGLE.items() if picks(one))
    yield from ((OddRule.BURST, one) for one in _bursts(looked_at))


def off_duty(one: Trace) -> bool:
    if one.emergency:
        return False
    return _at_night(one.at) if one.on_duty is None else not one.on_duty


SINGLE: dict[OddRule, Callable[[Trace], bool]] = {
    OddRule.OFF_DUTY: off_duty,
    OddRule.OWN_NAME: lambda one: one.own_name,
    OddRule.OWN_ADDRESS: lambda one: one.own_address,
    OddRule.DECOY: lambda one: one.decoy,
}


def _bursts(traces: Sequence[Trace]) -> Iterator[Trace]:
    """The one look (or search) with which somebody went over the number; the next counts from there."""
    by_person: dict[tuple[UUID, bool], list[Trace]] = {}
    for one in sorted(traces, key=lambda trace: (trace.at, trace.subject)):
        if one.emergency:
            continue
        near = by_person.setdefault((one.person, one.is_search), [])
        near[:] = [earlier for earlier in near if one.at - earlier.at < SPAN] + [one]
        if len(near) > (MOST_SEARCHES if one.is_search else MOST_LOOKS):
            yield one
            near.clear()


def _at_night(at: dt.datetime) -> bool:
    local = at.astimezone(SHANGHAI).time()
    return local >= NIGHT_FROM or local < NIGHT_UNTIL
