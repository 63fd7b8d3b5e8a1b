"""What is over is erased, batch by batch, with a proof; what is still needed stays."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.core import retention
from shouwang.journal.models import Entry, Particulars
from shouwang.registry import grounds, purging
from shouwang.registry.identities import keep_identity
from shouwang.registry.models import Identity, Look

LONG_AGO = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
LAST_WEEK = TODAY - dt.timedelta(days=7)


@pytest.fixture
def old_and_new(db: None, ring: Path) -> tuple[UUID, UUID]:
    return keep_identity(name="旧", at=LONG_AGO), keep_identity(name="新", at=LAST_WEEK)


def _left(as_role: Any) -> set[UUID]:
    with as_role("jobs"):
        return set(Identity.objects.values_list("id", flat=True))


def test_after_a_purge_nothing_is_overdue(old_and_new: tuple[UUID, UUID], as_role: Any) -> None:
    with as_role("jobs"):
        assert purging.overdue_rows(TODAY)["registry.Identity"] == 1

        erased = purging.run_purges(at=TODAY)

        assert erased["registry.Identity"] == 1
        assert purging.overdue_rows(TODAY) == {}
    assert _left(as_role) >= {old_and_new[1]}
    assert old_and_new[0] not in _left(as_role)


def test_the_proof_says_how_many_and_that_none_is_left(old_and_new: tuple[UUID, UUID], as_role: Any) -> None:
    with as_role("jobs"):
        purging.run_purges(at=TODAY)

    proofs = [Particulars.objects.get(entry=entry).values for entry in Entry.objects.filter(verb="retention.purge")]
    assert {"retention": "ticket", "model": "registry.Identity", "n_erased": 1, "n_left": 0} in proofs


def test_an_identity_that_a_matter_needs_stays(
    old_and_new: tuple[UUID, UUID], as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = old_and_new[0]
    monkeypatch.setattr(purging, "KEEPERS", [lambda _before: Identity.objects.filter(id=needed).values("id")])

    with as_role("jobs"):
        purging.run_purges(at=TODAY)

    assert needed in _left(as_role)


def test_lines_of_who_looked_are_kept_three_years(db: None, owner_sql: Any, as_role: Any) -> None:
    for at in (TODAY - dt.timedelta(days=1096), TODAY - dt.timedelta(days=1094)):
        owner_sql(
            "INSERT INTO registry_look (id, identity, person, purpose, basis, fields, at, entry)"
            " VALUES (%s, %s, %s, 'visit', 'consent', '{name}', %s, %s)",
            [uuid4(), uuid4(), uuid4(), at, uuid4()],
        )

    with as_role("jobs"):
        purging.run_purges(at=TODAY)
        assert Look.objects.count() == 1


def test_a_purge_that_erases_nothing_is_noticed(
    db: None, ring: Path, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_identity(name="旧", at=LONG_AGO)
    monkeypatch.setattr(retention, "BATCH", 1)
    monkeypatch.setattr(purging, "BATCH", 1)
    lazy = retention.Purge("ticket", "registry.Identity", purging._unneeded, lambda rows: None, dt.timedelta(days=730))
    monkeypatch.setattr(purging, "PURGES", [lazy])

    with as_role("jobs"), pytest.raises(purging.PurgeStuck):
        purging.run_purges(at=TODAY)


def test_somebody_says_which_identities_are_needed() -> None:
    assert grounds.KEEPERS
    assert grounds.GROUNDS
