"""A file comes in parts: in order, checked, acknowledged when on disk, and resumed where the line broke."""

import hashlib
from uuid import UUID, uuid4

import pytest

from shouwang.core.actor import Actor
from shouwang.evidence import limits
from shouwang.evidence.models import Evidence, Upload
from shouwang.evidence.storage import fetch
from shouwang.evidence.tests import files
from shouwang.evidence.tests.conftest import NOON, Cast
from shouwang.evidence.uploading import (
    AnotherUpload,
    PartDamaged,
    PartDoesNotFit,
    UnknownUpload,
    UploadIncomplete,
    add_part,
    begin_upload,
    finish_upload,
    upload_of,
)

DATA = files.photo(width=1600, height=1200)
PART = len(DATA) // 3 + 1


def _begin(by: Actor, data: bytes = DATA) -> UUID:
    return begin_upload(id=uuid4(), size=len(data), sha256=hashlib.sha256(data).digest(), by=by, at=NOON).id


def _send(row: UUID, by: Actor, offset: int, data: bytes | None = None) -> int:
    part = DATA[offset : offset + PART] if data is None else data
    return add_part(id=row, offset=offset, data=part, sha256=hashlib.sha256(part).digest(), by=by)


def test_three_parts_become_one_photo(cast: Cast) -> None:
    row = _begin(cast.helper)

    arrived = [_send(row, cast.helper, offset) for offset in range(0, len(DATA), PART)]
    evidence = finish_upload(id=row, matter=cast.matter, by=cast.helper, at=NOON)

    assert arrived == [PART, 2 * PART, len(DATA)]
    original = evidence.original
    assert fetch(original.id, original.stored, original.wrapped_key) == DATA
    assert evidence.id == row


def test_a_broken_line_goes_on_where_it_stopped(cast: Cast) -> None:
    row = _begin(cast.helper)
    _send(row, cast.helper, 0)

    again = begin_upload(id=row, size=len(DATA), sha256=hashlib.sha256(DATA).digest(), by=cast.helper, at=NOON)

    assert again.received == upload_of(row, cast.helper).received == PART


def test_a_part_sent_again_is_acknowledged_again(cast: Cast) -> None:
    row = _begin(cast.helper)

    assert [_send(row, cast.helper, 0) for _ in range(3)] == [PART, PART, PART]
    assert Upload.objects.get(id=row).parts.count() == 1


def test_finishing_again_gives_the_same(cast: Cast) -> None:
    row = _begin(cast.helper)
    for offset in range(0, len(DATA), PART):
        _send(row, cast.helper, offset)

    found = {finish_upload(id=row, matter=cast.matter, by=cast.helper, at=NOON).id for _ in range(3)}

    assert found == {row}
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("offset", [PART, 1, len(DATA), 2**31 - 1])
def test_a_part_out_of_order_is_told_where_to_go_on(offset: int, cast: Cast) -> None:
    row = _begin(cast.helper)

    with pytest.raises(PartDoesNotFit) as refused:
        _send(row, cast.helper, offset, b"xyz")

    assert refused.value.given == {"received": 0}


@pytest.mark.parametrize("data", [b"", DATA + b"x", bytes(limits.MIB + 1)], ids=["empty", "beyond the end", "too long"])
def test_a_part_of_wrong_length_does_not_fit(data: bytes, cast: Cast) -> None:
    row = _begin(cast.helper)

    with pytest.raises(PartDoesNotFit):
        _send(row, cast.helper, 0, data)


def test_a_damaged_part_is_not_kept(cast: Cast) -> None:
    row = _begin(cast.helper)

    with pytest.raises(PartDamaged):
        add_part(id=row, offset=0, data=b"damaged", sha256=bytes(32), by=cast.helper)

    assert upload_of(row, cast.helper).received == 0


def test_a_file_that_is_not_what_was_announced_is_not_kept(cast: Cast) -> None:
    row = _begin(cast.helper)
    _send(row, cast.helper, 0, bytes(len(DATA)))

    with pytest.raises(PartDamaged):
        finish_upload(id=row, matter=cast.matter, by=cast.helper, at=NOON)


def test_half_a_file_is_not_finished(cast: Cast) -> None:
    row = _begin(cast.helper)
    _send(row, cast.helper, 0)

    with pytest.raises(UploadIncomplete):
        finish_upload(id=row, matter=cast.matter, by=cast.helper, at=NOON)


def test_an_id_begun_with_another_file_is_a_conflict(cast: Cast) -> None:
    row = _begin(cast.helper)

    with pytest.raises(AnotherUpload):
        begin_upload(id=row, size=5, sha256=bytes(32), by=cast.helper, at=NOON)


def test_somebody_elses_upload_is_unknown(cast: Cast) -> None:
    row = _begin(cast.helper)

    for act in (
        lambda: upload_of(row, cast.stranger),
        lambda: _send(row, cast.stranger, 0),
        lambda: finish_upload(id=row, matter=cast.matter, by=cast.stranger, at=NOON),
        lambda: upload_of(uuid4(), cast.helper),
    ):
        with pytest.raises(UnknownUpload):
            act()


def test_somebody_without_an_account_begins_and_his_receipt_finishes(cast: Cast) -> None:
    row = _begin(Actor.nobody())
    for offset in range(0, len(DATA), PART):
        _send(row, Actor.nobody(), offset)

    evidence = finish_upload(id=row, matter=cast.matter, by=cast.party, at=NOON)

    assert evidence.from_party
    assert evidence.sender == cast.party.grant_id


@pytest.mark.parametrize(
    ("size", "problem"),
    [(0, limits.EmptyFile), (limits.LARGEST_FILE + 1, limits.FileTooLarge)],
)
def test_a_size_that_will_not_be_taken_is_refused_before_anything_is_sent(
    size: int, problem: type[Exception], cast: Cast
) -> None:
    with pytest.raises(problem):
        begin_upload(id=uuid4(), size=size, sha256=bytes(32), by=cast.helper, at=NOON)


def test_too_much_on_the_way_is_put_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_ON_THE_WAY", len(DATA))
    _begin(Actor.nobody())

    with pytest.raises(limits.TooMuchOnTheWay):
        _begin(Actor.nobody())
