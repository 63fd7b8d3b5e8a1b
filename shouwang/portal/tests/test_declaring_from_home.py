"""Declaring from home, page by page: receipt and clock, the officer's check, running out, taking back, reminders."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.journal.models import Entry
from shouwang.notices.models import Notice
from shouwang.notices.reminding import remind_before_the_end
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.registry.declaring import answered_by
from shouwang.registry.tests.town import lay_address

pytestmark = [pytest.mark.committed]
At = Callable[[], AbstractContextManager[None]]
NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def at_the_portal(world: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> At:
    @contextmanager
    def there() -> Iterator[None]:
        with monkeypatch.context() as patch, as_role("portal"):
            patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role="portal"))
            yield

    return there


def client_of(world: Any, who: str) -> Client:
    client = Client(headers={"accept": "text/html", "accept-language": "zh-hans"})
    client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
    return client


def told(address: Any, **more: str) -> dict[str, str]:
    return {
        "declarer": "landlord", "kind": "tenancy", "address_text": address.searched,
        "happened_on": str(clock.local_date(clock.now())), "name": "王晓明", "doc_kind": "id_card", "doc_no": NUMBER,
    } | more  # fmt: skip


def declared(client: Client, at_the_portal: At, given: dict[str, str]) -> Any:
    with at_the_portal():
        return client.post("/account/declarations/new/", given)


def listed(client: Client, at_the_portal: At) -> str:
    with at_the_portal():
        return client.get("/account/declarations/").content.decode()


def opened(desk: Client) -> str:
    key = re.search(
        r'name="declaration" value="([0-9a-f-]{36})"', desk.get("/desk/find/declarations/").content.decode()
    )
    assert key
    return desk.post("/desk/find/declarations/one/", {"declaration": key[1]}).content.decode()


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.item("S-REG-005", "S-REG-007", "REG-06", "REG-07", "REG-08")
def test_a_landlord_declares_the_officer_checks_and_registers_and_it_runs_out(
    world: Any, at_the_portal: At, as_role: Any, owner_sql: Any
) -> None:
    wang, shen, address = client_of(world, "wang"), client_of(world, "shen"), lay_address(world.qiaoxi_04)
    receipt = declared(wang, at_the_portal, told(address)).content.decode()
    assert "不收费" in listed(wang, at_the_portal)
    page = opened(shen)
    shen.post("/desk/find/declarations/person/", {"seen": seen_in(page)})
    checked = listed(wang, at_the_portal)
    page = opened(shen)
    given = {"seen": seen_in(page), "name": "王晓明", "category": "migrant", "doc_kind": "id_card", "doc_no": NUMBER,
             "relation": "tenant"}  # fmt: skip

    done = shen.post("/desk/find/declarations/acceptance/", given)

    assert "回执" in receipt
    assert "您在这里可以办" in receipt
    assert "已核对身份" in checked
    assert done.status_code == 200
    assert "已登记" in listed(wang, at_the_portal)
    with as_role("jobs"):
        assert remind_before_the_end(at=clock.now()) == 0
    owner_sql("UPDATE registry_residence SET verify_by = %s", [clock.local_date(clock.now()) + dt.timedelta(days=10)])
    with as_role("jobs"):
        assert [remind_before_the_end(at=clock.now()) for _ in range(2)] == [1, 0]
        assert Notice.objects.filter(wording="declared_runs_out", recipient=world.wang.person_id).count() == 1
    assert "快到期了" in listed(wang, at_the_portal)
    owner_sql("UPDATE registry_residence SET verify_by = %s", [clock.local_date(clock.now()) - dt.timedelta(days=1)])
    assert "已到期" in listed(wang, at_the_portal)
    overdue = shen.get("/desk/find/declarations/").content.decode()
    assert "到期未核实的出租房" in overdue
    assert address.full_text in overdue
    assert "王晓明" not in overdue


@pytest.mark.item("S-REG-005", "PRI-11")
def test_what_was_not_answered_is_taken_back_and_what_was_said_is_gone(
    world: Any, at_the_portal: At, owner_sql: Any
) -> None:
    wang, address = client_of(world, "wang"), lay_address(world.qiaoxi_04)
    declared(wang, at_the_portal, told(address, declarer="self", kind="arrival"))
    key = owner_sql("SELECT id FROM registry_declaration")[0][0]

    with at_the_portal():
        done = wang.post(f"/account/declarations/{key}/end/")
        again = wang.post(f"/account/declarations/{key}/end/")

    assert (done.status_code, again.status_code) == (302, 409)
    assert owner_sql("SELECT state, told_enc FROM registry_declaration") == [("withdrawn", None)]
    assert Entry.objects.filter(verb="declaration.withdraw").count() == 1
    assert str(key) not in client_of(world, "shen").get("/desk/find/declarations/").content.decode()


def test_a_wrong_number_an_unknown_address_and_the_wrong_declarer_are_told_beside_their_field(
    world: Any, at_the_portal: At, owner_sql: Any
) -> None:
    wang, address = client_of(world, "wang"), lay_address(world.qiaoxi_04)
    for wrong in (
        {"doc_no": "110105194912310021"}, {"address_text": "没有这条路9号"}, {"declarer": "self"}, {"name": ""},
        {"happened_on": "2999-01-01"}, {"declarer": "officer"},
    ):  # fmt: skip
        answer = declared(wang, at_the_portal, told(address, **wrong))
        assert answer.status_code == 422, wrong
    assert owner_sql("SELECT count(*) FROM registry_declaration") == [(0,)]


def test_an_end_is_noted_without_a_new_residence(world: Any, at_the_portal: At, owner_sql: Any) -> None:
    wang, shen, address = client_of(world, "wang"), client_of(world, "shen"), lay_address(world.qiaoxi_04)
    declared(wang, at_the_portal, told(address, kind="tenancy_end"))

    shen.post("/desk/find/declarations/note/", {"seen": seen_in(opened(shen))})

    assert owner_sql("SELECT state, residence FROM registry_declaration") == [("accepted", None)]
    assert owner_sql("SELECT count(*) FROM registry_residence") == [(0,)]


@pytest.mark.parametrize(
    ("filed", "answered"),
    [("2026-11-18T10:00+08:00", "2026-11-19T00:00+08:00"), ("2026-11-18T18:00+08:00", "2026-11-20T00:00+08:00"),
     ("2026-11-21T10:00+08:00", "2026-11-24T00:00+08:00")],
)  # fmt: skip
def test_what_comes_in_by_five_on_a_working_day_is_answered_on_it(filed: str, answered: str) -> None:
    assert answered_by(dt.datetime.fromisoformat(filed)) == dt.datetime.fromisoformat(answered)
