"""What somebody tells about himself is checked, sealed, and cannot be read back by whoever kept it."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shouwang.core.chinese import BadPhone, TextTooLong
from shouwang.registry.identities import (
    NotAnEmail,
    NothingToldAboutOneself,
    keep_identity,
    wish_no_contact,
)
from shouwang.registry.models import Identity
from shouwang.registry.sealing import number_index, open_field

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("db", "ring")


@pytest.mark.parametrize("role", ["web", "portal"])
def test_pages_keep_an_identity_and_only_jobs_read_it(role: str, as_role: Any) -> None:
    with as_role(role):
        row = keep_identity(name="王女士", number="１３８ ００００ ２０８６", address="桥西路12号", at=NOON)

    with as_role("jobs"):
        kept = Identity.objects.get(id=row)
    assert open_field(row, "name", kept.name_enc) == "王女士"
    assert open_field(row, "number", kept.number_enc) == "13800002086"
    assert open_field(row, "address", kept.address_enc) == "桥西路12号"
    assert kept.email_enc is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Identity.objects.get(id=row)


def test_nothing_told_is_refused() -> None:
    with pytest.raises(NothingToldAboutOneself):
        keep_identity(name=" \u200b ", number="", at=NOON)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"number": "12"}, BadPhone),
        ({"number": "1380000208a"}, BadPhone),
        ({"email": "not an address"}, NotAnEmail),
        ({"name": "王" * 61}, TextTooLong),
        ({"address": "x" * 10_000_000}, TextTooLong),
    ],
)
def test_what_cannot_be_right_names_its_field(told: dict[str, str], problem: type[Exception]) -> None:
    with pytest.raises(problem) as refused:
        keep_identity(**told, at=NOON)

    assert refused.value.field == next(iter(told))


def test_controls_and_marks_of_direction_are_not_kept(as_role: Any) -> None:
    row = keep_identity(name="李\u202e明\x00", at=NOON)

    with as_role("jobs"):
        assert open_field(row, "name", Identity.objects.get(id=row).name_enc) == "李明"


def test_a_wish_not_to_be_written_to_is_kept_without_reading(as_role: Any) -> None:
    row = keep_identity(number="13800002086", at=NOON)

    wish_no_contact(row)

    with as_role("jobs"):
        assert Identity.objects.get(id=row).do_not_contact


def test_the_blind_index_puts_many_numbers_in_each_bucket() -> None:
    numbers = [f"138{n:08d}" for n in range(0, 20_000 * 37, 37)]

    buckets: dict[bytes, int] = {}
    for number in numbers:
        index = number_index(number)
        assert index is not None
        buckets[index] = buckets.get(index, 0) + 1

    assert min(buckets.values()) >= 4
    assert len(buckets) == 1024
