"""Registering, verifying, ending, correcting: each one act and one entry, on one's own ground, after a look."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry, Particulars
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.freshness import mark_stale
from shouwang.registry.keeping import StaleRecord, require_fresh
from shouwang.registry.lists import Register, Relation
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Residence, Resident
from shouwang.registry.quality import Rate, heads_on, quality_on
from shouwang.registry.registering import (
    EndsBeforeItBegan,
    change,
    correct_resident,
    end_residence,
    register_residence,
    verify_residence,
)
from shouwang.registry.tests.town import find_by, id_number, lay_address, lives, open_by, register, shown, told

pytestmark = [pytest.mark.committed]


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


def _verbs() -> list[str]:
    return list(Entry.objects.filter(topic="register.changed").order_by("received_at").values_list("verb", flat=True))


@pytest.mark.item("S-REG-001", "S-REG-007")
def test_a_residence_is_registered_verified_and_ended(world: Any, ring: Path, now: dt.datetime) -> None:
    done = register(world, now)
    seen = open_by(world.shen, now, "王晓明")

    verify_residence(seen, done.residence, by=world.shen, at=now)
    end_residence(seen, done.residence, ended_on=now.date(), by=world.shen, at=now)

    assert _verbs() == ["residence.register", "residence.verify", "residence.end"]
    assert find_by(world.shen, now, "王晓明").candidates == []
    assert shown(find_by(world.shen, now, "11010519491231002X", purpose="registration")) == {done.resident}


def test_what_a_correction_says_is_which_fields_and_never_what(world: Any, ring: Path, now: dt.datetime) -> None:
    register(world, now)
    seen = open_by(world.shen, now, "王晓明", purpose="correction")
    told_anew = {"name": "王小明", "phone": "13700001234", "emergency_contact": ""}

    correct_resident(seen, told_anew, by=world.shen, at=now)

    again = open_by(world.shen, now, "1234", purpose="correction")
    assert (again["name"], again["phone"], again["emergency_contact"]) == ("王小明", "13700001234", None)
    assert find_by(world.shen, now, "2086").candidates == []
    told_in = Particulars.objects.get(entry__verb="resident.correct").values
    assert told_in == {"fields": ["emergency_contact", "name", "phone"]}


def test_what_was_not_looked_at_is_not_changed(world: Any, ring: Path, now: dt.datetime) -> None:
    resident = register(world, now).resident
    seen = open_by(world.shen, now, "王晓明")

    for by in (world.zhao, world.ming):
        with pytest.raises((LookRefused, NotAllowed, NotVisible)):
            correct_resident(seen, {"name": "别人"}, by=by, at=now)
    with pytest.raises(LookRefused), acting(world.ming):
        change(Register.RESIDENT, resident, {"name": "别人"})
    with pytest.raises(LookRefused), acting(world.shen):
        change(Register.RESIDENT, resident, {"kept_by": str(world.shen.person_id)})


@pytest.mark.parametrize("who", ["zhao", "lu", "an", "he", "fang"])
def test_only_an_officer_of_the_ground_registers(who: str, world: Any, ring: Path, now: dt.datetime) -> None:
    address = lay_address(world.qiaoxi_04)

    with pytest.raises((NotAllowed, NotVisible)):
        register_residence(told(), lives(now), address=address, by=getattr(world, who), at=now)


def test_somebody_known_moves_within_the_town(world: Any, ring: Path, now: dt.datetime) -> None:
    done = register(world, now)
    sitting = begin_sitting(purpose="registration", by=world.zhao, at=now)
    found = find(sitting, who="11010519491231002X", by=world.zhao, at=now)
    from shouwang.registry.opening import open_found

    seen = open_found(
        done.resident, register=Register.RESIDENT, search=found.search, sitting=sitting, by=world.zhao, at=now
    )
    address = lay_address(world.hebu_01, "河埠街3号101")

    again = register_residence(seen, lives(now, Relation.OWNER, days_ago=0), address=address, by=world.zhao, at=now)

    assert again.resident == done.resident
    assert shown(find_by(world.zhao, now, "王晓明")) == {done.resident}
    assert find_by(world.shen, now, "王晓明").candidates == []


def test_an_end_lies_after_the_beginning_and_not_ahead(world: Any, ring: Path, now: dt.datetime) -> None:
    done = register(world, now)
    seen = open_by(world.shen, now, "王晓明")

    for day in (now.date() - dt.timedelta(days=30), now.date() + dt.timedelta(days=2)):
        with pytest.raises(EndsBeforeItBegan):
            end_residence(seen, done.residence, ended_on=day, by=world.shen, at=now)


@pytest.mark.item("REG-05")
def test_a_tenancy_grows_stale_after_six_months_and_decides_nothing(
    world: Any, ring: Path, now: dt.datetime, as_role: Any
) -> None:
    done = register(world, now)
    with as_role("jobs"):
        lived, person = Residence.objects.get(pk=done.residence), Resident.objects.get(pk=done.resident)
        require_fresh(lived, now)
        mark_stale(by=Actor.system(), at=now + dt.timedelta(days=200))
        lived.refresh_from_db()

    assert 180 <= (lived.verify_by - now.date()).days <= 190
    assert 364 <= (person.verify_by - now.date()).days <= 372
    assert person.retain_until > person.verify_by
    with pytest.raises(StaleRecord):
        require_fresh(lived, now)
    assert open_by(world.shen, now, "王晓明")["residences"][0]["stale"]


@pytest.mark.item("S-REG-004", "S-REG-006")
def test_counts_name_nobody_and_rates_come_with_their_n(world: Any, ring: Path, now: dt.datetime) -> None:
    for serial in range(6):
        register(world, now, name="李小龙", doc_no=id_number(serial + 10), phone="", place=f"桥西路{serial + 30}号")
    register(world, now, area=world.hebu_01, place="河埠街3号101")

    heads = {(one.area, one.category): one.n for one in heads_on(world.su, now)}
    (quality,) = quality_on(world.lu, now)
    all_over = heads_on(world.lin, now)

    assert heads == {(world.qiaoxi_04.pk, "registered"): 6}
    assert (quality.area, quality.timely, quality.fresh) == (world.qiaoxi_04.pk, Rate(6, 6), Rate(6, 6))
    assert {one.n for one in all_over} == {6, None}
    assert heads_on(world.stranger, now) == []


def test_the_interval_is_wilsons() -> None:
    low, high = Rate(8, 10).interval or (0, 0)

    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert (Rate(0, 0).share, Rate(0, 0).interval) == (None, None)


@pytest.mark.item("S8")
def test_what_is_sealed_opens_in_its_own_row_only(world: Any, ring: Path, now: dt.datetime, as_role: Any) -> None:
    from shouwang.core.keyring import CannotOpen
    from shouwang.registry.protecting import open_of

    first = register(world, now).resident
    other = register(world, now, name="别人", doc_no=id_number(5), place="桥西路90号").resident
    with as_role("jobs"):
        row = Resident.objects.get(pk=first)
        same = Resident.objects.get(pk=other)

    assert open_of(Register.RESIDENT, first, "doc_no", row.doc_no_enc) == "11010519491231002X"
    for key, field in ((other, "doc_no"), (first, "phone")):
        with pytest.raises(CannotOpen):
            open_of(Register.RESIDENT, key, field, row.doc_no_enc)
    assert (row.tail_bucket, bytes(row.tail_check) != bytes(same.tail_check)) == (same.tail_bucket, True)


@pytest.mark.item("S8")
def test_after_a_turn_of_keys_the_old_one_can_go_whatever_was_corrected_meanwhile(
    world: Any, ring: Path, now: dt.datetime, as_role: Any
) -> None:
    from shouwang.core import keyring
    from shouwang.registry.bulk import rotate_records

    register(world, now)
    keyring.add_key()
    seen = open_by(world.shen, now, "王晓明", purpose="correction")
    correct_resident(seen, {"phone": "13700001234"}, by=world.shen, at=now)

    with as_role("jobs"):
        assert rotate_records(by=Actor.system(), at=now) == 2  # he and his dwelling
        assert rotate_records(by=Actor.system(), at=now) == 0
    keyring.remove_key(1)

    again = open_by(world.shen, now, "1234", purpose="correction")
    assert (again["doc_no"], again["phone"]) == ("11010519491231002X", "13700001234")
