"""1-3-5 is data: three readings, set by who leads the ground; the lowest ground that has one counts."""

import pytest

from shouwang.dispatch.models import RapidRule
from shouwang.dispatch.rapid import PRESETS, RingMissing, rapid_of, set_rapid
from shouwang.people.access import NotAllowed, NotVisible

BY_PLACE, BY_FORCE, BY_LEVEL = PRESETS["place"], PRESETS["force"], PRESETS["level"]


@pytest.fixture
def station(world):  # type: ignore[no-untyped-def]
    return world.areas["station"]


@pytest.fixture
def qiaoxi(world):  # type: ignore[no-untyped-def]
    return world.areas["qiaoxi"]


def test_where_nobody_has_set_anything_five_minutes_are_taken(qiaoxi, noon):
    rapid = rapid_of(qiaoxi.duty_path, noon)

    assert rapid.area is None
    assert rapid.call_s(urgency=1, place_class="hub", form="foot") == 300


@pytest.mark.parametrize(
    ("basis", "minutes", "promised"),
    [
        ("place", BY_PLACE, {("3", "hub", "car"): 60, ("1", "others", "car"): 300, ("4", "busy", "foot"): 180}),
        ("force", BY_FORCE, {("3", "hub", "booth"): 60, ("1", "others", "car"): 180, ("4", "busy", "foot"): 60}),
        ("level", BY_LEVEL, {("1", "others", "car"): 60, ("3", "hub", "foot"): 180, ("4", "hub", "foot"): 300}),
    ],
)
def test_the_same_call_is_promised_what_the_reading_says(world, station, qiaoxi, noon, basis, minutes, promised):
    set_rapid(station, basis, minutes, by=world.lin, at=noon)

    rapid = rapid_of(qiaoxi.duty_path, noon)

    found = {
        (urgency, place, form): rapid.call_s(urgency=int(urgency), place_class=place, form=form)
        for urgency, place, form in promised
    }
    assert found == promised


def test_a_new_set_ends_the_one_before_and_earlier_moments_keep_theirs(world, station, qiaoxi, noon, later):
    set_rapid(station, "level", BY_LEVEL, by=world.lin, at=noon)
    set_rapid(station, "place", {"hub": 2, "busy": 4, "others": 9}, by=world.zhou, at=later(60))

    assert rapid_of(qiaoxi.duty_path, later(30)).basis == "level"
    assert rapid_of(qiaoxi.duty_path, later(61)).minutes == {"hub": 2, "busy": 4, "others": 9}
    assert RapidRule.objects.filter(until__isnull=True).count() == 3


@pytest.mark.parametrize("minutes", [{}, {"hub": 1, "busy": 3}, {"hub": 0, "busy": 3, "others": 5},
                                     {"hub": 1, "busy": 3, "others": 121}])  # fmt: skip
def test_a_set_with_a_line_missing_or_out_of_bounds_is_refused(world, station, noon, minutes):
    with pytest.raises(RingMissing):
        set_rapid(station, "place", minutes, by=world.lin, at=noon)


def test_who_does_not_lead_the_ground_sets_nothing(world, station, noon):
    for nobody in (world.fang, world.shen, world.lu, world.xi):
        with pytest.raises((NotAllowed, NotVisible)):
            set_rapid(station, "level", BY_LEVEL, by=nobody, at=noon)
