"""Finding on the phone: purpose first, at most twenty masked, one opened with its look on record."""

from typing import Any

import pytest

from shouwang.core import clock
from shouwang.field import finding, owners
from shouwang.field.tests.conftest import Ask
from shouwang.field.views import PhoneOnly
from shouwang.matters.intake import open_matter
from shouwang.people.access import NotAllowed
from shouwang.places.models import FoundPlace
from shouwang.registry.finding import PurposeFirst, TermsTooShort
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Look, Search, VehicleAsk
from shouwang.registry.tests.town import WANG, register, traces

pytestmark = [pytest.mark.committed]


@pytest.fixture
def wang(world: Any, ask: Ask) -> Any:
    return register(world, clock.now())


@pytest.mark.item("S-REG-006", "PRI-01")
def test_purpose_then_masked_candidates_then_one_record(world: Any, wang: Any, ask: Ask) -> None:
    offered = ask("shen", finding.purposes)
    assert offered["sitting"] is None
    assert "visit" in {value for value, _label in offered["purposes"]}
    assert "handling" not in {value for value, _label in offered["purposes"]}
    sitting = ask("shen", finding.begin, purpose="visit")["sitting"]
    found = ask("shen", finding.candidates, sitting=sitting["id"], who="王晓明")
    (one,) = found["candidates"]
    seen = ask("shen", finding.record, sitting=sitting["id"], search=found["search"], record=one["id"])

    assert one["shown"] == "王**"
    assert seen["name"] == "王晓明"
    assert any("桥西路12号" in text for _label, text in seen["lines"])
    assert WANG not in str(seen)
    assert [one.purpose for one in traces(Look)] == ["visit"]
    assert ask("shen", finding.purposes)["sitting"]["id"] == sitting["id"]


def test_the_task_in_hand_is_the_purpose(world: Any, wang: Any, ask: Ask, as_role: Any) -> None:
    matter = open_matter(
        kind="incident", by=world.fang, at=clock.now(), area=world.qiaoxi, channel="phone", subkind="order.fight",
        gist="楼下打架",
    )  # fmt: skip
    sitting = ask("fang", finding.begin, purpose="handling", matter=str(matter.pk))["sitting"]
    ask("fang", finding.candidates, sitting=sitting["id"], who="王晓明")

    with as_role("jobs"):
        assert Search.objects.get().matter == matter.pk


def test_without_a_purpose_without_words_and_of_another_nothing_is_found(world: Any, wang: Any, ask: Ask) -> None:
    with pytest.raises(PurposeFirst):
        ask("shen", finding.candidates, sitting="", who="王晓明")
    sitting = ask("shen", finding.begin, purpose="visit")["sitting"]["id"]
    with pytest.raises(TermsTooShort):
        ask("shen", finding.candidates, sitting=sitting, who="王")
    with pytest.raises(PurposeFirst):
        ask("zhao", finding.candidates, sitting=sitting, who="王晓明")
    with pytest.raises(LookRefused):
        ask("shen", finding.record, sitting=sitting, search=str(wang.resident), record=str(wang.resident))


def test_only_a_bound_phone_of_somebody_who_finds(world: Any, ask: Ask) -> None:
    with pytest.raises(PhoneOnly):
        ask("shen", finding.begin, phone=None, purpose="visit")
    with pytest.raises(NotAllowed):
        ask("lu", finding.begin, purpose="visit")


@pytest.mark.item("S-REG-003", "S-PAT-003")
def test_a_plate_finds_nobody_and_has_its_owner_told(world: Any, ask: Ask, as_role: Any) -> None:
    with as_role("web"):
        FoundPlace.objects.create(
            kind="building", is_address=True, name="桥西路12号", full_text="青石县水门街道桥西路12号",
            searched="桥西路12号", lon=111.427, lat=27.686, grams=["12", "2号", "桥西", "西路", "路1"],
        )  # fmt: skip
    sitting = ask("shen", finding.begin, purpose="visit")["sitting"]["id"]
    found = ask("shen", finding.candidates, sitting=sitting, who="湘a·12345")
    assert (found["plate"], found["candidates"]) == ("湘A12345", [])
    assert "unlocked" in {value for value, _label in found["reasons"]}

    with pytest.raises(owners.PlaceUnclear):
        ask("shen", owners.tell, sitting=sitting, plate="湘A12345", reason="unlocked", place="")
    told = ask("shen", owners.tell, sitting=sitting, plate="湘A12345", reason="unlocked", place="桥西路12号")

    assert told["told"] is False
    with as_role("jobs"):
        assert VehicleAsk.objects.get().reason == "unlocked"
        assert not Search.objects.exists()
    with pytest.raises(PurposeFirst):
        ask("shen", owners.tell, sitting="", plate="湘A12345", reason="unlocked", place="桥西路12号")
