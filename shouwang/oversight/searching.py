"""The nightly look for what does not fit: arrivals beside tracks, visits of a round, and both at once.

It asks of each note by itself. Nobody is ranked, counted or watched longer for what was found before (ETH-11, ETH-12).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Crew
from shouwang.kinds.incident.models import Stamp, StampName
from shouwang.oversight.findings import keep_finding
from shouwang.oversight.models import Check, Finding
from shouwang.oversight.plausible import Facts, Limits, Spot, apart, arrival_far, too_fast
from shouwang.rounds.models import Stop
from shouwang.tracking.models import Fix

MOST = 5000
PIECE = 500  # notes read at once
Row = TypeVar("Row")


def limits_in_force() -> Limits:
    """Those of the settings; printed on the page of findings, so that everybody knows them beforehand."""
    return Limits(far_m=settings.CHECK_FAR_M, walk_mps=settings.CHECK_WALK_KMH / 3.6, apart_m=settings.CHECK_APART_M)


def look_for_findings(day: dt.date, *, by: Actor, at: dt.datetime) -> int:
    """What was noted on that date in Shanghai; how many findings are new.

    Each date is looked at in one night only: what was explained and erased leaves no mark, and is not found again.
    """
    since = dt.datetime.combine(day, dt.time(), SHANGHAI)
    until, limits = since + dt.timedelta(days=1), limits_in_force()
    found = [*_arrivals(since, until, limits), *_visits(since, until, limits)]
    return sum(keep_finding(one, by=by, at=at) for one in found)


def _arrivals(since: dt.datetime, until: dt.datetime, limits: Limits) -> Iterator[Finding]:
    noted = Assignment.objects.filter(
        arrived_at__gte=since, arrived_at__lt=until, matter__lon__isnull=False, matter__lat__isnull=False
    )
    for rows in _pieces(noted.select_related("matter__area").order_by("arrived_at")):
        pressed = _pressed_by([row.matter_id for row in rows])
        for row in rows:
            assert row.arrived_at is not None
            place = Spot(row.arrived_at, row.matter.lon or 0.0, row.matter.lat or 0.0)
            facts = arrival_far(place, _track([row.unit_id], place.at, limits), limits)
            person = pressed.get((row.matter_id, row.arrived_at)) or _lead_of(row.shift_id, row.arrived_at)
            if facts and person:
                yield _finding(Check.FAR, person, row.matter.area_id, row.pk, row.matter.place_text, place.at, facts)


def _visits(since: dt.datetime, until: dt.datetime, limits: Limits) -> Iterator[Finding]:
    noted = Stop.objects.filter(done_at__gte=since, done_at__lt=until).exclude(outcome="later")
    for rounds in _pieces(noted.order_by("round").values_list("round", flat=True).distinct()):  # a round is never cut
        by_round: dict[UUID, list[Stop]] = defaultdict(list)
        for stop in noted.filter(round__in=rounds).select_related("round").order_by("done_at"):
            by_round[stop.round_id].append(stop)
        for stops in by_round.values():
            yield from _of_round(stops, limits)


def _of_round(stops: Sequence[Stop], limits: Limits) -> Iterator[Finding]:
    spots = [Spot(one.done_at, one.lon, one.lat) for one in stops if one.done_at]
    for index, facts in too_fast(spots, limits):
        yield _of_stop(Check.FAST, stops[index], facts)
    units = _units_of(stops[0].round.walker_id, spots)
    for stop, spot in zip(stops, spots, strict=True):
        beside = apart(spot, _track(units, spot.at, limits), limits) if units else None
        if beside:
            yield _of_stop(Check.APART, stop, beside)


def _pieces(rows: QuerySet[Any, Row]) -> Iterator[list[Row]]:
    found = rows.iterator(chunk_size=PIECE)
    while piece := list(islice(found, PIECE)):
        yield piece


def _of_stop(check: Check, stop: Stop, facts: Facts) -> Finding:
    assert stop.done_at is not None
    walk = stop.round
    return _finding(check, walk.walker_id, walk.area_id, stop.pk, stop.place_text, stop.done_at, facts)


def _finding(
    check: Check, person: UUID, area: UUID, subject: UUID, place: str, at: dt.datetime, facts: Facts
) -> Finding:  # fmt: skip
    return Finding(check_name=check, person=person, area_id=area, subject=subject, place_text=place, at=at, facts=facts)


def _track(units: Sequence[UUID], at: dt.datetime, limits: Limits) -> list[Spot]:
    rows = Fix.objects.filter(unit__in=units, at__gte=at - limits.within, at__lte=at + limits.within)
    return [Spot(*row) for row in rows.order_by("at").values_list("at", "lon", "lat", "accuracy_m")[:MOST]]


def _pressed_by(matters: Sequence[UUID]) -> dict[tuple[UUID, dt.datetime], UUID]:
    rows = Stamp.objects.filter(matter__in=matters, name=StampName.ARRIVED, person__isnull=False)
    return {(row.matter_id, row.at): row.person for row in rows if row.person}


def _lead_of(shift: UUID, at: dt.datetime) -> UUID | None:
    member = Crew.objects.filter(shift=shift, during__contains=at).order_by("-lead").first()
    return member.person_id if member else None


def _units_of(person: UUID, spots: Sequence[Spot]) -> list[UUID]:
    """The units he was on while he walked."""
    on = Q(pk__in=[])
    for spot in spots:
        on |= Q(during__contains=spot.at)
    return list(Crew.objects.filter(on, person=person).values_list("shift__unit", flat=True).distinct())
