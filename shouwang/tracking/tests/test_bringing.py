"""A track as a file: kept where it lies in the shift, late, once; by its crew or the keeper of its equipment."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from shouwang.duty import shifts
from shouwang.duty.models import Crew
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.tracking import bringing
from shouwang.tracking.bringing import bring_track, units_to_bring_for
from shouwang.tracking.files.problems import FileTooLarge, NotATrackFile, TooManyFiles
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.tests.tracks_as_files import gpx, point, rmc
from shouwang.tracking.town import forget_town

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_town()
    bringing.FILES.clear()


@pytest.fixture
def ended(world, noon) -> None:  # type: ignore[no-untyped-def]
    """Qiaoxi 1 was on duty until an hour ago."""
    shifts.end_shift(unit=world.qx1, by=world.ming, at=noon - HOUR)


@pytest.mark.item("S-CMD-005")
def test_only_what_lies_in_the_shift_is_kept_and_it_is_late(world, noon, ended):
    times = [noon - 90 * MINUTE, noon - 80 * MINUTE, noon - 30 * MINUTE, noon - HOUR]

    brought = bring_track(gpx(*times), unit=world.qx1, by=world.ming, at=noon)

    assert (brought.n_read, brought.n_kept, dict(+brought.dropped)) == (4, 2, {"off_shift": 2})
    kept = Fix.objects.order_by("at")
    assert [(one.at, one.source, one.late, one.received_at) for one in kept] == [
        (time, "gpx", True, noon) for time in times[:2]
    ]
    assert kept[0].in_duty.startswith(world.qiaoxi.duty_path)
    assert not LastFix.objects.exists()
    assert not Entry.objects.filter(verb="track.notice").exists()
    entry = Entry.objects.get(verb="track.bring")
    assert (entry.person, entry.subject) == (world.ming.person_id, world.qx1.pk)


def test_on_a_running_shift_even_the_newest_of_a_file_moves_no_marker(world, noon):
    assert bring_track(gpx(noon - MINUTE), unit=world.qx1, by=world.ming, at=noon).n_kept == 1
    assert Fix.objects.get().late
    assert not LastFix.objects.exists()


def test_why_others_are_not_kept_is_counted(world, noon):
    points = [
        point(noon + HOUR), point("1980-01-06T00:00:00Z"), point(noon - 31 * DAY), point("gestern"),
        point(noon, lon=10), point(noon, lon=27.69, lat=111.42), point(noon, lon=0, lat=0), point(noon), point(noon),
    ]  # fmt: skip
    data = gpx().replace(b"\n</trkseg>", "".join(points).encode() + b"</trkseg>")

    brought = bring_track(data, unit=world.qx1, by=world.ming, at=noon)

    assert brought.n_kept == 1
    assert dict(+brought.dropped) == {
        "future": 1, "clock": 1, "too_old": 1, "no_time": 1, "outside": 1, "no_place": 1, "no_fix": 1, "repeated": 1,
    }  # fmt: skip


def test_the_same_file_twice_is_kept_once(world, noon):
    lines = "\n".join(rmc(noon - n * MINUTE) for n in range(100, 0, -1)).encode()

    first = bring_track(lines, unit=world.qx1, by=world.ming, at=noon)
    again = bring_track(lines, unit=world.qx1, by=world.ming, at=noon)

    assert (first.form, first.n_kept, again.n_kept, again.dropped["repeated"]) == ("nmea", 100, 0, 100)
    assert Fix.objects.count() == 100


def test_ones_own_hours_count_for_the_crew_and_the_whole_shift_for_the_keeper(world, noon):
    own = Crew.objects.filter(person=world.ming.person, shift__unit=world.qx1)
    own.update(during=DateTimeTZRange(noon - 2 * HOUR, noon - HOUR))
    data = gpx(noon - 3 * HOUR, noon - 90 * MINUTE, noon - 30 * MINUTE)

    assert bring_track(data, unit=world.qx1, by=world.ming, at=noon).n_kept == 1
    assert bring_track(data, unit=world.qx1, by=world.zhou, at=noon).n_kept == 2


@pytest.mark.parametrize("who", ["fang", "shen", "stranger", "wang", "gu"])
def test_others_bring_nothing(world, noon, who):
    with pytest.raises((NotAllowed, NotVisible)):
        bring_track(gpx(noon - HOUR), unit=world.qx1, by=world.cast[who], at=noon)
    assert not Fix.objects.exists()


def test_the_units_to_choose_from_are_ones_own_and_those_whose_equipment_one_keeps(world, noon):
    units = list(world.units.values())

    assert units_to_bring_for(world.ming, units, noon) == [world.qx1]
    assert {world.qx1, world.hb1} <= set(units_to_bring_for(world.zhou, units, noon))
    assert units_to_bring_for(world.fang, units, noon) == []


def test_there_is_a_limit_to_size_and_number(world, noon):
    with pytest.raises(FileTooLarge):
        bring_track(bytes(16_000_001), unit=world.qx1, by=world.ming, at=noon)
    for _n in range(20):
        with pytest.raises(NotATrackFile):
            bring_track(b"?", unit=world.qx1, by=world.ming, at=noon)
    with pytest.raises(TooManyFiles):
        bring_track(b"?", unit=world.qx1, by=world.ming, at=noon)
