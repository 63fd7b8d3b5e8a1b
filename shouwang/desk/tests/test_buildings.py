"""Building → household → person by the officer of the grid alone; and the sheet of the station tells on nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.places.models import Address
from shouwang.registry.models import Look
from shouwang.registry.organisations import OrganisationTold, register_organisation
from shouwang.registry.profile import suppressed
from shouwang.registry.registering import register_residence
from shouwang.registry.tests.town import id_number, lay_address, lives, told, traces

pytestmark = [pytest.mark.committed]
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def building(world: Any) -> Address:
    """12号 with two homes: one of two people, one of nobody; and a call that came from there."""
    house = lay_address(world.qiaoxi_04, "桥西路12号")
    house.status = "in_use"
    house.save()
    for number, name in enumerate(("101", "102")):
        home = Address.objects.create(
            number=house.number + 10 + number, parent=house, path=f"{house.path}{house.number + 10 + number}/",
            element="room", name=name, full_text=f"{house.full_text}{name}", searched=f"桥西路12号{name}",
            area=world.qiaoxi_04,
        )  # fmt: skip
        for person in range(2 if number == 0 else 1):
            register_residence(
                told(name=f"王{'一二三'[person + number]}", doc_no=id_number(person + number * 5), phone=""),
                lives(clock.now()), address=home, by=world.shen, at=clock.now(),
            )  # fmt: skip
    world.call = open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=(111.427, 27.685), place_text="桥西路12号", gist="漏水"
    )
    return house


def asked(client: Client, reference: str) -> Any:
    return client.post("/desk/find/buildings/", {"reference": reference, "address_text": "桥西路12号"})


@pytest.mark.item("S-GRD-004", "ETH-10")
def test_counts_then_one_home_then_one_person_and_each_step_is_on_record(
    world: Any, building: Address, desk: Desk
) -> None:
    shen = desk("shen")

    counts = asked(shen, world.call.reference).content.decode()
    given = {name: _hidden(counts, name) for name in ("sitting", "dwelling", "place")}
    home = shen.post("/desk/find/buildings/home/", given).content.decode()
    names = ("sitting", "search", "register", "record")
    record = shen.post("/desk/find/record/", {name: _hidden(home, name) for name in names}).content.decode()

    assert "&lt; 5" in counts
    assert "王一" not in counts + home
    assert home.count("王*") == 2
    assert "王" in record
    verbs = set(Entry.objects.filter(person=world.shen.person_id).values_list("verb", flat=True))
    assert {"finding.purpose", "building.open", "register.search", "register.look"} <= verbs
    (look,) = traces(Look, purpose="handling", register="resident")
    assert look.matter == world.call.pk


@pytest.mark.item("S-GRD-004")
def test_nobody_else_and_nothing_without_a_matter(world: Any, building: Address, desk: Desk) -> None:
    for who in ("zhao", "fang", "lin"):
        answer = asked(desk(who), world.call.reference)
        assert answer.status_code in (403, 404), who
        assert "101" not in answer.content.decode()
    assert asked(desk("shen"), "2611999999").status_code == 404
    assert desk("lu").get("/desk/find/buildings/").status_code == 403
    page = asked(desk("shen"), world.call.reference).content.decode()
    given = {name: _hidden(page, name) for name in ("sitting", "dwelling")}
    assert desk("ming").post("/desk/find/buildings/home/", given).status_code == 403


@pytest.mark.item("S-GRD-014", "S-REG-006", "IND-07")
def test_the_sheet_of_the_station_counts_by_community_and_tells_on_nobody(
    world: Any, building: Address, desk: Desk
) -> None:
    told = OrganisationTold("桥西旅馆", "special_trade", special_trade="lodging_trade")
    register_organisation(told, address=building, by=world.shen, at=clock.now())

    page = desk("lin").get("/desk/find/profile/").content.decode()

    assert "桥西社区" in page
    assert re.search(r"特种行业：\s*旅馆 1", page)
    assert re.search(r"常住人口[^<]*<b>—</b>", page) or "—" in page
    assert "截至" in page
    assert "已知缺口" in page
    assert "王一" not in page


@pytest.mark.item("S-REG-004", "REG-11")
def test_of_what_was_checked_again_the_figures_say_how_much_still_was_so(
    world: Any, building: Address, desk: Desk
) -> None:
    shen = desk("shen")
    page = shen.post("/desk/find/purpose/", {"purpose": "verification"}, follow=True)
    found = shen.post("/desk/find/candidates/", {"place": "桥西路12号101"}).content.decode()
    names = ("sitting", "search", "register", "record")
    record = shen.post("/desk/find/record/", {name: _hidden(found, name) for name in names}).content.decode()
    shen.post("/desk/find/record/verification/",
              {"seen": _hidden(record, "seen"), "residence": _hidden(record, "residence")})  # fmt: skip

    figures = shen.get("/desk/find/counts/").content.decode()

    assert page.status_code == 200
    assert re.search(r"1 / 1 <small>100% \(21–100\)", figures), figures


@pytest.mark.parametrize(
    ("cells", "told_on"),
    [
        ({"a": 10, "b": None}, {"a": None, "b": None}),
        ({"a": 10, "b": None, "c": 7}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": None, "c": None}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": 6}, {"a": 10, "b": 6}),
        ({}, {}),
    ],
)
def test_one_small_cell_takes_a_second_with_it(cells: dict[str, Any], told_on: dict[str, Any]) -> None:
    assert suppressed(cells) == told_on


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} on the page: {page}"
    return found[1]
