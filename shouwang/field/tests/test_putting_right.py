"""A resident or a unit put right from the phone: looked at for a purpose, taken along, written, merged."""

import json
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.field import finding
from shouwang.field.tests.conftest import Ask, Send
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.registry.editing import decide, waiting_for
from shouwang.registry.lists import Register
from shouwang.registry.models import Look
from shouwang.registry.opening import open_here
from shouwang.registry.organisations import OrganisationTold, register_organisation
from shouwang.registry.tests.town import lay_address, open_by, register, traces

pytestmark = [pytest.mark.committed]


@pytest.fixture
def wang(world: Any, ask: Ask) -> Any:
    return register(world, clock.now())


@pytest.fixture
def shop(world: Any, ask: Ask) -> Any:
    told = OrganisationTold("桥西小超市", "public_venue", unit_contact="王店主 13900001111")
    return register_organisation(told, address=lay_address(world.qiaoxi_04), by=world.shen, at=clock.now())


def along(ask: Ask, who: str, purpose: str, words: str, register: str = "resident", **sitting: Any) -> Any:
    """What this person takes along of the one that the words find."""
    begun = ask(who, finding.begin, purpose=purpose, **sitting)["sitting"]["id"]
    found = ask(who, finding.candidates, sitting=begun, register=register, who=words)
    (one,) = found["candidates"]
    seen = ask(who, finding.record, sitting=begun, register=register, search=found["search"], record=one["id"])
    return seen["along"]


def write(send: Send, who: str, taken: Any, minutes: float = 60, **told: Any) -> Any:
    given = {"address": taken["place"]["id"], "record": taken["record"], "base": taken["version"], "told": told}
    return send(who, taken["act"], minutes=minutes, **given)


@pytest.mark.item("S-REG-001", "S-REG-003")
def test_a_resident_is_put_right_with_the_fields_that_the_purpose_shows(world, wang, ask, send):
    visit = along(ask, "shen", "visit", "王晓明")
    wish = along(ask, "shen", "correction", "王晓明")

    assert set(visit["told"]) == {"name", "category"}
    assert set(wish["told"]) == {"name", "category", "phone", "emergency_contact"}
    assert write(send, "shen", wish, phone="13900002222", name="王小明").outcome == "taken"
    seen = open_by(world.shen, clock.now(), "王小明", purpose="correction")
    assert (seen["phone"], seen["emergency_contact"]) == ("13900002222", "王建国 13900001111")
    assert {look.purpose for look in traces(Look)} == {"visit", "correction"}
    assert "13900002222" not in str(list(Entry.objects.values()))


def test_the_visit_in_hand_is_the_purpose(world, wang, ask):
    matter = open_matter(
        kind="hazard", by=world.shen, at=clock.now(), area=world.qiaoxi_04, point=(111.427, 27.686),
        subkind="fire.exit_blocked", channel="own_find", gist="楼道堆满杂物",
    )  # fmt: skip

    taken = along(ask, "shen", "handling", "王晓明", matter=str(matter.pk))

    assert taken["place"]["text"].endswith("桥西路12号3单元402")
    assert [one.matter for one in traces(Look)] == [matter.pk]


def test_whoever_only_finds_takes_nothing_along(wang, ask):
    assert along(ask, "fang", "visit", "王晓明") is None


def test_two_who_put_one_resident_right_are_merged_by_field_and_asked_about_the_same(world, wang, ask, send):
    mine, theirs = (along(ask, who, "correction", "王晓明") for who in ("shen", "ming"))

    assert write(send, "shen", mine, phone="13900002222").outcome == "taken"
    assert write(send, "ming", theirs, minutes=30, emergency_contact="王母 13900003333").outcome == "taken"
    assert waiting_for(world.shen.afresh(), clock.now()) == []
    assert write(send, "ming", theirs, minutes=20, phone="13900004444").outcome == "taken"
    assert {(one.state, tuple(one.fields)) for one in waiting_for(world.shen.afresh(), clock.now())} >= {
        ("open", ("phone",))
    }


@pytest.mark.item("S-REG-001")
def test_a_unit_is_put_right_and_what_contradicts_waits_for_a_person(world, shop, ask, send):
    mine, theirs = (along(ask, who, "visit", "桥西小超市", "organisation") for who in ("shen", "ming"))

    assert write(send, "shen", mine, unit_name="桥西大超市", licence_expires_on="2027-05-01").outcome == "taken"
    assert write(send, "ming", theirs, minutes=30, unit_name="桥西便民超市", unit_contact="李店主").outcome == "taken"

    by, at = world.shen.afresh(), clock.now()
    (held,) = open_here([shop], register=Register.ORGANISATION, purpose="verification", by=by, at=at)
    assert (held["unit_name"], held["unit_contact"]) == ("桥西便民超市", "李店主")
    assert str(held["licence_expires_on"]) == "2027-05-01"
    waiting = waiting_for(by, at)
    assert {one.state for one in waiting} == {"open"}
    told = open_here([one.id for one in waiting], register=Register.EDIT, purpose="verification", by=by, at=at)
    assert {json.loads(one["told"])["unit_name"] for one in told} == {"桥西大超市", "桥西便民超市"}
    decide(held, {"unit_name": "桥西大超市"}, by=by, at=at, area=world.qiaoxi_04)
    assert waiting_for(by, at) == []
    assert along(ask, "shen", "visit", "桥西大超市", "organisation")["told"]["unit_name"] == "桥西大超市"


@pytest.mark.item("S-REG-001")
def test_a_mistyped_credit_code_is_put_right_and_never_given_to_two_units(world, shop, ask, send):
    taken = along(ask, "shen", "visit", "桥西小超市", "organisation")
    assert taken["told"]["credit_code"] == ""

    assert write(send, "shen", taken, credit_code=" 91350100m000100y43 ").outcome == "taken"
    (unit,) = open_here(
        [shop], register=Register.ORGANISATION, purpose="verification", by=world.shen.afresh(), at=clock.now()
    )
    assert unit["credit_code"] == "91350100M000100Y43"
    other = OrganisationTold("桥西文具店", "public_venue")
    register_organisation(other, address=lay_address(world.qiaoxi_04, "桥西路9号"), by=world.shen, at=clock.now())
    stationer = along(ask, "shen", "visit", "桥西文具店", "organisation")
    row = write(send, "shen", stationer, credit_code="91350100M000100Y43", unit_name="桥西书店")
    assert (row.outcome, row.reason) == ("quarantined", "registry.code_of_another")
    assert along(ask, "shen", "visit", "桥西文具店", "organisation")["told"]["credit_code"] == ""


def test_the_special_trade_of_a_unit_is_put_right_and_goes_with_its_kind(world, shop, ask, send):
    def trade() -> tuple[str, str]:
        by = world.shen.afresh()
        (unit,) = open_here([shop], register=Register.ORGANISATION, purpose="verification", by=by, at=clock.now())
        return unit["unit_kind"], unit["special_trade"]

    taken = along(ask, "shen", "visit", "桥西小超市", "organisation")
    assert taken["told"]["special_trade"] == ""
    assert write(send, "shen", taken, unit_kind="special_trade", special_trade="pawnbroking").outcome == "taken"
    assert trade() == ("special_trade", "pawnbroking")

    taken = along(ask, "shen", "visit", "桥西小超市", "organisation")
    assert write(send, "shen", taken, unit_kind="public_venue").outcome == "taken"
    assert trade() == ("public_venue", "")


def test_a_unit_registered_twice_is_kept_aside_and_holds_nothing_up(world, ring, send):
    given = {"unit_name": "桥西五金店", "unit_kind": "public_venue", "credit_code": "91350100M000100Y43"}
    rows = [
        send("shen", "organisation.register", address=lay_address(world.qiaoxi_04, f"桥西路{n}号").pk, told=given)
        for n in (5, 7)
    ]

    assert [(row.outcome, row.reason) for row in rows] == [("taken", ""), ("quarantined", "registry.code_of_another")]


@pytest.mark.parametrize("told", [{"unit_name": ""}, {"owner_faith": "x"}])
def test_what_does_not_fit_the_list_of_a_unit_is_kept_aside(shop, ask, send, told):
    taken = along(ask, "shen", "visit", "桥西小超市", "organisation")

    row = write(send, "shen", taken, **told)

    assert (row.outcome, row.reason) == ("quarantined", "registry.form_faulty")
    mistyped = write(send, "shen", taken, credit_code="91350100M000100Y44")
    assert (mistyped.outcome, mistyped.reason) == ("quarantined", "identifier.credit_code")


def test_a_resident_who_was_never_looked_at_is_not_written_to(world, wang, ask, send):
    taken = along(ask, "shen", "correction", "王晓明")

    row = write(send, "ming", taken, phone="13900002222")

    assert (row.outcome, row.reason) == ("quarantined", "registry.look_refused")
