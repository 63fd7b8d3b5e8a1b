"""A desk whose session locks: asked for the password in place, what was typed stays, and nothing is missed after it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PASSWORD = "一句话比一串符号好记"
SET_PASSWORD = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people import signing_in
fang = load_world().fang
signing_in.set_password(fang.person, sys.argv[1], by=fang, at=now())
"""
LOCK = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people import sessions
from shouwang.people.models import Session
for one in Session.objects.filter(person=load_world().fang.person, ended_at=None):
    sessions.lock(one, at=now())
"""
A_QUARTER_OF_AN_HOUR_MS = 16 * 60_000


@pytest.fixture(scope="module")
def locked_by(own_town):
    own_town.run_python(SET_PASSWORD, PASSWORD)
    return lambda: own_town.run_python(LOCK)


def test_a_call_half_typed_outlives_the_lock(own_town, browser, locked_by):
    desk, beside = (browser.member(own_town, "方晓宁", viewport={"width": 1440, "height": 900}) for _ in range(2))
    desk.goto(f"{own_town.address}/desk/")
    expect(desk.locator("html")).to_have_attribute("data-line", "live")
    desk.keyboard.press("n")
    desk.locator(".intake [name=words]").fill("两个人在桥头打起来了")

    locked_by()

    asked = desk.locator("dialog .sw-unlock")
    expect(asked).to_be_visible()
    expect(desk.locator("#main")).not_to_be_visible()
    asked.get_by_label("密码").fill("不对")
    asked.get_by_role("button", name="解锁").click()
    expect(desk.locator("dialog")).to_contain_text("登录名和密码对不上")
    asked.get_by_label("密码").fill(PASSWORD)
    asked.get_by_role("button", name="解锁").click()

    expect(desk.locator("dialog")).to_have_count(0)
    expect(desk.locator(".intake [name=words]")).to_have_value("两个人在桥头打起来了")
    expect(desk.locator("html")).to_have_attribute("data-line", "live")
    desk.locator(".intake [name=place_text]").fill("桥西路12号")
    desk.locator(".intake [name=words]").press("Control+Enter")
    expect(desk.locator("#matter")).to_contain_text("两个人在桥头打起来了")
    beside.close()


def test_a_tab_beside_opens_with_the_one_that_was_unlocked(own_town, browser, locked_by):
    desk = browser.member(own_town, "方晓宁")
    desk.goto(f"{own_town.address}/desk/")
    second = desk.context.new_page()
    second.goto(f"{own_town.address}/desk/")
    for page in (desk, second):
        expect(page.locator("html")).to_have_attribute("data-line", "live")

    locked_by()
    for page in (desk, second):
        expect(page.locator("dialog .sw-unlock")).to_be_visible()
    desk.locator("dialog").get_by_label("密码").fill(PASSWORD)
    desk.locator("dialog").get_by_role("button", name="解锁").click()

    for page in (desk, second):
        expect(page.locator("dialog")).to_have_count(0)
        expect(page.locator("html")).to_have_attribute("data-line", "live")


def test_without_a_server_a_desk_does_not_lock_itself_out(own_town, browser):
    desk = browser.somebody("方晓宁")
    desk.clock.install()
    desk.goto(f"{own_town.address}/people/sign-in/")
    desk.get_by_role("button", name="方晓宁").first.click()
    desk.goto(f"{own_town.address}/desk/")
    desk.keyboard.press("n")
    desk.locator(".intake [name=words]").fill("还没说完")

    desk.context.set_offline(True)
    desk.clock.run_for(A_QUARTER_OF_AN_HOUR_MS)

    expect(desk.locator(".intake [name=words]")).to_have_value("还没说完")
    expect(desk.locator("dialog .sw-unlock")).to_have_count(0)
