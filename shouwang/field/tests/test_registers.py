"""Forms of the registers as phones send them: taken once, merged, left for a person; never dropped, never in clear."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.field.tests.conftest import Send
from shouwang.journal.models import Entry
from shouwang.matters.models import SentStep
from shouwang.matters.settling import kept_aside_for
from shouwang.places.models import Address
from shouwang.registry.editing import decide, waiting_for
from shouwang.registry.forms import VERSION
from shouwang.registry.lists import Register
from shouwang.registry.looking import ask_database
from shouwang.registry.opening import open_here
from shouwang.registry.tests.town import WANG, lay_address, register

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("ring")]
TENANT = {
    "name": "王晓明", "category": "migrant", "doc_kind": "id_card", "doc_no": WANG, "relation": "tenant",
    "from_on": "2026-11-18",
}  # fmt: skip


@pytest.fixture
def dwelling(world: Any, now: dt.datetime) -> Any:
    """(its address, its id): somebody lives there."""
    register(world, now - dt.timedelta(days=40))
    place = Address.objects.get(searched="桥西路12号3单元402")
    ((key,),) = ask_database("SELECT dwelling_at(%s)", [place.pk])
    return place, key


def take_along(world: Any, who: str, dwelling: UUID) -> Any:
    by = world.cast[who].afresh()
    return open_here([dwelling], register=Register.DWELLING, purpose="visit", by=by, at=clock.now())[0]


def edit(send: Send, who: str, dwelling: Any, seen: Any, minutes: float = 60, **told: Any) -> SentStep:
    place, key = dwelling
    return send(who, "dwelling.edit", minutes=minutes, address=place.pk, record=key, base=seen["version"], told=told)


@pytest.mark.item("S-REG-001", "S-REG-003")
def test_a_tenancy_taken_down_without_a_network_is_registered_once(world, send):
    address, step = lay_address(world.qiaoxi_04), new_id()

    rows = [send("shen", "residence.register", address=address.pk, told=TENANT, step=step) for _ in range(2)]

    assert [row.outcome for row in rows] == ["taken", "taken"], rows[0].reason
    assert Entry.objects.filter(verb="residence.register").count() == 1
    assert rows[0].body == ""


def test_nothing_of_a_person_stays_in_the_table_of_steps(world, send, owner_sql):
    row = send("shen", "residence.register", address=new_id(), told=TENANT)

    assert (row.outcome, row.reason) == ("quarantined", "registry.address_gone")
    dumped = str(owner_sql("SELECT s::text, e::text FROM matters_sentstep s JOIN registry_edit e ON e.id = s.id"))
    assert WANG not in dumped
    assert TENANT["name"] not in dumped
    assert [one.id for one in kept_aside_for(world.shen.afresh(), row.received_at)] == [row.pk]


def test_other_fields_changed_meanwhile_both_stand(world, send, dwelling):
    seen = [take_along(world, who, dwelling[1]) for who in ("shen", "ming")]

    first = edit(send, "shen", dwelling, seen[0], rooms=3)
    second = edit(send, "ming", dwelling, seen[1], beds=4)

    assert (first.outcome, second.outcome) == ("taken", "taken"), second.reason
    held = take_along(world, "shen", dwelling[1])
    assert (held["rooms"], held["beds"]) == (3, 4)
    assert waiting_for(world.shen.afresh(), clock.now()) == []


@pytest.mark.parametrize("late_first", [False, True])
def test_the_same_field_waits_for_a_person_and_both_are_kept(world, send, dwelling, late_first):
    seen = [take_along(world, who, dwelling[1]) for who in ("shen", "ming")]
    edits = [("shen", seen[0], 60, 3), ("ming", seen[1], 30, 5)]
    for who, copy, minutes, rooms in reversed(edits) if late_first else edits:
        assert edit(send, who, dwelling, copy, minutes=minutes, rooms=rooms).outcome == "taken"

    now = clock.now()
    held = take_along(world, "shen", dwelling[1])
    assert held["rooms"] == 5
    waiting = waiting_for(world.shen.afresh(), now)
    assert {(one.state, tuple(one.fields)) for one in waiting} == {("open", ("rooms",))}
    told = open_here(
        [one.id for one in waiting], register=Register.EDIT, purpose="verification", by=world.shen.afresh(), at=now
    )
    assert sorted(json.loads(one["told"])["rooms"] for one in told) == [3, 5]

    decide(held, {"rooms": 3}, by=world.shen.afresh(), at=now, area=world.qiaoxi_04)
    assert take_along(world, "ming", dwelling[1])["rooms"] == 3
    assert waiting_for(world.shen.afresh(), now) == []


def test_who_took_along_what_was_decided_contradicts_nobody(world, send, dwelling):
    edit(send, "shen", dwelling, take_along(world, "shen", dwelling[1]), rooms=3)

    assert edit(send, "ming", dwelling, take_along(world, "ming", dwelling[1]), minutes=5, rooms=5).outcome == "taken"
    assert waiting_for(world.shen.afresh(), clock.now()) == []


def test_a_dwelling_that_nobody_knew_is_written_with_its_fields(world, send):
    address = lay_address(world.qiaoxi_04)
    told = {"building_use": "dwelling", "occupancy": "let", "rooms": 2, "landlord_contact": "王房东 13900001111"}

    row = send("shen", "dwelling.edit", address=address.pk, told=told)

    assert row.outcome == "taken", row.reason
    ((key,),) = ask_database("SELECT dwelling_at(%s)", [address.pk])
    held = take_along(world, "shen", key)
    assert (held["occupancy"], held["rooms"], held["landlord_contact"]) == ("let", 2, "王房东 13900001111")


@pytest.mark.parametrize(
    ("who", "given", "reason"),
    [
        ("shen", {"form": VERSION + 7}, "replay.unknown_act"),
        ("shen", {"told": TENANT | {"religion": "x"}}, "registry.form_faulty"),
        ("shen", {"told": TENANT | {"relation": ["a"]}}, "registry.form_faulty"),
        ("shen", {"told": "x"}, "registry.form_faulty"),
        ("shen", {"told": TENANT | {"doc_no": "110105194912310021"}}, "identifier.id_number"),
        ("zhao", {}, "people.not_visible"),
        ("he", {}, "people.not_visible"),
        ("shen", {"minutes": 40 * 1440}, "replay.too_old"),
    ],
)
def test_what_cannot_be_done_is_kept_aside_for_author_and_lead(world, send, now, who, given, reason):
    address = lay_address(world.qiaoxi_04)

    row = send(who, "residence.register", **{"address": address.pk, "told": TENANT} | given)

    assert (row.outcome, row.reason) == ("quarantined", reason)
    for person in (world.cast[who], world.shen, world.lin):
        assert row.pk in {one.id for one in kept_aside_for(person.afresh(), now)}, person
    assert [one.state for one in waiting_for(world.shen.afresh(), now)] == ["aside"]


def test_a_record_that_was_never_looked_at_cannot_be_edited(world, send, dwelling):
    place, key = dwelling

    row = send("ming", "dwelling.edit", address=place.pk, record=key, base=0, told={"rooms": 9})

    assert (row.outcome, row.reason) == ("quarantined", "registry.look_refused")


def test_a_record_that_is_gone_is_not_written_to(world, send, dwelling):
    row = send("shen", "dwelling.edit", address=dwelling[0].pk, record=new_id(), base=0, told={"rooms": 9})

    assert (row.outcome, row.reason) == ("quarantined", "registry.record_gone")
