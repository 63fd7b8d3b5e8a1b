"""The clock check: is every beat walked by somebody in all 24 hours of a day ahead, by what is known (S-PAT-009).

Known are turns of rosters in force, for the unit, the ground or the team their line names, patrols that were ordered,
and changes said since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.beats.models import Beat, Change, What
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.duty.models import RosterState, Turn, Unit
from shouwang.duty.rosters.slots import Slot, slots_from
from shouwang.journal.record import record
from shouwang.people.access import Verb, require

Span = tuple[dt.datetime, dt.datetime]
SHORTEST_REASON = 4
LONGEST = dt.timedelta(hours=24)


class WhyNeeded(Problem):
    code, status = "beats.why_needed", 400
    says = _("Say in a few words why the beat is walked otherwise, or not at all.")


class SpanUnclear(Problem):
    code, status = "beats.span", 400
    says = _("A change lasts at most 24 hours and ends after it begins.")


@dataclass(frozen=True)
class Day:
    """One beat on one day: when nobody is known to walk it, and what was said about those hours."""

    beat: Beat
    free: list[Span]
    changes: list[Change] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.free

    @property
    def hours_free(self) -> float:
        return sum((ends - begins for begins, ends in self.free), dt.timedelta()) / dt.timedelta(hours=1)

    @property
    def skipped(self) -> list[Change]:
        return [one for one in self.changes if one.what == What.SKIPPED]


def day_of(on: dt.date) -> Span:
    begins = dt.datetime.combine(on, dt.time(), SHANGHAI)
    return begins, begins + dt.timedelta(days=1)


def days_of(beats: Sequence[Beat], on: dt.date, ordered: Mapping[Any, Sequence[Span]] | None = None) -> list[Day]:
    """Each beat with its uncovered hours of that day. Two queries, however many beats.

    ordered  by area of a beat or its sector: hours for which somebody above knows who goes there
    """
    begins, ends = day_of(on)
    turns = Turn.objects.filter(
        roster__state=RosterState.IN_FORCE, during__overlap=(begins, ends), missed_at=None
    ).select_related("roster")
    known: dict[tuple[object, str], Slot] = {}
    stands: list[tuple[str, Slot, Span]] = []
    for turn in turns:
        if (turn.roster_id, turn.slot) not in known:
            known |= {(turn.roster_id, one.code): one for one in slots_from(turn.roster.slots)}
        path = turn.roster.area_id
        slot = known.get((turn.roster_id, turn.slot))
        if slot is not None:
            stands.append((str(path), slot, (turn.during.lower, turn.during.upper)))
    changes = Change.objects.filter(beat__in=beats, begins_at__lt=ends, ends_at__gt=begins).select_related("team")
    by_beat: dict[object, list[Change]] = {}
    for one in changes.order_by("noted_at"):
        by_beat.setdefault(one.beat_id, []).append(one)
    more = ordered or {}
    return [
        _day(beat, stands, [*more.get(beat.area_id, ()), *more.get(beat.sector_id, ())], by_beat.get(beat.pk, []),
             (begins, ends))
        for beat in beats
    ]  # fmt: skip


def uncovered(spans: Sequence[Span], within: Span) -> list[Span]:
    """What of `within` none of `spans` holds. Pure."""
    found, reached = [], within[0]
    for begins, ends in sorted(spans):
        if begins > reached:
            found.append((reached, min(begins, within[1])))
        reached = max(reached, ends)
        if reached >= within[1]:
            return found
    return [*found, (reached, within[1])]


def note_change(beat: Beat, span: Span, reason: str, *, by: Actor, at: dt.datetime, team: Unit | None = None) -> Change:
    """Another team for some hours; without a team nobody walks it. Either way with a reason.

    Raises  WhyNeeded, SpanUnclear, NotAllowed, NotVisible
    """
    why = clean_line(reason, 200, field="reason")
    if len(why) < SHORTEST_REASON:
        raise WhyNeeded(field="reason")
    if not dt.timedelta() < span[1] - span[0] <= LONGEST:
        raise SpanUnclear(field="ends_at")
    with acting(by):
        require(by, Verb.ROSTER_WRITE, beat, at)
        change = Change.objects.create(
            beat=beat, what=What.CHANGED if team else What.SKIPPED, begins_at=span[0], ends_at=span[1], team=team,
            reason=why, noted_by=by.person_id, noted_at=at,
        )  # fmt: skip
        record("beat.shift", topic="beat.changed", subject=beat, area=beat.ground, by=by, at=at,
               called=beat.area.name, what=change.what)  # fmt: skip
    return change


def _day(
    beat: Beat, stands: Sequence[tuple[str, Slot, Span]], ordered: list[Span], changes: list[Change], within: Span
) -> Day:
    spans = [span for office, slot, span in stands if office == str(beat.ground_id) and _walks(slot, beat)]
    spans += ordered
    spans = [piece for span in spans for piece in _without(span, changes, What.SKIPPED)]
    spans += [(one.begins_at, one.ends_at) for one in changes if one.what == What.CHANGED]
    return Day(beat, uncovered(spans, within), changes)


def _walks(slot: Slot, beat: Beat) -> bool:
    """Whether a line of a roster stands for this beat: by its unit, else its ground, else the sector its team has.

    A name is asked only of a line that says neither unit nor ground: two sectors may be called alike.
    """
    if slot.unit:
        return slot.unit == str(beat.team_id)
    if slot.ground:
        return slot.ground in {str(one) for one in (beat.area_id, beat.sector_id) if one}
    return beat.sector is not None and bool(slot.team) and slot.team == beat.sector.name


def _without(span: Span, changes: Sequence[Change], what: str) -> list[Span]:
    gone = [(one.begins_at, one.ends_at) for one in changes if one.what == what]
    return uncovered(gone, span) if gone else [span]
