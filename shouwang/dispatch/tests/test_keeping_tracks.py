"""A matter keeps the tracks of its units: sealed before the day is dropped, read back the same, gone at its term."""

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow.parquet
import pytest
from django.db import transaction
from django.test import override_settings

from shouwang.dispatch.dispatching import add_unit, recall_unit, send_unit
from shouwang.duty.shifts import on_shift
from shouwang.evidence import storage
from shouwang.evidence.purging import sweep
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.registry.purging import overdue_rows, run_purges
from shouwang.tracking.archiving import KeepingOver, end_keepings, open_archive
from shouwang.tracking.days import make_days
from shouwang.tracking.keeping import (
    KeptAlready,
    NothingToDecide,
    OwnKeeping,
    TermNeeded,
    ask_keeping,
    decide_keeping,
    end_keeping,
    keepings_seen_by,
)
from shouwang.tracking.models import Fix, KeepingState, KeptStretch, TrackArchive, TrackKeeping
from shouwang.tracking.parquet import COLUMNS, pack, unpack
from shouwang.tracking.purging import purge_fixes
from shouwang.tracking.tracks import ReasonNeeded

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Path]:
    with override_settings(FILES=tmp_path):
        yield tmp_path


@pytest.fixture
def drove(world: Any, noon: dt.datetime) -> None:
    """Qiaoxi 1 and Hebu 1, a position a minute for an hour around noon."""
    for unit in (world.qx1, world.hb1):
        shift = on_shift([unit.pk], noon).get(unit.pk)
        for n in range(-30, 30):
            at = noon + n * MINUTE
            Fix.objects.create(
                unit=unit.pk, shift=shift.pk if shift else unit.pk, at=at, received_at=at + dt.timedelta(seconds=1),
                lon=111.42 + n / 7e4, lat=27.69, speed_mps=None if n % 2 else 3.25, late=n == 3, source="jt808",
                in_duty=world.qiaoxi.duty_path,
            )  # fmt: skip


@pytest.fixture
def sent(world: Any, noon: dt.datetime, call: Matter, drove: None) -> Matter:
    """Qiaoxi 1 was on the call for ten minutes from noon."""
    assignment = send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    recall_unit(assignment=assignment, by=world.fang, at=noon + 10 * MINUTE)
    return call


@pytest.fixture
def kept(world: Any, noon: dt.datetime, sent: Matter) -> TrackKeeping:
    row = ask_keeping(matter=sent, reason="行政复议待决", term_days=183, by=world.zhou, at=noon + DAY)
    return decide_keeping(row.pk, kept=True, by=world.lin, at=noon + DAY)


def test_what_a_matter_keeps_is_archived_before_its_day_is_dropped_and_all_else_is_gone(
    world: Any, noon: dt.datetime, kept: TrackKeeping, as_role: Any, files: Path
) -> None:
    before = {fix.at: fix for fix in Fix.objects.filter(unit=world.qx1.pk, at__gte=noon, at__lt=noon + 10 * MINUTE)}
    night = noon + 31 * DAY

    with as_role("jobs"):
        make_days(noon, ahead=0)
        assert purge_fixes(night)[0] >= 1
        assert purge_fixes(night + DAY)[1] == 0

    assert not Fix.objects.exists()
    archive = TrackArchive.objects.get()
    assert (archive.unit, archive.n_fixes, archive.starts_at) == (world.qx1.pk, 10, noon)
    _row, unit, back = open_archive(archive.pk, reason="复议机关来函", by=world.gu, at=night)
    assert unit == world.qx1
    assert [{name: getattr(fix, name) for name in COLUMNS} for fix in back] == [
        {name: getattr(before[at], name) for name in COLUMNS} for at in sorted(before)
    ]
    written = Entry.objects.get(verb="track_archive.write")
    assert written.subject == kept.matter
    opened = Entry.objects.get(verb="track_archive.open")
    assert (opened.person, opened.subject) == (world.gu.person_id, world.qx1.pk)
    plain = storage.fetch(archive.pk, archive.stored, archive.wrapped_key)
    assert hashlib.sha256(plain).hexdigest() == archive.fingerprint
    assert b"PAR1" not in storage.path_of(archive.stored).read_bytes()  # nothing unsealed on the disk
    assert pyarrow.parquet.read_table(io.BytesIO(plain)).num_rows == 10  # another reader understands it


def test_the_general_purge_does_not_run_ahead_of_the_archive(
    world: Any, noon: dt.datetime, kept: Any, as_role: Any
) -> None:
    night = noon + 31 * DAY
    with as_role("jobs"):
        run_purges(at=night)
        assert Fix.objects.count() == 10
        purge_fixes(night)
        assert {one: n for one, n in overdue_rows(night).items() if one.startswith("tracking")} == {}
    assert TrackArchive.objects.get().n_fixes == 10


def test_who_was_sent_after_the_decision_is_kept_too(world: Any, noon: dt.datetime, kept: Any, as_role: Any) -> None:
    matter = Matter.objects.get(pk=kept.matter)
    world_unit = world.qx2 if on_shift([world.qx2.pk], noon) else world.qx1
    add_unit(matter=matter, unit=world_unit, by=world.fang, at=noon + 15 * MINUTE)
    with as_role("jobs"):
        purge_fixes(noon + 31 * DAY)
    assert KeptStretch.objects.filter(keeping=kept, unit=world_unit.pk).exists()


def test_without_another_who_agrees_nothing_is_kept(world: Any, noon: dt.datetime, sent: Matter, as_role: Any) -> None:
    row = ask_keeping(matter=sent, reason="行政复议待决", term_days=365, by=world.lin, at=noon)
    with pytest.raises(OwnKeeping):
        decide_keeping(row.pk, kept=True, by=world.lin, at=noon)
    with pytest.raises(NotAllowed):
        decide_keeping(row.pk, kept=True, by=world.gu, at=noon)

    with as_role("jobs"):
        purge_fixes(noon + 31 * DAY)

    assert not Fix.objects.exists()
    assert not TrackArchive.objects.exists()


@pytest.mark.parametrize("who", ["ming", "shen", "stranger", "wang", "lu"])
def test_others_neither_ask_nor_see_nor_open(world: Any, noon: dt.datetime, kept: Any, as_role: Any, who: str) -> None:
    with as_role("jobs"):
        purge_fixes(noon + 31 * DAY)
    archive, by, at = TrackArchive.objects.get(), world.cast[who], noon + 31 * DAY

    assert not keepings_seen_by(by, at).exists()
    with pytest.raises((NotAllowed, NotVisible)):
        ask_keeping(matter=Matter.objects.get(pk=kept.matter), reason="行政复议", term_days=183, by=by, at=at)
    with pytest.raises((NotAllowed, NotVisible)):
        open_archive(archive.pk, reason="想看一看", by=by, at=at)
    assert not Entry.objects.filter(verb="track_archive.open").exists()


def test_asking_needs_a_reason_and_a_term_and_is_done_once(world: Any, noon: dt.datetime, sent: Matter) -> None:
    ask: Callable[..., TrackKeeping] = lambda **given: ask_keeping(  # noqa: E731
        **{"matter": sent, "reason": "行政复议待决", "term_days": 183, "by": world.zhou, "at": noon} | given
    )
    with pytest.raises(ReasonNeeded):
        ask(reason="看")
    with pytest.raises(TermNeeded):
        ask(term_days=3650)
    row = ask()
    with pytest.raises(KeptAlready):
        ask()
    decide_keeping(row.pk, kept=False, by=world.lin, at=noon)
    with pytest.raises(NothingToDecide):
        decide_keeping(row.pk, kept=True, by=world.lin, at=noon)
    assert ask().state == KeepingState.ASKED


def test_at_its_term_the_archive_is_destroyed_and_the_entry_stays(
    world: Any, noon: dt.datetime, kept: TrackKeeping, as_role: Any, files: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda act, using=None: act())
    with as_role("jobs"):
        purge_fixes(noon + 31 * DAY)
        sweep(at=noon + 400 * DAY)
        assert end_keepings(noon + 180 * DAY) == 0
    archive = TrackArchive.objects.get()
    path = storage.path_of(archive.stored)
    assert path.exists()  # the sweep of unknown files left it alone

    with pytest.raises(KeepingOver):
        open_archive(archive.pk, reason="复议机关来函", by=world.gu, at=noon + 185 * DAY)
    with as_role("jobs"):
        assert end_keepings(noon + 185 * DAY) == 1

    assert not path.exists()
    assert not TrackArchive.objects.exists()
    assert TrackKeeping.objects.get().state == KeepingState.ENDED
    assert Entry.objects.filter(verb="track_archive.destroy").count() == 1


def test_it_can_end_before_its_day(world: Any, noon: dt.datetime, kept: TrackKeeping, as_role: Any) -> None:
    with as_role("jobs"):
        purge_fixes(noon + 31 * DAY)
    end_keeping(kept.pk, by=world.lin, at=noon + 40 * DAY)

    with pytest.raises(KeepingOver):
        open_archive(TrackArchive.objects.get().pk, reason="复议机关来函", by=world.gu, at=noon + 40 * DAY)
    with as_role("jobs"):
        assert end_keepings(noon + 40 * DAY) == 1


def test_a_whole_shift_of_fixes_goes_into_parquet_and_comes_back(noon: dt.datetime) -> None:
    fixes = [
        Fix(unit=UUID(int=n), shift=UUID(int=7), at=noon + dt.timedelta(microseconds=n * 1_000_001), received_at=noon,
            lon=111.1 + n, lat=0.1, battery_share=0.5, source="osmand", late=bool(n % 2))
        for n in range(2_000)
    ]  # fmt: skip

    back = unpack(pack(fixes))

    assert [[getattr(one, name) for name in COLUMNS] for one in back] == [
        [getattr(one, name) for name in COLUMNS] for one in fixes
    ]
