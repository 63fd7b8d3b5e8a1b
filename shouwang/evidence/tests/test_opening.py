"""Everybody sees the copy; the original opens by a named act with a reason; destroying leaves the entry."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from shouwang.core import clock
from shouwang.evidence import purging, storage
from shouwang.evidence.copying import blur
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.models import Copy, Evidence, Original, Upload
from shouwang.evidence.opening import CopyNotReady, Destroyed, ReasonNeeded, open_original, shown_copy
from shouwang.evidence.tests import files
from shouwang.evidence.tests.conftest import NOON, Cast
from shouwang.evidence.uploading import begin_upload
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible

Made = Callable[[UUID], None]
OnDisk = Callable[[], list[Path]]


@pytest.fixture
def given_photo(cast: Cast, copies_made: Made) -> Evidence:
    evidence = keep_evidence(files.photo(), matter=cast.matter, by=cast.party, at=NOON)
    copies_made(evidence.id)
    return evidence


@pytest.mark.parametrize("who", ["officer", "helper", "party"])
def test_the_copy_is_shown_to_whoever_may_see_the_matter(who: str, cast: Cast, given_photo: Evidence) -> None:
    for form in ("shown", "small"):
        data, content_type = shown_copy(given_photo.id, form, by=getattr(cast, who), at=NOON)

        assert content_type == "image/jpeg"
        assert b"CANARY" not in data


@pytest.mark.parametrize("who", ["other_party", "stranger"])
def test_others_find_nothing(who: str, cast: Cast, given_photo: Evidence) -> None:
    with pytest.raises(NotVisible):
        shown_copy(given_photo.id, "shown", by=getattr(cast, who), at=NOON)
    with pytest.raises(NotVisible):
        open_original(given_photo.id, reason="让我看看", by=getattr(cast, who), at=NOON)


def test_before_the_copy_is_made_nothing_is_shown(cast: Cast) -> None:
    evidence = keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)

    with pytest.raises(CopyNotReady):
        shown_copy(evidence.id, "shown", by=cast.officer, at=NOON)


def test_the_original_opens_with_a_reason_and_one_entry_each_time(cast: Cast, given_photo: Evidence) -> None:
    for _ in range(2):
        data, content_type = open_original(given_photo.id, reason="核对车身划痕", by=cast.officer, at=NOON)

    assert (data, content_type) == (files.photo(), "image/jpeg")
    assert Entry.objects.filter(verb="evidence.open_original", person=cast.officer.person_id).count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "看"])
def test_without_a_reason_it_stays_shut(reason: str, cast: Cast, given_photo: Evidence) -> None:
    with pytest.raises(ReasonNeeded):
        open_original(given_photo.id, reason=reason, by=cast.officer, at=NOON)


@pytest.mark.parametrize("who", ["helper", "party"])
def test_who_sees_the_copy_does_not_open_the_original(who: str, cast: Cast, given_photo: Evidence) -> None:
    with pytest.raises(NotAllowed):
        open_original(given_photo.id, reason="核对车身划痕", by=getattr(cast, who), at=NOON)


@pytest.mark.item("ETH-02")
def test_blurring_hides_every_copy_until_new_ones_are_made(
    cast: Cast, given_photo: Evidence, copies_made: Made, files_on_disk: OnDisk
) -> None:
    before, _ = shown_copy(given_photo.id, "shown", by=cast.officer, at=NOON)

    blur(given_photo.id, [[0.1, 0.1, 0.6, 0.6]], by=cast.helper, at=NOON)
    with pytest.raises(CopyNotReady):
        shown_copy(given_photo.id, "shown", by=cast.officer, at=NOON)
    copies_made(given_photo.id)

    after, _ = shown_copy(given_photo.id, "shown", by=cast.officer, at=NOON)
    assert after != before
    assert Copy.objects.filter(evidence=given_photo).count() == 2
    assert Image.open(io.BytesIO(after)).size == Image.open(io.BytesIO(before)).size


def test_a_damaged_photo_is_kept_and_said_to_be_unreadable(cast: Cast, copies_made: Made) -> None:
    evidence = keep_evidence(files.photo()[:3000], matter=cast.matter, by=cast.helper, at=NOON)

    copies_made(evidence.id)

    evidence.refresh_from_db()
    assert evidence.state == "unreadable"
    assert open_original(evidence.id, reason="只剩半张", by=cast.officer, at=NOON)[0] == files.photo()[:3000]


def test_a_file_changed_on_disk_is_noticed(cast: Cast, given_photo: Evidence) -> None:
    path = storage.path_of(bytes(Original.objects.get(evidence=given_photo).stored))
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)

    with pytest.raises(storage.FileGone):
        open_original(given_photo.id, reason="核对车身划痕", by=cast.officer, at=NOON)


@pytest.mark.committed
def test_when_its_time_is_over_key_and_file_go_and_the_entry_stays(
    cast: Cast, given_photo: Evidence, files_on_disk: OnDisk, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "KEEPERS", [])
    later = NOON + dt.timedelta(days=731)

    with as_role("jobs"):
        rows = list(purging._unneeded(later - dt.timedelta(days=730)))
        purging._destroy(rows)

    assert files_on_disk() == []
    assert not Original.objects.exists()
    assert Entry.objects.filter(verb="evidence.add").exists()
    with pytest.raises(Destroyed):
        shown_copy(given_photo.id, "shown", by=cast.officer, at=NOON)
    assert not purging._unneeded(later).exists()


@pytest.mark.committed
def test_what_a_dying_process_left_is_swept_up(cast: Cast, given_photo: Evidence, files_on_disk: OnDisk) -> None:
    left = storage.keep(b"written, never committed", given_photo.id)
    assert len(files_on_disk()) == 4

    n_swept = purging.sweep(at=clock.now() + dt.timedelta(days=2))

    assert n_swept == 1
    assert len(files_on_disk()) == 3
    assert not storage.path_of(left.stored).exists()


def test_an_upload_never_finished_is_forgotten_after_a_week(cast: Cast) -> None:
    begin_upload(id=cast.matter, size=5, sha256=bytes(32), by=cast.helper, at=NOON)

    def overdue(days: int) -> int:
        return purging._left_uploads(NOON + dt.timedelta(days=days) - dt.timedelta(days=30)).count()

    assert (overdue(6), overdue(8)) == (0, 1)
    assert Upload.objects.count() == 1
