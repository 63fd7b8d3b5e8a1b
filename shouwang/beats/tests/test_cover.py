"""Points, stretches and surfaces as they are covered by ways: pure."""

import dataclasses
import datetime as dt

import pytest
from django.apps import apps

from shouwang.beats.around import uncovered
from shouwang.beats.cover import cap_of, in_view, passes, visits, walked, ways_of
from shouwang.tracking.rules.seen import Point, Sighting

NOON = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
LINE = {"type": "LineString", "coordinates": [[111.42, 27.69], [111.43, 27.69]]}  # 985 m
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[111.42, 27.69], [111.422, 27.69], [111.422, 27.692], [111.42, 27.692], [111.42, 27.69]]],
}


def way(*places: tuple[float, float], every_s: int = 60) -> list[Sighting]:
    return [Sighting(NOON + dt.timedelta(seconds=n * every_s), lon, lat) for n, (lon, lat) in enumerate(places)]


def test_half_a_street_that_was_walked_is_half():
    half = walked(LINE, [way((111.42, 27.69), (111.425, 27.69))])

    assert half.whole == pytest.approx(985, abs=5)
    assert half.share == pytest.approx(0.525, abs=0.01)  # 25 m beyond where it ended


def test_the_same_street_twice_is_walked_once():
    there_and_back = way((111.42, 27.69), (111.43, 27.69), (111.42, 27.69))

    assert walked(LINE, [there_and_back]).share == pytest.approx(1)


def test_a_street_beside_it_is_not_walked():
    assert walked(LINE, [way((111.42, 27.695), (111.43, 27.695))]).done == 0


def test_of_a_square_counts_what_could_be_seen():
    assert in_view(SQUARE, [way((111.421, 27.691))], 60).share == pytest.approx(0.259, abs=0.01)
    assert in_view(SQUARE, [], 60).share == 0


def test_a_point_counts_once_for_every_coming():
    gate = Point("gate", 111.42, 27.69)

    assert len(visits([gate], [way((111.42, 27.69), (111.42, 27.69), (111.43, 27.69), (111.42, 27.69))])["gate"]) == 2


def test_a_ground_is_passed_again_only_after_being_away():
    inside, outside = (111.421, 27.691), (111.43, 27.691)

    assert passes(SQUARE, [way(inside, outside, inside)]) == 1
    assert passes(SQUARE, [way(inside, outside, outside, outside, outside, inside)]) == 2


def test_a_gap_in_a_track_is_no_way():
    fixes = [("u", Sighting(NOON + dt.timedelta(minutes=n), 111.42, 27.69)) for n in (0, 1, 30)]

    assert [len(one) for one in ways_of(fixes)] == [2, 1]


def test_the_cap_is_so_many_times_ones_share():
    assert cap_of(1, 4, 40, 2.5) == 25


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], [(0, 24)]),
        ([(0, 8), (8, 16), (16, 24)], []),
        ([(6, 8), (7, 20)], [(0, 6), (20, 24)]),
        ([(-4, 3), (22, 30)], [(3, 22)]),
    ],
)
def test_what_is_left_of_a_day(spans, left):
    def at(hour: int) -> dt.datetime:
        return NOON + dt.timedelta(hours=hour)

    found = uncovered([(at(a), at(b)) for a, b in spans], (at(0), at(24)))

    assert found == [(at(a), at(b)) for a, b in left]


def test_nothing_of_persons_arrests_or_stops_is_kept_or_counted():
    """PAT-07: places and hours, reports and light; never who somebody is, nor where police found whom."""
    forbidden = ("arrest", "stop", "suspect", "offend", "ethnic", "identity", "resident", "person", "risk")
    names = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("beats").get_models()
        for field in model._meta.get_fields()
        if any(word in field.name.lower() for word in forbidden)
    ]

    assert names == []
    assert {one.name for one in dataclasses.fields(Sighting)} >= {"at", "lon", "lat"}
