"""Step: what the rules notice becomes an entry each, without a place. Other apps react to `track.noticed`.

What is watched for a unit is its home ground; other apps add points and fences of theirs with `@watches`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.models import Shift, Unit
from shouwang.journal.record import record
from shouwang.tracking.models import LastFix
from shouwang.tracking.pipeline.passing import Known, Passing
from shouwang.tracking.rules import Fence, Noticed, Sighting, Watched, judge
from shouwang.tracking.rules.silent import fell_silent

NOTICED: dict[str, Promise] = {
    "stop": _("stood for ten minutes"),
    "no_movement": _("has not moved for forty minutes"),
    "point": _("reached a patrol point"),
    "fence_entered": _("came back to its ground"),
    "fence_left": _("left its ground"),
    "zone_entered": _("entered a zone that is watched now"),
    "zone_left": _("left a zone that is watched now"),
    "fence_crossed": _("drove across a fenced ground"),
    "speed": _("drives faster than a patrol does"),
    "battery": _("has a nearly empty battery"),
    "silent": _("sends no position any more"),
}
HOME = "home"
ZONES = {"fence_entered": "zone_entered", "fence_left": "zone_left"}
Watcher = Callable[[UUID], Watched]

_watchers: list[Watcher] = []
_states: dict[UUID, tuple[UUID | None, dict[str, Any]]] = {}  # unit → shift, the states of the rules


def watches(watcher: Watcher) -> Watcher:
    """Decorator: what else to watch for a unit. Asked for every fix, so it answers from memory."""
    _watchers.append(watcher)
    return watcher


def notice(passings: Sequence[Passing]) -> None:
    """Judge stored fixes. Late ones, and jumps nobody believes, are left out."""
    found = [(passing.known, one) for passing in passings if passing.live for one in _judged(passing)]
    if found:
        _write_down(found)


def forget_states() -> None:
    _states.clear()


def _judged(passing: Passing) -> list[Noticed]:
    known, reading = passing.known, passing.reading
    shift, states = _states.get(known.unit, (None, {}))
    fix = Sighting(passing.time, passing.lon, passing.lat, reading.speed_mps, reading.battery_share, passing.in_duty)
    states, noticed = judge(states if shift == known.shift else {}, fix, _watched(known))
    _states[known.unit] = (known.shift, states)
    return [_of_a_zone(one) for one in noticed]


def _of_a_zone(one: Noticed) -> Noticed:
    """Its own ground a crew leaves and comes back to; a zone of another app it enters first."""
    if one.key == HOME or one.what not in ZONES:
        return one
    return Noticed(ZONES[one.what], one.at, one.key)


def _watched(known: Known) -> Watched:
    home = Fence(HOME, path=known.duty_path)
    if not _watchers:
        return Watched(fences=(home,))
    others = [watcher(known.unit) for watcher in _watchers]
    return Watched(
        points=tuple(point for one in others for point in one.points),
        fences=(home, *(fence for one in others for fence in one.fences)),
    )


def _write_down(found: Iterable[tuple[Known, Noticed]]) -> None:
    by = Actor.system()
    found = list(found)
    homes = dict(Unit.objects.filter(pk__in={known.unit for known, _one in found}).values_list("pk", "home"))
    with acting(by):
        for known, one in found:
            record(
                "track.notice", topic="track.noticed", subject=("unit", known.unit), by=by, at=one.at,
                area=homes.get(known.unit), unit=known.unit, what=one.what, key=one.key,
            )  # fmt: skip


def notice_silence(*, since: dt.datetime, at: dt.datetime) -> int:
    """Units on shift that fell silent between the two instants; how many."""
    last = {fix.unit: fix for fix in LastFix.objects.all()}
    shifts = Shift.objects.filter(during__contains=at, unit__in=last).select_related("unit")
    silent = [
        one.unit
        for one in shifts
        if last[one.unit_id].shift == one.pk
        and fell_silent(last[one.unit_id].at, one.unit.report_every_s, since=since, at=at)
    ]
    known = [Known(unit.pk, unit.duty_path, unit.government_path) for unit in silent]
    if known:
        _write_down((one, Noticed("silent", at)) for one in known)
    return len(known)
