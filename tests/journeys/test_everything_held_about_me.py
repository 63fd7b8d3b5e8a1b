"""A bound account: who looked, everything held as a page and a file, and requests with their answers."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
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
from shouwang.matters.models import Matter
from shouwang.notices.models import Notice
from shouwang.notices.requests import tell_its_author
from shouwang.notices.wordings import short_message
from shouwang.people.cookies import SESSION
from shouwang.people.models import Person
from shouwang.people.sessions import open_session
from shouwang.registry.binding import bind_account
from shouwang.registry.models import OwnCopy, Resident
from shouwang.registry.own_copy import make_copy
from shouwang.registry.tests.town import open_by, register

pytestmark = [pytest.mark.committed]
At = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def bound(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """王女士's account joined to her record, with a name that a spreadsheet would work out."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    world.resident = register(world, clock.now(), emergency_contact="=HYPERLINK(1) 13900001111").resident
    bind_account(open_by(world.shen, clock.now(), "王晓明"), world.wang.person_id, by=world.shen, at=clock.now())
    return world


@pytest.fixture
def at_the_portal(world: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> At:
    """`with at_the_portal():` what a browser does inside is done by the portal's process."""

    @contextmanager
    def there() -> Iterator[None]:
        with monkeypatch.context() as patch, as_role("portal"):
            patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role="portal"))
            yield

    return there


def client_of(person: Person) -> Client:
    client = Client(headers={"accept": "text/html", "accept-language": "zh-hans"})
    client.cookies[SESSION] = open_session(person, label="test", at=clock.now(), proven=True)[1]
    return client


def signed_in(world: Any, who: str) -> Client:
    return client_of(world.cast[who].person)


def neighbour() -> Person:
    """Another resident with an account, joined to nobody."""
    return Person.objects.create(standing="resident", name="邻居", login="r.neighbour", created_at=clock.now())


def page(client: Client, at_the_portal: At, path: str = "/account/held/") -> str:
    with at_the_portal():
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def put_together(client: Client, at_the_portal: At, as_role: Any) -> None:
    with at_the_portal():
        assert client.post("/account/held/everything/").status_code == 302
    with as_role("jobs"):
        make_copy(OwnCopy.objects.get().pk, at=clock.now())


def ask(client: Client, at_the_portal: At, kind: str, as_role: Any, **told: str) -> str:
    """File a request; the matter that carries its clock is opened by the reaction. Its receipt page."""
    from shouwang.journal.reactions import run_handler

    with at_the_portal():
        answer = client.post(f"/account/held/requests/{kind}/", told)
    assert answer.status_code == 200, answer.content.decode()
    entry = Entry.objects.filter(verb="request.file").latest("received_at")
    with as_role("jobs"):
        run_handler("shouwang.kinds.own_request.reactions.open_its_matter", entry.pk)
    return answer.content.decode()


def open_at_the_desk(client: Client) -> tuple[str, str]:
    """The page of the one request that waits, and its key."""
    found = re.search(r'name="request" value="([0-9a-f-]{36})"', client.get("/desk/find/requests/").content.decode())
    assert found
    return client.post("/desk/find/requests/one/", {"request": found[1]}).content.decode(), found[1]


@pytest.mark.item("S9", "A2", "PRI-17", "S-REG-005")
def test_a_look_stands_on_the_page_of_the_resident_at_once_with_office_purpose_and_basis(
    bound: Any, at_the_portal: At
) -> None:
    wang = signed_in(bound, "wang")
    before = page(wang, at_the_portal)

    open_by(bound.shen, clock.now(), "王晓明", purpose="visit")
    after = page(wang, at_the_portal)

    assert after.count("社区民警") == before.count("社区民警") + 1
    assert "上门" in after
    assert "沈知行" not in after
    assert "社区民警" not in page(client_of(neighbour()), at_the_portal)


@pytest.mark.item("S9", "PRI-11")
def test_everything_held_is_shown_with_its_rules_and_taken_along_as_a_file(
    bound: Any, at_the_portal: At, as_role: Any
) -> None:
    wang, began = signed_in(bound, "wang"), time.monotonic()
    with at_the_portal():
        wang.post("/account/held/everything/")
        waiting = wang.get("/account/held/everything/")
    with as_role("jobs"):
        make_copy(OwnCopy.objects.get().pk, at=clock.now())
    shown = page(wang, at_the_portal, "/account/held/everything/")
    with at_the_portal():
        body = wang.get("/account/held/everything.zip").content

    assert time.monotonic() - began < 60
    assert waiting["Refresh"]
    for told in ("11010519491231002X", "13800002086", "桥西路12号3单元402", "敏感", "好在需要时帮到人"):
        assert told in shown, told
    archive = zipfile.ZipFile(io.BytesIO(body))
    data = json.loads(archive.read("data.json"))
    assert data["held"]["registry.Resident"][0]["name"] == "王晓明"
    assert "王晓明" in archive.read("read-me.html").decode()
    cells = [cell for row in csv.reader(io.StringIO(archive.read("held.csv").decode("utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(1) 13900001111" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_nothing_of_it_opens_to_an_account_that_is_not_joined(bound: Any, at_the_portal: At) -> None:
    other = client_of(neighbour())
    for path in ("looks/", "everything/", "everything.zip", "requests/correct/"):
        with at_the_portal():
            assert other.get(f"/account/held/{path}").status_code == 404, path


@pytest.mark.item("S9", "PRI-11", "PRI-12")
def test_a_wrong_telephone_is_put_right_and_the_answer_read(bound: Any, at_the_portal: At, as_role: Any) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    receipt = ask(wang, at_the_portal, "correct", as_role, wish="电话换成 13700001234 了")
    matter = Matter.objects.get(kind="own_request")
    shown, key = open_at_the_desk(shen)
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen

    done = shen.post(
        "/desk/find/requests/answer/",
        {"request": key, "step": "fulfil", "correct": "1", "seen": seen[1], "name": "王晓明", "category": "registered",
         "phone": "13700001234", "emergency_contact": "", "done": "电话已更正"},
    )  # fmt: skip

    assert "13700001234 了" in shown
    assert "答复" in receipt
    assert matter.responsible_id == bound.shen.post_id or matter.responsible.person_id == bound.shen.person_id
    assert matter.due_at is not None
    assert done.status_code == 200, done.content.decode()
    assert "电话已更正" in page(wang, at_the_portal)
    put_together(wang, at_the_portal, as_role)
    assert "13700001234" in page(wang, at_the_portal, "/account/held/everything/")


def test_a_correction_that_does_not_fit_is_said_and_answers_nothing(
    bound: Any, at_the_portal: At, as_role: Any
) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    ask(wang, at_the_portal, "correct", as_role, wish="姓名写错了")
    shown, key = open_at_the_desk(shen)
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen

    given = {"request": key, "step": "fulfil", "correct": "1", "seen": seen[1], "name": "", "category": "registered"}
    answer = shen.post("/desk/find/requests/answer/", given | {"done": "已更正"})

    assert answer.status_code == 422
    assert "已更正" in answer.content.decode()
    assert Matter.objects.get(kind="own_request").state == "asked"
    assert "已更正" not in page(wang, at_the_portal)


def test_nothing_is_asked_for_without_saying_what(bound: Any, at_the_portal: At) -> None:
    wang = signed_in(bound, "wang")

    for kind in ("correct", "object", "erase"):
        with at_the_portal():
            answer = wang.post(f"/account/held/requests/{kind}/", {"wish": ""})
        assert answer.status_code == 422, kind
        assert "请写几句是哪一项、怎么回事" in answer.content.decode()
        assert "可以不填" not in answer.content.decode()


@pytest.mark.item("S9", "PRI-12")
def test_a_no_has_its_reason_and_its_remedy(bound: Any, at_the_portal: At, as_role: Any) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    ask(wang, at_the_portal, "object", as_role, wish="不要再上门了")
    _shown, key = open_at_the_desk(shen)
    given = {"request": key, "step": "refuse", "reason": "居住登记是法定职责", "remedy": ""}

    bare = shen.post("/desk/find/requests/answer/", given)
    done = shen.post("/desk/find/requests/answer/", given | {"remedy": "可以向青石县公安局投诉，或向法院起诉"})

    assert bare.status_code == 400
    assert done.status_code == 200
    seen = page(wang, at_the_portal)
    assert "居住登记是法定职责" in seen
    assert "可以向青石县公安局投诉" in seen


@pytest.mark.item("S9", "PRI-12", "MSG-04")
@pytest.mark.parametrize(("hour", "waits"), [(10, False), (23, True)])
def test_who_asked_hears_that_there_is_an_answer_and_nothing_of_it(
    bound: Any, at_the_portal: At, as_role: Any, hour: int, waits: bool
) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    ask(wang, at_the_portal, "object", as_role, wish="不要再上门了")
    _shown, key = open_at_the_desk(shen)
    given = {"request": key, "step": "refuse", "reason": "居住登记是法定职责", "remedy": "可以向法院起诉"}
    assert shen.post("/desk/find/requests/answer/", given).status_code == 200
    answered = Entry.objects.get(verb="request.answer")
    at = clock.now().astimezone(clock.SHANGHAI).replace(hour=hour, minute=0)
    with as_role("jobs"):
        for _ in range(2):
            tell_its_author(answered.subject, at=at)

    told = Notice.objects.filter(wording="request_answered").exclude(state="withheld")
    assert {(one.channel, one.recipient_kind) for one in told} == {("in_app", "person"), ("any", "holder")}
    outside = told.get(recipient_kind="holder")
    assert (outside.next_try_at is not None and outside.next_try_at > at) == waits
    assert outside.values == {}
    text = short_message("request_answered", {}, sender="青石县公安局", language="zh-hans")
    assert "已有答复" in text
    assert not any(word in text for word in ("上门", "法定", "起诉", "王"))


@pytest.mark.item("S9", "A7", "PRI-11")
def test_a_deletion_leaves_nothing_but_a_proof(bound: Any, at_the_portal: At, as_role: Any, owner_sql: Any) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    ask(wang, at_the_portal, "erase", as_role, wish="我已搬走，请删除")
    _shown, key = open_at_the_desk(shen)

    wrong = shen.post("/desk/find/requests/answer/", {"request": key, "step": "fulfil", "done": "好"})
    done = shen.post("/desk/find/requests/answer/", {"request": key, "step": "delete", "done": "已删除"})

    assert wrong.status_code == 409
    assert done.status_code == 200, done.content.decode()
    with as_role("jobs"):
        assert not Resident.objects.filter(pk=bound.resident).exists()
    proof = Entry.objects.get(verb="resident.erase")
    assert owner_sql("SELECT proof FROM registry_request") == [(proof.pk,)]
    assert Entry.objects.filter(verb="own_request.delete").count() == 1
    afterwards = page(wang, at_the_portal)
    assert "已删除" in afterwards
    (asked,) = owner_sql("SELECT id FROM registry_request")
    address = f"/account/held/requests/{asked[0]}/proof/"
    assert address in afterwards
    with at_the_portal():
        words = wang.get(address).content.decode()
    assert str(proof.pk) in words
    assert "社区民警" in words  # office and role, not yet the name (PRI-17)
    assert "沈知行" not in words
    assert all(said in words for said in ("删了什么", "留下什么", "怎么查验", "还没有公布"))
    with at_the_portal():
        assert wang.get(f"/account/held/requests/{proof.pk}/proof/").status_code == 404


@pytest.mark.item("S9", "PRI-17")
def test_why_somebody_looked_is_asked_from_the_line_and_answered(bound: Any, at_the_portal: At, as_role: Any) -> None:
    wang, shen = signed_in(bound, "wang"), signed_in(bound, "shen")
    looked = re.search(r"requests/explain/\?look=([0-9a-f-]{36})", page(wang, at_the_portal))
    assert looked
    ask(wang, at_the_portal, "explain", as_role, wish="", about=looked[1])
    shown, key = open_at_the_desk(shen)

    assert "沈知行" in shown
    done = shen.post("/desk/find/requests/answer/", {"request": key, "step": "fulfil", "done": "上门核实住址"})
    assert done.status_code == 200
    foreign = Entry.objects.exclude(pk=looked[1]).latest("received_at")
    with at_the_portal():
        refused = wang.post("/account/held/requests/explain/", {"wish": "", "about": str(foreign.pk)})
    assert refused.status_code == 422


def test_an_officer_of_next_door_sees_no_request_and_opens_none(bound: Any, at_the_portal: At, as_role: Any) -> None:
    ask(signed_in(bound, "wang"), at_the_portal, "correct", as_role, wish="名字写错了")
    key = Matter.objects.get(kind="own_request").pk
    zhao = signed_in(bound, "zhao")

    assert str(key) not in zhao.get("/desk/find/requests/").content.decode()
    assert zhao.post("/desk/find/requests/one/", {"request": str(key)}).status_code == 403
    given = {"request": str(key), "step": "refuse", "reason": "不", "remedy": "不"}
    assert zhao.post("/desk/find/requests/answer/", given).status_code == 404
