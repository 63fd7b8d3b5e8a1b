"""Who may read where a unit was, that each reading is an entry, and that tracks end."""

import datetime as dt

import pytest

from shouwang.duty.shifts import on_shift
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.registry.purging import overdue_rows, run_purges
from shouwang.tracking.days import make_days
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.purging import purge_fixes
from shouwang.tracking.tracks import ReasonNeeded, TooLongStretch, hold_track, read_track

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def drove(world, noon):  # type: ignore[no-untyped-def]
    """`drove(ago)`: a fix of Qiaoxi 1 that long before noon."""
    shift = on_shift([world.qx1.pk], noon)[world.qx1.pk]

    def at(ago: dt.timedelta) -> Fix:
        return Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=noon - ago, received_at=noon - ago, lon=111.42, lat=27.69,
            source="osmand",
        )  # fmt: skip

    return at


def test_a_dispatcher_reads_a_track_for_a_reason_and_it_is_written_down(world, noon, drove):
    drove(HOUR)
    found = read_track(
        unit=world.qx1, purpose="times", start=noon - 2 * HOUR, end=noon, reason="核对到场时间", by=world.fang, at=noon
    )

    assert len(found) == 1
    entry = Entry.objects.get(verb="track.read")
    assert (entry.subject, entry.person) == (world.qx1.pk, world.fang.person_id)
    with pytest.raises(ReasonNeeded):
        read_track(unit=world.qx1, purpose="times", start=noon - HOUR, end=noon, reason="", by=world.fang, at=noon)
    with pytest.raises(TooLongStretch):
        read_track(
            unit=world.qx1,
            purpose="times",
            start=noon - 2 * DAY,
            end=noon,
            reason="核对到场时间",
            by=world.fang,
            at=noon,
        )


@pytest.mark.parametrize("who", ["stranger", "su", "lu", "wang"])
def test_others_do_not(world, noon, drove, who):
    with pytest.raises((NotAllowed, NotVisible)):
        read_track(
            unit=world.qx1,
            purpose="times",
            start=noon - HOUR,
            end=noon,
            reason="核对到场时间",
            by=world.cast[who],
            at=noon,
        )


def test_a_track_ends_after_thirty_days_or_after_ninety_where_a_review_holds_it(world, noon, drove, as_role):
    for days in (1, 29, 31, 60, 91):
        drove(days * DAY)
    hold_track(unit=world.qx1, start=noon - 92 * DAY, end=noon - 50 * DAY, reason="投诉复核", by=world.gu, at=noon)

    with as_role("jobs"):
        assert make_days(noon - 60 * DAY, ahead=0) == make_days(noon - 31 * DAY, ahead=0) == 2
        assert make_days(noon - 31 * DAY, ahead=0) == 0
        assert purge_fixes(noon) == (4, 1)  # the day that a review holds goes too; its fix is laid aside
    assert [(noon - fix.at).days for fix in Fix.objects.order_by("-at")] == [1, 29, 60]


def test_the_general_purge_finds_nothing_left(world, noon, drove, as_role):
    drove(40 * DAY)
    drove(100 * DAY)
    LastFix.objects.create(unit=world.hb1.pk, shift=world.hb1.pk, at=noon - 40 * DAY, lon=111.42, lat=27.69)

    with as_role("jobs"):
        run_purges(at=noon)
        assert {model: n for model, n in overdue_rows(noon).items() if model.startswith("tracking")} == {}
    assert not Fix.objects.exists()
    assert not LastFix.objects.exists()
