"""A resident whose account was bound at the counter reads what is held about him, and who looked; nobody else does."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.registry.binding import NotAnOwnAccount, bind_account, link_identity
from shouwang.registry.identities import keep_identity
from shouwang.registry.keeping import StaleRecord
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Resident
from shouwang.registry.opening import open_own
from shouwang.registry.tests.town import open_by, register
from shouwang.registry.trail import looks_for_person

pytestmark = [pytest.mark.committed]


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.mark.item("S9", "A2", "PRI-11", "PRI-17")
def test_the_resident_reads_what_is_held_and_who_looked(world: Any, ring: Path, now: dt.datetime) -> None:
    resident = register(world, now).resident
    with pytest.raises(LookRefused):
        open_own(resident, by=world.wang, at=now)
    seen = open_by(world.shen, now, "王晓明")

    bind_account(seen, world.wang.person_id, by=world.shen, at=now)
    own = open_own(resident, by=world.wang, at=now)

    assert (own["name"], own["doc_no"], own["phone"]) == ("王晓明", "11010519491231002X", "13800002086")
    assert own["residences"][0]["address_text"].endswith("402")
    with pytest.raises(LookRefused):
        open_own(resident, by=world.stranger, at=now)
    lines = looks_for_person(identities=[resident], own_matters=[])
    assert [line.person for line in lines][-1] == "沈知行"
    assert all(line.told for line in lines)
    assert Entry.objects.filter(verb="resident.bind").count() == 1


def test_staff_accounts_and_stale_records_are_not_bound(world: Any, ring: Path, now: dt.datetime, as_role: Any) -> None:
    register(world, now)
    seen = open_by(world.shen, now, "王晓明")
    with pytest.raises(NotAnOwnAccount):
        bind_account(seen, world.ming.person_id, by=world.shen, at=now)

    with pytest.raises(StaleRecord):
        bind_account(seen, world.wang.person_id, by=world.shen, at=now + dt.timedelta(days=500))


def test_joining_a_party_to_a_resident_needs_a_look(world: Any, ring: Path, now: dt.datetime, as_role: Any) -> None:
    resident = register(world, now).resident
    party = keep_identity(name="王先生", number="13800002086", at=now)
    seen = open_by(world.shen, now, "王晓明")
    with pytest.raises(LookRefused):
        link_identity(seen, party, by=world.ming, at=now)

    link_identity(seen, party, by=world.shen, at=now)

    with as_role("jobs"):
        assert Resident.objects.get(pk=resident).identity_id == party
