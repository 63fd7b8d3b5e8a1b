"""A round on the phone in Chromium: taken along, walked without a network, a hazard noted on the way, sent once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, bind_phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
A_ROUND = """
import datetime as dt
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.matters.intake import open_matter
from shouwang.rounds.planning import Wanted, plan_round
shen, point = load_world().shen, (111.427, 27.686)
found = [
    open_matter(kind="hazard", by=shen, at=now(), point=point, subkind="fire.exit_blocked", gist=gist, urgency=2)
    for gist in ("楼道堆满杂物", "门口堆着油桶")
]
plan_round(Wanted(shen.person, point, now(), dt.timedelta(hours=4), found), by=shen, at=now())
"""
HERE = {"longitude": 111.427, "latitude": 27.686}


@pytest.fixture
def planned(own_town) -> None:
    own_town.run_python(A_ROUND)


@pytest.mark.item("S-VIS-010")
def test_stops_and_a_hazard_noted_without_a_network_arrive_once(own_town, planned, browser):
    desk = browser.member(own_town, "沈知行")
    phone = browser.somebody("phone", viewport=PHONE, geolocation=HERE, permissions=["geolocation"])
    bind_phone(phone, browser, own_town, "沈知行", duty="不在岗")
    phone.locator("[data-part=round]").click()
    stops = phone.locator("[data-part=stops] > li")
    expect(stops).to_have_count(2)

    phone.context.set_offline(True)
    stops.first.locator("[data-part=remark]").fill("已清走")
    stops.first.locator("[data-part=done]").click()
    expect(stops.first.locator("[data-part=acts]")).to_be_hidden()
    phone.locator("[data-part=gist]").fill("楼道灯不亮")
    phone.locator("[data-part=notehazard]").click()
    expect(phone.get_by_text("2 步存在本机，尚未发出")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    desk.goto(f"{own_town.address}/desk/safety/")
    assert desk.get_by_text("楼道灯不亮").count() >= 1
    desk.goto(f"{own_town.address}/desk/rounds/")
    desk.locator(".sw-walk a").first.click()
    assert desk.get_by_text("当场办好").count() == 2  # one stop that says so, one button
    assert browser.complaints == []
