"""Forms from phones at the desk: who may open the pages, both sides of a contradiction, and what was kept aside."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.core.ids import new_id
from shouwang.matters.models import SentStep
from shouwang.matters.replay import Sent, replay
from shouwang.matters.settling import kept_aside_for
from shouwang.people.cookies import SESSION
from shouwang.people.models import Device
from shouwang.people.sessions import open_session
from shouwang.places.models import Address
from shouwang.registry.lists import Register
from shouwang.registry.looking import ask_database
from shouwang.registry.opening import open_here
from shouwang.registry.tests.town import WANG, lay_address, register

pytestmark = [pytest.mark.committed]
PLACE = "桥西路12号3单元402"
Send = Callable[..., SentStep]


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


def client_of(world: Any, who: str) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
    return client


@pytest.fixture
def send(world: Any) -> Send:
    def sent(who: str, act: str, **given: Any) -> SentStep:
        person, at = world.cast[who], clock.now()
        device, _ = Device.objects.get_or_create(
            person=person.person, defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": at}
        )
        claimed = (at - dt.timedelta(minutes=5)).isoformat()
        body = {"id": str(new_id()), "act": act, "claimed_at": claimed, "form": 1, "given": given}
        return replay(Sent.read(json.dumps(body, default=str)), device=device, by=person.afresh(), at=at)

    return sent


def dwelling(world: Any) -> tuple[Address, Any]:
    register(world, clock.now())
    place = Address.objects.get(searched=PLACE)
    ((key,),) = ask_database("SELECT dwelling_at(%s)", [place.pk])
    return place, key


def key_on(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.mark.item("S-REG-004", "R9")
def test_both_sides_are_shown_and_what_is_chosen_holds(world: Any, send: Send) -> None:
    place, key = dwelling(world)
    for who, rooms in (("shen", 2), ("ming", 4)):
        open_here([key], register=Register.DWELLING, purpose="visit", by=world.cast[who].afresh(), at=clock.now())
        told = {"rooms": rooms, "let_for": "housing"}
        assert send(who, "dwelling.edit", address=place.pk, record=key, base=0, told=told).outcome == "taken"
    shen = client_of(world, "shen")

    listed = shen.get("/desk/find/edits/").content.decode()
    assert listed.count("比对并定下") == 1
    page = shen.post("/desk/find/edits/record/", {"record": key_on(listed, "record"), "register": "dwelling"})
    shown = page.content.decode()
    assert "沈知行" in shown
    assert "周明远" in shown
    assert "住房" in shown or "housing" in shown
    chosen = {"seen": key_on(shown, "seen"), "rooms": "2", "let_for": "housing"}
    assert shen.post("/desk/find/edits/decision/", chosen).status_code == 302

    by = world.shen.afresh()
    (held,) = open_here([key], register=Register.DWELLING, purpose="visit", by=by, at=clock.now())
    assert (held["rooms"], held["let_for"]) == (2, "housing")
    assert "比对并定下" not in shen.get("/desk/find/edits/").content.decode()


def test_a_form_kept_aside_is_opened_with_its_reason_and_closed_by_a_person(world: Any, send: Send) -> None:
    told = {"name": "王晓明", "category": "migrant", "doc_kind": "id_card", "doc_no": WANG, "relation": "tenant"}
    row = send("shen", "residence.register", address=lay_address(world.qiaoxi_04).pk, told=told)
    assert (row.outcome, row.reason) == ("quarantined", "registry.form_faulty")
    shen = client_of(world, "shen")

    page = shen.post("/desk/find/edits/form/", {"edit": str(row.pk)}).content.decode()
    assert WANG in page
    assert "入住日期" in page
    assert shen.post("/desk/find/edits/settled/", {"edit": str(row.pk)}).status_code == 302

    assert "打开" not in shen.get("/desk/find/edits/").content.decode().partition("<tbody>")[2]
    assert kept_aside_for(world.shen.afresh(), clock.now()) == []


@pytest.mark.parametrize("who", ["zhao", "fang", "su"])
def test_nobody_from_elsewhere_opens_a_form(world: Any, send: Send, who: str) -> None:
    row = send("shen", "residence.register", address=lay_address(world.qiaoxi_04).pk, told={"name": "王晓明"})

    answer = client_of(world, who).post("/desk/find/edits/form/", {"edit": str(row.pk)})
    assert answer.status_code == 403
    assert "王晓明" not in answer.content.decode()
