"""The pure steps of the pipeline, as tables."""

import datetime as dt
from dataclasses import replace

import pytest
import shapely

from shouwang.core.geo import NotAPosition, PositionMissing, PositionOutOfRange, PositionSwapped
from shouwang.core.ids import new_id
from shouwang.tracking.ground import Ground, GroundArea, Grounds
from shouwang.tracking.pipeline.deduplicate import is_repeated
from shouwang.tracking.pipeline.gate import BeforeShift, UnitOffDuty, gate
from shouwang.tracking.pipeline.order import order
from shouwang.tracking.pipeline.passing import Known, Passing, Seen
from shouwang.tracking.pipeline.place import place
from shouwang.tracking.pipeline.sane import ClockNotSet, NoFix, OutsideTown, TimeInFuture, sane
from shouwang.tracking.reading import NotANumber, Reading, TimeUnreadable, read_number, read_time
from shouwang.tracking.staleness import staleness

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
BOX = (111.418, 27.682, 111.442, 27.698)
KNOWN = Known(unit=new_id(), shift=new_id(), shift_start=NOON - dt.timedelta(hours=2))


def passing(lon=111.42, lat=27.69, ago_s: float = 0, **known) -> Passing:  # type: ignore[no-untyped-def]
    reading = Reading(lon, lat, NOON - dt.timedelta(seconds=ago_s))
    return Passing(reading, replace(KNOWN, **known), "osmand", NOON, BOX)


@pytest.mark.parametrize(
    ("lon", "lat", "wrong"),
    [
        (200, 27.69, PositionOutOfRange),
        (111.42, -91, PositionOutOfRange),
        ("nan", 27.69, NotAPosition),
        (float("inf"), 27.69, NotAPosition),
        ("东经", 27.69, NotAPosition),
        (27.69, 111.42, PositionSwapped),
        (0, 0, PositionMissing),
        (121.47, 31.23, OutsideTown),
    ],
)
def test_what_is_no_place_here_is_refused(lon, lat, wrong):
    with pytest.raises(wrong):
        sane(passing(lon, lat))


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (NOON + dt.timedelta(minutes=6), TimeInFuture),
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), ClockNotSet),
        (dt.datetime(2099, 1, 1, tzinfo=dt.UTC), TimeInFuture),
    ],
)
def test_what_is_no_time_is_refused(at, wrong):
    with pytest.raises(wrong):
        sane(replace(passing(), reading=Reading(111.42, 27.69, at)))


def test_a_clock_a_little_fast_counts_as_now_and_no_time_at_all_too():
    fast = sane(replace(passing(), reading=Reading(111.42, 27.69, NOON + dt.timedelta(minutes=4))))
    silent = sane(replace(passing(), reading=Reading(111.42, 27.69, None)))

    assert fast.time == silent.time == NOON


def test_a_reading_without_a_fix_is_refused():
    with pytest.raises(NoFix):
        sane(replace(passing(), reading=Reading(111.42, 27.69, NOON, located=False)))


def test_off_shift_nothing_passes_the_gate():
    with pytest.raises(UnitOffDuty):
        gate(sane(passing(shift=None, shift_start=None)))
    with pytest.raises(BeforeShift):
        gate(sane(passing(ago_s=2 * 3600 + 1)))
    assert gate(sane(passing(ago_s=2 * 3600 - 1)))


LAST = Seen(NOON - dt.timedelta(seconds=10), 111.42, 27.69)


@pytest.mark.parametrize(
    ("ago_s", "lon", "last", "live"),
    [
        (0, 111.42, None, True),
        (0, 111.42, LAST, True),
        (299, 111.42, None, True),
        (301, 111.42, None, False),  # older than five minutes
        (20, 111.42, LAST, False),  # came after a newer one
        (0, 111.4285, LAST, True),  # 840 m in 10 s: within what a car and two poor fixes can do
        (0, 111.4385, LAST, False),  # 1.8 km in 10 s: nobody drives so
    ],
)
def test_late_ones_and_jumps_move_no_marker(ago_s, lon, last, live):
    assert order(sane(passing(lon=lon, ago_s=ago_s, last=last))).live is live


def test_a_jump_that_the_next_reading_confirms_was_true():
    doubted = Seen(NOON - dt.timedelta(seconds=5), 111.4384, 27.69)

    assert order(sane(passing(lon=111.4385, last=LAST, doubted=doubted))).live


def test_the_same_report_again_is_known():
    assert is_repeated(sane(passing(ago_s=10, last=LAST)))
    assert not is_repeated(sane(passing(ago_s=9, last=LAST)))


@pytest.mark.parametrize(
    "text",
    ["1795320000", "1795320000.0", "1795320000000", "2026-11-22T04:00:00Z", "2026-11-22T12:00:00+08:00",
     "2026-11-22 04:00:00", "１７９５３２００００"],
)  # fmt: skip
def test_three_formats_of_time_say_the_same(text):
    assert read_time(text, "timestamp") == NOON


@pytest.mark.parametrize("text", ["yesterday", "1e300", "nan", "2026-13-40", "22:00"])
def test_other_times_are_refused_with_the_field(text):
    with pytest.raises(TimeUnreadable) as refused:
        read_time(text, "timestamp")
    assert refused.value.field == "timestamp"


def test_numbers_that_devices_send_for_unknown_are_left_out():
    assert read_number("", "speed") is None
    assert read_number("-1", "speed") is None
    assert read_number("361", "bearing", most=360) is None
    assert read_number("10", "batt", scale=0.01, most=1) == pytest.approx(0.1)
    for wrong in ("fast", "nan", "inf"):
        with pytest.raises(NotANumber):
            read_number(wrong, "speed")


@pytest.mark.parametrize(
    ("age_s", "every_s", "looks"),
    [(30, 10, "fresh"), (31, 10, "fading"), (59, 30, "fresh"), (61, 30, "fading"), (120, 10, "fading"),
     (121, 10, "hollow"), (239, 60, "fading"), (241, 60, "hollow")],
)  # fmt: skip
def test_a_position_ages(age_s, every_s, looks):
    assert staleness(NOON - dt.timedelta(seconds=age_s), NOON, every_s) == looks
    assert staleness(None, NOON, every_s) == "hollow"


def box(west, south, east, north):  # type: ignore[no-untyped-def]
    return shapely.box(west, south, east, north)


def test_a_position_is_placed_in_the_smallest_area_of_each_layer():
    town = GroundArea("/1/", box(111.0, 27.0, 112.0, 28.0))
    grid = GroundArea("/1/2/3/", box(111.41, 27.68, 111.43, 27.70))
    station = GroundArea("/1/2/", box(111.4, 27.6, 111.5, 27.8))
    grounds = Grounds(Ground([grid, town, station]), Ground([GroundArea("/9/", town.shape)]))

    inside, beside, far = place(
        [sane(passing(lon, 27.69)) for lon in (111.42, 111.435)] + [replace(passing(), lon=100.0)], grounds
    )

    assert [one.in_duty for one in (inside, beside, far)] == ["/1/2/3/", "/1/2/", ""]
    assert [one.in_government for one in (inside, beside, far)] == ["/9/", "/9/", ""]
    assert place([], grounds) == []
