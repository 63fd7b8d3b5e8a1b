"""Crews are ranked where one is called for; where one is out already, when somebody asks for another."""

from __future__ import annotations

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.dispatch.dispatching import ask_support, send_unit, sign
from shouwang.matters.intake import open_matter

RANKED = "<h3>建议警组"


@pytest.fixture
def fang(desk_of, world) -> Client:
    return desk_of(world.fang)


def call(world, urgency):
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), channel="phone", subkind="order.fight", words="两人打架",
        urgency=urgency, point=(111.427, 27.686), reason="当面核实",
    )  # fmt: skip


def panel(browser, matter, more=""):
    return browser.get(f"/desk/matters/{matter.pk}/{more}", headers={"HX-Request": "true"}).content.decode()


def test_with_a_crew_out_no_others_are_ranked_until_one_asks(world, fang):
    matter = call(world, 2)
    assert RANKED in panel(fang, matter)
    assert "加派 <kbd>" not in panel(fang, matter)

    send_unit(matter=matter, unit=world.qx1, by=world.fang, at=clock.now())

    alone, asked = panel(fang, matter), panel(fang, matter, "?more=1")
    assert RANKED not in alone
    assert f'href="/desk/matters/{matter.pk}/?more=1"' in alone
    assert RANKED in asked
    assert f'hx-get="/desk/matters/{matter.pk}/?more=1"' in asked  # news draws it so again


def test_where_life_is_in_danger_a_second_crew_is_ranked_at_once(world, fang):
    matter = call(world, 1)

    send_unit(matter=matter, unit=world.qx1, by=world.fang, at=clock.now())

    assert RANKED in panel(fang, matter)


def test_a_call_for_support_ranks_the_next_crew(world, fang):
    matter, at = call(world, 2), clock.now()
    task = send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)
    sign(assignment=task, by=world.ming, at=at)
    assert RANKED not in panel(fang, matter)

    ask_support(assignment=task, by=world.ming, at=at)

    assert RANKED in panel(fang, matter)
