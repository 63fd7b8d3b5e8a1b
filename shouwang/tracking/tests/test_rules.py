"""What fixes tell, rule by rule, as stories of one unit; and that only live ones tell anything."""

import datetime as dt

import pytest
import shapely

from shouwang.journal.models import Entry
from shouwang.tracking.models import LastFix
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.pipeline.notice import forget_states, notice_silence
from shouwang.tracking.reading import Reading
from shouwang.tracking.rules import Fence, Point, Sighting, Watched, judge
from shouwang.tracking.rules.silent import fell_silent

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
SQUARE = Watched(fences=(Fence("square", shape=shapely.box(111.420, 27.680, 111.430, 27.690)),))
BRIDGE = Watched(points=(Point("bridge", 111.425, 27.685),))
HOME = Watched(fences=(Fence("home", path="/1/2/"),))


def told(story: list[tuple[float, dict[str, object]]], watched: Watched) -> list[tuple[float, str]]:
    """(minute, what) for a story of (minute, how this fix differs from one that stands still)."""
    states: dict[str, object] = {}
    found = []
    for minute, given in story:
        fix = Sighting(NOON + dt.timedelta(minutes=minute), **({"lon": 111.4, "lat": 27.6} | given))  # type: ignore[arg-type]
        states, noticed = judge(states, fix, watched)
        found += [(minute, one.what) for one in noticed]
    return found


def lon(*values: float) -> list[tuple[float, dict[str, object]]]:
    """A drive along one latitude through the square, a minute between fixes."""
    return [(minute, {"lon": value, "lat": 27.685}) for minute, value in enumerate(values)]


@pytest.mark.parametrize(
    ("story", "watched", "expected"),
    [
        ([(minute, {}) for minute in range(45)], Watched(), [(10, "stop"), (40, "no_movement")]),
        ([(minute, {"lon": 111.4 + minute / 500}) for minute in range(45)], Watched(), []),
        ([(0, {}), (9, {"lon": 111.42}), (19, {"lon": 111.42})], Watched(), [(19, "stop")]),
        (lon(111.41, 111.425, 111.44), SQUARE, [(1, "fence_entered"), (2, "fence_left")]),
        (lon(111.41, 111.44), SQUARE, [(1, "fence_crossed")]),
        (lon(111.425, 111.426), SQUARE, []),
        (lon(111.40, 111.41), SQUARE, []),
        ([(0, {"in_duty": "/1/2/3/"}), (1, {"in_duty": "/1/20/"}), (2, {"in_duty": "/1/2/"})], HOME,
         [(1, "fence_left"), (2, "fence_entered")]),
        (lon(111.42, 111.425, 111.4252, 111.44, 111.425), BRIDGE, [(1, "point"), (4, "point")]),
        (lon(111.42, 111.43), BRIDGE, [(1, "point")]),
        (lon(111.42, 111.4240), BRIDGE, []),
        ([(n, {"speed_mps": mps}) for n, mps in enumerate((40, 20, 40, 41, 42, None))], Watched(), [(3, "speed")]),
        ([(n, {"battery_share": left}) for n, left in enumerate((0.2, 0.15, 0.1, 0.2, 0.9, None, 0.1))], Watched(),
         [(1, "battery"), (6, "battery")]),
    ],
)  # fmt: skip
def test_a_story_is_told_once_and_in_time(story, watched, expected):
    assert told(story, watched) == expected


@pytest.mark.parametrize(("ago_s", "silent"), [(119, False), (121, True), (179, True), (181, False)])
def test_silence_is_told_by_the_look_in_which_it_began(ago_s, silent):
    last = NOON - dt.timedelta(seconds=ago_s)

    assert fell_silent(last, 10, since=NOON - dt.timedelta(minutes=1), at=NOON) is silent


def test_what_is_noticed_is_an_entry_without_a_place_and_a_late_fix_tells_nothing(world, noon):
    forget_states()
    low = {"battery_share": 0.1, "speed_mps": 0.0}
    receive_from_crew(world.qx1, Reading(111.4215, 27.6905, noon, **low), source="pwa", at=noon)
    late = noon - dt.timedelta(minutes=20)
    receive_from_crew(world.hb1, Reading(111.4215, 27.6905, late, **low), source="pwa", at=noon)

    entry = Entry.objects.get(topic="track.noticed")
    assert entry.subject == world.qx1.pk
    assert "111.4" not in str(entry.particulars.text)


def test_a_unit_that_fell_silent_is_told_once(world, noon):
    forget_states()
    receive_from_crew(world.qx1, Reading(111.4215, 27.6905, noon), source="pwa", at=noon)
    minute = dt.timedelta(minutes=1)

    told_at = [n for n in range(1, 8) if notice_silence(since=noon + (n - 1) * minute, at=noon + n * minute)]

    assert told_at == [3]
    assert LastFix.objects.count() == 1
