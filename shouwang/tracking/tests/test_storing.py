"""Few and many are kept alike: each once, the newest live one moves the marker, and the days make no difference."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from shouwang.core.ids import new_id
from shouwang.tracking.days import make_days
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.passing import Known, Passing, Seen
from shouwang.tracking.pipeline.store import FEW, store_together
from shouwang.tracking.reading import Reading

UNITS = [new_id() for _ in range(5)]


def passing(noon: dt.datetime, unit: int, ago_s: int, *, live: bool = True, last_ago_s: int | None = None) -> Passing:
    at = noon - dt.timedelta(seconds=ago_s)
    lon = 111.42 - ago_s / 1e5
    last = Seen(noon - dt.timedelta(seconds=last_ago_s), 111.4, 27.6) if last_ago_s is not None else None
    known = Known(unit=UNITS[unit], shift=UNITS[unit], shift_start=noon - dt.timedelta(hours=9), last=last)
    return Passing(Reading(lon, 27.69, at), known, "jt808", noon, lon=lon, lat=27.69, at=at, live=live)


@pytest.mark.parametrize("n_each", [4, FEW], ids=["few", "many"])
def test_each_is_kept_once_and_the_newest_live_one_moves_the_marker(db, noon, n_each):
    given = [passing(noon, unit, ago) for ago in range(n_each, 0, -1) for unit in range(5)]
    doubted = replace(passing(noon, 0, 0), live=False)

    store_together([*given, *given[:3], doubted])
    store_together(given)  # the network lost our answer

    assert Fix.objects.count() == 5 * n_each + 1
    assert Fix.objects.filter(late=True).count() == 1
    assert set(LastFix.objects.values_list("at", flat=True)) == {noon - dt.timedelta(seconds=1)}


def test_what_comes_after_a_newer_one_is_kept_and_moves_nothing(db, noon):
    now = [passing(noon, 1, 0)]
    store_together(now)

    store_together([passing(noon, 1, ago, last_ago_s=0, live=False) for ago in range(2 * FEW)])

    assert Fix.objects.count() == 2 * FEW
    assert LastFix.objects.get().at == noon


def test_a_fix_is_kept_before_its_day_is_made_and_lies_in_it_afterwards(db, noon, as_role):
    long_ago = noon - dt.timedelta(days=400)
    store_together([replace(passing(noon, 0, 0), at=long_ago)])

    assert where() == ["tracking_fix_other"]
    with as_role("jobs"):
        make_days(long_ago, ahead=0)
        assert where() == [f"tracking_fix_{(long_ago + dt.timedelta(hours=8)):%Y%m%d}"]
    assert Fix.objects.get().at == long_ago


def where() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM tracking_fix")
        return [name for (name,) in cursor.fetchall()]
