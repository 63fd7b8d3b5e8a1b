"""The demo, once its ground is there: the cast, and their units where the ground has their booths."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from shouwang.beats.tasks import count_days
from shouwang.core import clock
from shouwang.core.geo import bounds_of
from shouwang.demo import (
    beaten,
    commanded,
    looked,
    looked_back,
    patrolled,
    readied,
    recorded,
    registered,
    secured,
    staffed,
    watched,
    week,
)
from shouwang.demo.scenario import play, shift_began
from shouwang.demo.world import make_world
from shouwang.demo.world_ground import BOXES, PLOTS, Box
from shouwang.duty.models import Unit
from shouwang.places.models import AreaVersion, FoundPlace

ON_DUTY_FOR = dt.timedelta(hours=2)


def load(*, at_work: bool = False) -> None:
    """The cast over the ground that is there; over the hand-drawn one of the tests where there is none.

    at_work  also a shift in the middle of its calls, all its crews on duty
    """
    at = clock.now()
    began = shift_began(at, timezone.get_default_timezone()) if at_work else at - ON_DUTY_FOR
    make_world(boxes=BOXES | boxes_laid(), shifts_from=began)
    stand_at_their_booths()
    if at_work:
        world = play(at, began)
        week.play(world, at)
        commanded.play(world, at)
        looked.play(world, at)
        looked_back.play(world, at)
        secured.play(world, at)
        patrolled.play(world, at)
        readied.play(world, at)
        recorded.play(world, at)
        watched.play(world, at)
        beaten.play(world, at)
        count_days.configure().defer(timestamp=int(at.timestamp()))  # by the jobs: of what was covered they alone write
        staffed.play(world, at)
        registered.keep(world, clock.now())


def boxes_laid() -> dict[str, Box]:
    """The areas of the cast as they lie on this ground, by key: on a real map elsewhere than in 青石."""
    keys = {plot.code: plot.key for plot in PLOTS}
    versions = AreaVersion.objects.filter(area__code__in=keys).select_related("area")
    return {keys[one.area.code]: bounds_of(one.boundary) for one in versions}


def stand_at_their_booths() -> None:
    """Units that are called like a place of this ground stand there."""
    for unit in Unit.objects.filter(lon__isnull=False):
        place = FoundPlace.objects.filter(name=unit.name, kind="booth").first()
        if place is not None:
            Unit.objects.filter(pk=unit.pk).update(lon=place.lon, lat=place.lat)
