"""At the counter an officer joins a resident to his own account: card seen, code of his phone, one entry."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people import accounts
from shouwang.people.models import Grant
from shouwang.registry.binding import make_counter_code, own_resident
from shouwang.registry.tests.town import WANG, register

pytestmark = [pytest.mark.committed]
Code = Callable[..., str]


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def code_of(as_role: Any) -> Callable[..., str]:
    """What the portal shows to whoever signed in."""

    def shown(by: Actor, at: dt.datetime | None = None) -> str:
        with as_role("portal"):
            return make_counter_code(by=by, at=at or clock.now())

    return shown


def _asked(client: Client, code: str, doc_no: str = WANG) -> Any:
    return client.post("/desk/find/counter/", {"doc_kind": "id_card", "doc_no": doc_no, "code": code})


def _bound(client: Client, page: str, code: str, **given: str) -> Any:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found, page
    return client.post("/desk/find/counter/account/", {"seen": found[1], "code": code} | given)


def bind_at_the_counter(client: Client, code: str) -> Any:
    """The whole walk; the last answer."""
    return _bound(client, _asked(client, code).content.decode(), code, card_seen="on")


@pytest.mark.item("S9", "PRI-11")
def test_an_officer_who_saw_the_card_joins_the_account_once(
    world: Any, desk: Callable[[str], Client], code_of: Code
) -> None:
    resident, shen = register(world, clock.now()).resident, desk("shen")
    code = code_of(world.wang)

    page = _asked(shen, f"{code[:4]} {code[4:].lower()}").content.decode()
    refused = _bound(shen, page, code)
    done = _bound(shen, page, code, card_seen="on")

    assert "王晓明" in page
    assert refused.status_code == 422
    assert done.status_code == 200
    assert own_resident(world.wang) == resident
    assert Entry.objects.filter(verb="resident.bind").count() == 1
    assert _bound(shen, page, code, card_seen="on").status_code == 409


def test_a_wrong_code_a_wrong_number_and_staff_are_refused_beside_their_field(
    world: Any, desk: Callable[[str], Client], code_of: Code
) -> None:
    register(world, clock.now())
    shen, code = desk("shen"), code_of(world.wang)

    assert _asked(shen, "AAAA2222").status_code == 409
    assert _asked(shen, code, "440524188001010014").status_code == 404
    assert _asked(shen, code_of(world.ming)).status_code == 409
    late = code_of(world.wang, clock.now() - dt.timedelta(minutes=16))
    assert _asked(shen, late).status_code == 409
    assert desk("lu").get("/desk/find/counter/").status_code == 403


def test_an_account_of_one_resident_is_not_joined_to_another(
    world: Any, desk: Callable[[str], Client], code_of: Code
) -> None:
    register(world, clock.now())
    register(world, clock.now(), name="郑和", doc_no="440524188001010014", place="桥西路14号1单元101")
    shen = desk("shen")
    bind_at_the_counter(shen, code_of(world.wang))
    code = code_of(world.wang)

    page = _asked(shen, code, "440524188001010014").content.decode()

    assert _bound(shen, page, code, card_seen="on").status_code == 409


@pytest.mark.item("S9")
def test_when_the_proof_changes_the_account_falls_back_and_can_be_joined_anew(
    world: Any, desk: Callable[[str], Client], code_of: Code
) -> None:
    resident, shen = register(world, clock.now()).resident, desk("shen")
    bind_at_the_counter(shen, code_of(world.wang))
    assert own_resident(world.wang) == resident

    with acting(world.wang):
        accounts.let_go(world.cast["wang"].person, by=world.wang, at=clock.now())

    assert own_resident(world.wang) is None
    assert bind_at_the_counter(shen, code_of(world.wang)).status_code == 200
    assert own_resident(world.wang) == resident
    assert Grant.objects.filter(kind="bound", revoked_at__isnull=False).count() == 1


def test_a_deleted_account_reads_nothing(world: Any, desk: Callable[[str], Client], code_of: Code) -> None:
    register(world, clock.now())
    bind_at_the_counter(desk("shen"), code_of(world.wang))

    accounts.delete_account(by=world.wang, at=clock.now())

    assert own_resident(world.wang) is None
