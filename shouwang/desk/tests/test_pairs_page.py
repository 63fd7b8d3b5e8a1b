"""The queue of possible doubles at the desk: masked, opened as looks, made one, parted."""

import re
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.people import sessions
from shouwang.registry.linkage.linking import link_residents
from shouwang.registry.tests.town import id_number, register

pytestmark = [pytest.mark.committed]
AT = "/desk/imports/pairs/"


@pytest.fixture
def browser(world: Any) -> Any:
    def signed_in(name: str) -> Client:
        client = Client()
        _, client.cookies["sw_session"] = sessions.open_session(
            getattr(world, name).person, label="x", at=clock.now(), proven=True
        )
        return client

    return signed_in


def test_an_officer_looks_at_both_and_makes_them_one(browser: Any, world: Any, as_role: Any) -> None:
    at = clock.now()
    first = register(world, at, name="王晓明", doc_no=id_number(1))
    second = register(world, at, name="王小明", doc_no=id_number(2), place="桥西路12号3单元501")
    found = [(str(first.resident), str(second.resident), 0.97)]
    with as_role("jobs"):
        link_residents(by=Actor.system(), at=at, matching=lambda *_, least: found)
    shen = browser("shen")
    queue = shen.get(AT).content.decode()
    (key,) = re.findall(rf"{AT}([0-9a-f-]{{36}})/", queue)

    shown = shen.post(f"{AT}{key}/").content.decode()
    search = shown.partition('name="search" value="')[2][:36]
    sitting = shown.partition('name="sitting" value="')[2][:36]
    early = shen.post(f"{AT}{key}/same/", {"keep": first.resident})
    for one in (first, second):
        form = {"sitting": sitting, "search": search, "register": "resident", "record": one.resident}
        assert shen.post("/desk/find/record/", form).status_code == 200
    done = shen.post(f"{AT}{key}/same/", {"keep": first.resident})

    assert "97 %" in queue
    assert "王**" not in queue
    assert shown.count("王**") == 2
    assert early.status_code == 403
    assert done.status_code == 302
    assert "合并有误" in shen.get(AT).content.decode()
    assert shen.post(f"{AT}{key}/parted/").status_code == 302
    assert shen.post(f"{AT}{key}/").status_code == 200
    assert shen.post(f"{AT}{key}/different/").status_code == 302
    assert "没有疑似重复" in shen.get(AT).content.decode()
    assert browser("lu").get(AT).status_code == 403
