"""The pages of the registers: purpose, candidates, one record, registering; by whom they open, in whose language."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.journal.models import Entry
from shouwang.registry.tests.town import lay_address, register

pytestmark = [pytest.mark.committed]
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} on the page"
    return found[1]


def _found(client: Client, purpose: str, **terms: str) -> str:
    client.post("/desk/find/purpose/", {"purpose": purpose})
    return client.post("/desk/find/candidates/", terms).content.decode()


def _opened(client: Client, purpose: str, **terms: str) -> str:
    page = _found(client, purpose, **terms)
    names = ("sitting", "search", "register", "record")
    given = {name: _hidden(page, name) for name in names}
    return client.post("/desk/find/record/", given).content.decode()


@pytest.mark.item("S-REG-001", "S-REG-003", "S-REG-015")
def test_an_officer_says_what_for_finds_opens_and_verifies(world: Any, desk: Desk) -> None:
    register(world, clock.now())
    shen = desk("shen")
    first = shen.get("/desk/find/").content.decode()
    assert 'value="visit"' in first
    assert 'name="who"' not in first

    candidates = _found(shen, "verification", who="wxm")
    record = _opened(shen, "verification", who="王晓明")

    assert "王**" in candidates
    assert "王晓明" not in candidates
    assert "11010519491231002X" in record
    assert "13800002086" not in record
    done = shen.post(
        "/desk/find/record/verification/",
        {"seen": _hidden(record, "seen"), "residence": _hidden(record, "residence")},
    )
    assert done.status_code == 200
    assert Entry.objects.filter(verb="residence.verify", person=world.shen.person_id).count() == 1


def test_what_is_missing_is_said_above_the_form_with_a_way_to_it(desk: Desk) -> None:
    page = desk("shen").post("/desk/find/registration/", {"name": "王晓明", "phone": "12"})

    assert page.status_code == 422
    summary = page.content.decode().partition("sw-summary")[2].partition("</ul>")[0]
    assert 'href="#id_address_text"' in summary
    assert 'href="#id_doc_no"' in summary
    assert 'value="王晓明"' in page.content.decode()


@pytest.mark.item("S-REG-007", "REG-06", "REG-08")
def test_somebody_new_is_registered_with_a_receipt_and_nobody_twice(world: Any, desk: Desk) -> None:
    shen, address = desk("shen"), lay_address(world.qiaoxi_04)
    told = {
        "name": "王晓明", "category": "migrant", "doc_kind": "id_card", "doc_no": "11010519491231002X",
        "address_text": address.searched, "address": str(address.pk), "relation": "tenant", "sex": "9",
        "from_on": str(clock.local_date(clock.now()) - dt.timedelta(days=1)),
    }  # fmt: skip

    first, second = (shen.post("/desk/find/registration/", told) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 409)
    assert "不收费" in first.content.decode()
    assert "王**" in second.content.decode()
    assert Entry.objects.filter(verb="residence.register").count() == 1
    assert shen.post("/desk/find/registration/", told | {"name": ""}).status_code == 422
    mistyped = shen.post("/desk/find/registration/", told | {"doc_no": "110105194912310021"})
    assert mistyped.status_code == 400
    assert 'value="王晓明"' in mistyped.content.decode()


def test_a_correction_at_the_persons_wish(world: Any, desk: Desk) -> None:
    register(world, clock.now())
    shen = desk("shen")
    record = _opened(shen, "correction", who="王晓明")
    assert "13800002086" in record

    shen.post(
        "/desk/find/record/correction/",
        {"seen": _hidden(record, "seen"), "name": "王小明", "category": "migrant", "phone": "13700001234"},
    )

    assert "王**" in _found(shen, "visit", who="1234")


@pytest.mark.item("REG-07", "REG-11", "S-REG-004", "S-REG-005", "S-REG-006", "ETH-10")
def test_a_grid_worker_files_and_sees_counts_and_an_officer_answers(world: Any, desk: Desk) -> None:
    lu, shen, address = desk("lu"), desk("shen"), lay_address(world.qiaoxi_04)
    told = {
        "kind": "arrival", "declarer": "officer", "address_text": address.searched, "address": str(address.pk),
        "happened_on": str(clock.local_date(clock.now())), "name": "王晓明", "doc_kind": "id_card",
        "doc_no": "11010519491231002X",
    }  # fmt: skip

    filed = lu.post("/desk/find/declarations/", told).content.decode()
    own = lu.post("/desk/find/declarations/one/", {"declaration": _button(filed, "declaration")}).content.decode()
    waiting = shen.get("/desk/find/declarations/").content.decode()
    opened = shen.post("/desk/find/declarations/one/", {"declaration": _button(waiting, "declaration")})
    page = opened.content.decode()
    given = {"seen": _hidden(page, "seen"), "name": "王晓明", "category": "migrant", "doc_kind": "id_card"}
    done = shen.post(
        "/desk/find/declarations/acceptance/", given | {"doc_no": "11010519491231002X", "relation": "tenant"}
    )

    assert "11010519491231002X" not in own
    assert "****************2X" in own
    assert "王晓明" not in waiting
    assert done.status_code == 200
    assert "&lt; 5" in lu.get("/desk/find/counts/").content.decode()
    for path in ("", "registration/"):
        assert lu.get(f"/desk/find/{path}").status_code == 403


def test_a_page_without_a_purpose_searches_nothing(world: Any, desk: Desk) -> None:
    answer = desk("shen").post("/desk/find/candidates/", {"who": "王晓明"})

    assert answer.status_code == 403
    assert not Entry.objects.filter(verb="register.search").exists()


def test_buttons_of_anothers_page_do_nothing(world: Any, desk: Desk) -> None:
    register(world, clock.now())
    record = _opened(desk("shen"), "verification", who="王晓明")
    given = {"seen": _hidden(record, "seen"), "residence": _hidden(record, "residence")}

    answer = desk("ming").post("/desk/find/record/verification/", given)

    assert answer.status_code == 409
    assert desk("shen").post("/desk/find/record/verification/", given | {"seen": "x"}).status_code == 409


def _button(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([0-9a-f-]{{36}})"', page)
    assert found, f"no {name} on the page"
    return found[1]


@pytest.mark.item("S-REG-011")
def test_where_a_document_number_begins_finds_nobody(world: Any, desk: Desk) -> None:
    """The first six digits tell a place of origin: nobody is looked for by it."""
    register(world, clock.now())
    shen = desk("shen")
    for part in ("110105", "11010519491231"):
        assert "王**" not in _found(shen, "verification", who=part), part
