"""Who is found by what, by whom; masked, at most twenty, on one's own ground, and never without an entry."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.journal.models import Entry, Particulars
from shouwang.people.access import Verb, spans
from shouwang.registry.finding import PurposeFirst, TermsTooShort, begin_sitting, find
from shouwang.registry.lists import Register
from shouwang.registry.looking import LimitReached, LookRefused, NoGround
from shouwang.registry.opening import open_found, open_here
from shouwang.registry.tests.town import ZHENG, find_by, id_number, open_by, register, shown

pytestmark = [pytest.mark.committed]


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def town(world: Any, ring: Path, now: dt.datetime) -> Any:
    """Two people in Qiaoxi, one in Hebu."""
    world.wang_here = register(world, now).resident
    world.ou_here = register(
        world, now, name="欧阳单", doc_no=ZHENG, phone="13912345678", place="学前街8号201"
    ).resident
    world.wang_there = register(
        world, now, name="王晓东", doc_no=id_number(3), phone="", area=world.hebu_01, place="河埠街3号101"
    ).resident
    return world


FOUND_BY = [
    ("王晓", "", "wang_here"), ("晓明", "", "wang_here"), ("王晓明", "", "wang_here"), ("王明", "", ""),
    ("wangxiao", "", "wang_here"), ("wxm", "", "wang_here"), ("wx", "", "wang_here"),
    ("11010519491231002X", "", "wang_here"), ("11010519491231002x", "", "wang_here"),
    ("440524188001010014", "", "ou_here"), (id_number(3), "", ""), ("13800002086", "", "wang_here"),
    ("2086", "", "wang_here"), ("5678", "", "ou_here"), ("王", "桥西路", "wang_here"), ("欧阳", "桥西路", ""),
    ("", "桥西路12号", "wang_here"), ("", "学前街8号201", "ou_here"), ("shan", "学前街", ""), ("oyd", "", "ou_here"),
    ("王 2086", "", "wang_here"), ("王%", "桥西路", ""), ("ouyang", "", "ou_here"),
]  # fmt: skip
TOO_LITTLE = [
    ("", ""),
    ("王", ""),
    ("w", ""),
    ("", "桥西路"),
    ("123", ""),
    ("12345", ""),
    ("110105", ""),
]


@pytest.mark.item("S-REG-006")
def test_a_resident_is_found_by_what_one_knows_of_him(town: Any, now: dt.datetime) -> None:
    for who, place, expected in FOUND_BY:
        found = shown(find_by(town.shen, now, who, place))

        assert found == ({getattr(town, expected)} if expected else set()), (who, place)


@pytest.mark.item("IDN-04", "S-REG-011")
def test_too_little_finds_nobody_and_no_part_of_a_document_number_is_enough(town: Any, now: dt.datetime) -> None:
    for who, place in TOO_LITTLE:
        with pytest.raises(TermsTooShort):
            find_by(town.shen, now, who, place)
    for part in ("1101", "19491231", "0519", "4912", "002X", "11010519", "11010519491231002"):
        try:
            assert find_by(town.shen, now, part).candidates == [], part
        except TermsTooShort:
            continue


def test_a_candidate_is_masked(town: Any, now: dt.datetime) -> None:
    (one,) = find_by(town.shen, now, "王晓").candidates

    assert (one.shown, one.street, one.grid) == ("王**", "桥西路", "桥西04网格")


def test_the_neighbours_officer_finds_his_own_people_only(town: Any, now: dt.datetime) -> None:
    assert shown(find_by(town.zhao, now, "王晓")) == {town.wang_there}
    assert shown(find_by(town.lin, now, "王晓")) == {town.wang_here, town.wang_there}


def test_with_the_whole_document_in_hand_a_newcomer_is_found_wherever_he_was(town: Any, now: dt.datetime) -> None:
    assert shown(find_by(town.shen, now, id_number(3), purpose="registration")) == {town.wang_there}


def test_never_more_than_twenty_and_never_a_count_above(world: Any, ring: Path, now: dt.datetime) -> None:
    for serial in range(23):
        register(world, now, name="李小龙", doc_no=id_number(serial + 10), phone="", place=f"桥西路{serial + 30}号")

    assert len(find_by(world.shen, now, "李小").candidates) == 20
    (entry,) = Entry.objects.filter(verb="register.search")
    assert Particulars.objects.get(entry=entry).values["n_found"] == 20


@pytest.mark.item("PRI-01")
def test_one_entry_says_what_for_and_how_many_and_never_the_words(town: Any, now: dt.datetime) -> None:
    find_by(town.shen, now, "王晓明")

    (entry,) = Entry.objects.filter(verb="register.search")
    told = Particulars.objects.get(entry=entry).values
    assert (told["purpose"], told["n_found"], len(told["terms_hash"])) == ("visit", 1, 64)
    assert "王" not in str(told)


@pytest.mark.item("S-REG-003")
def test_without_a_purpose_nothing_is_searched(town: Any, now: dt.datetime) -> None:
    over = begin_sitting(purpose="visit", by=town.shen, at=now - dt.timedelta(minutes=16))

    for sitting in (None, over):
        with pytest.raises(PurposeFirst):
            find(sitting, who="王晓", by=town.shen, at=now)


def test_other_purposes_do_not_open_the_register(town: Any, now: dt.datetime) -> None:
    for purpose in ("supervision", "complaint", "own_request", "call_back", "handling", "emergency"):
        with pytest.raises(NoGround):
            begin_sitting(purpose=purpose, by=town.shen, at=now)


@pytest.mark.item("ETH-10")
def test_whoever_has_no_such_post_finds_nobody(town: Any, now: dt.datetime) -> None:
    for who in ("lu", "su", "yu", "peng", "an", "xi", "shenji", "wang", "stranger", "he", "gu"):
        with pytest.raises(NoGround):
            begin_sitting(purpose="visit", by=getattr(town, who), at=now)
        assert spans(getattr(town, who), Verb.REGISTER_FIND, now) == ()


def test_what_was_not_shown_cannot_be_opened(town: Any, now: dt.datetime) -> None:
    sitting = begin_sitting(purpose="visit", by=town.shen, at=now)
    found = find(sitting, who="欧阳", by=town.shen, at=now)

    for by, record in ((town.shen, town.wang_here), (town.shen, town.wang_there), (town.zhao, town.ou_here)):
        with pytest.raises(LookRefused):
            open_found(record, register=Register.RESIDENT, search=found.search, sitting=sitting, by=by, at=now)
    with pytest.raises(LookRefused):
        open_here([town.ou_here], register=Register.RESIDENT, purpose="visit", by=town.shen, at=now)


def test_opening_shows_what_the_purpose_needs(town: Any, now: dt.datetime) -> None:
    visit = open_by(town.shen, now, "王晓", purpose="visit")
    check = open_by(town.shen, now, "王晓", purpose="verification")

    assert (visit["name"], visit["doc_no"], visit["phone"], visit["emergency_contact"]) == ("王晓明", None, None, None)
    assert (check["doc_no"], check["birth_date"], check["phone"]) == ("11010519491231002X", "1949", None)
    assert visit["residences"][0]["address_text"].endswith("桥西路12号3单元402")


def test_an_organisation_is_found_by_name_and_code(town: Any, now: dt.datetime) -> None:
    from shouwang.registry.organisations import OrganisationTold, register_organisation
    from shouwang.registry.tests.town import lay_address

    code = "91000000000000004" + "0"
    address = lay_address(town.qiaoxi_04, "桥西路16号")
    row = register_organisation(
        OrganisationTold("青石县福满超市有限公司", "ordinary", code), address=address, by=town.shen, at=now
    )

    for words in ("福满", "福满超市", code, "fuman"):
        found = find_by(town.shen, now, words, register=Register.ORGANISATION)
        assert [(one.id, one.shown) for one in found.candidates] == [(row, "青石县福满超市有限公司")], words
    assert find_by(town.zhao, now, "福满", register=Register.ORGANISATION).candidates == []


@pytest.mark.item("ETH-10")
def test_a_look_without_the_purpose_it_was_searched_for_is_refused(town: Any, now: dt.datetime) -> None:
    visit = begin_sitting(purpose="visit", by=town.shen, at=now)
    found = find(visit, who="王晓", by=town.shen, at=now)
    other = begin_sitting(purpose="verification", by=town.shen, at=now)

    with pytest.raises(LookRefused):
        open_found(town.wang_here, register=Register.RESIDENT, search=found.search, sitting=other, by=town.shen, at=now)


def test_an_hours_searches_have_an_end(town: Any, now: dt.datetime) -> None:
    sitting = begin_sitting(purpose="visit", by=town.shen, at=now)
    for n in range(120):
        find(sitting, who=f"{n:04d}", by=town.shen, at=now)

    with pytest.raises(LimitReached):
        find(sitting, who="王晓", by=town.shen, at=now)
