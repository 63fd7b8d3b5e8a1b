"""A phone on a shift: it rings and shakes, stays awake, calls back with one tap, and says what the desk took back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, until
from tests.journeys.shifts_on_a_phone import NUMBER, enter_pin, one, phone_on_shift, recall, send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
HEARD = """globalThis.heard = { shaken: 0, rung: 0, awake: 0, slept: 0 };
navigator.vibrate = (pattern) => { if (pattern) heard.shaken += 1; return true; };
Object.defineProperty(navigator, "wakeLock", { value: { request: async (what) => {
  heard.awake += what === "screen"; return { release: async () => { heard.slept += 1; } };
} } });
OscillatorNode.prototype.start = new Proxy(OscillatorNode.prototype.start, {
  apply: (start, node, given) => { heard.rung += 1; return Reflect.apply(start, node, given); },
});"""
NOT_SECURE = 'Object.defineProperty(globalThis, "isSecureContext", { get: () => false });'
LOOKS = "SELECT count(*) FROM journal_entry WHERE subject = %s AND verb = 'identity.look'"
STAMPS = "SELECT delivered_at IS NOT NULL AND read_at IS NOT NULL FROM dispatch_assignment WHERE matter_id = %s"


@pytest.mark.item("S-CMD-006")
def test_a_task_rings_is_seen_at_the_desk_step_by_step_and_its_caller_is_one_tap_away(own_town, browser):
    phone = phone_on_shift(browser, own_town, script=HEARD)
    assert phone.evaluate("heard.awake") >= 1
    assert phone.evaluate("[heard.shaken, heard.rung]") == [0, 0]

    matter = send(own_town, "河埠街41号")
    expect(phone.get_by_text("河埠街41号")).to_be_visible()
    until(lambda: phone.evaluate("heard.shaken > 0 && heard.rung > 3"))
    until(lambda: one(own_town, STAMPS, matter))
    desk = browser.member(own_town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{own_town.address}/desk/")
    desk.locator(".sw-row", has_text="河埠街41号").click()
    line = desk.locator("#matter .sent li", has_text="河埠1组")
    expect(line).to_contain_text("已读")
    expect(line).not_to_contain_text("签收")
    phone.get_by_role("button", name="我已签收").click()
    expect(line).to_contain_text("签收")

    dialled = dials(phone)
    phone.get_by_role("button", name="回拨报警人").click()
    until(lambda: phone.wait_for_timeout(100) or f"tel:{NUMBER}" in dialled)
    assert one(own_town, LOOKS, matter) == 1
    recall(own_town, matter)


def test_who_wants_no_call_is_offered_to_nobody_for_a_tap(own_town, browser):
    phone = phone_on_shift(browser, own_town)
    words = "要求不发短信、不打电话"
    matter = send(own_town, "河埠街43号", "quiet")
    phone.get_by_role("button", name="我已签收").click()

    expect(phone.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(phone.get_by_role("button", name="回拨报警人")).to_be_hidden()
    desk = browser.member(own_town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{own_town.address}/desk/")
    desk.locator(".sw-row", has_text="河埠街43号").click()
    expect(desk.locator("#matter")).to_contain_text(words)
    desk.get_by_role("button", name="按用途查看").click()
    expect(desk.locator("#caller")).to_contain_text(NUMBER)
    expect(desk.locator("#caller")).to_contain_text(words)
    expect(desk.locator("#caller a")).to_have_count(0)
    with desk.expect_response(lambda answer: "/desk/matters/" in answer.url and answer.request.method == "GET"):
        desk.locator("#panel").dispatch_event("sw:refresh")  # as news of this call ask for it
    desk.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    expect(desk.locator("#caller")).to_contain_text(NUMBER)
    desk.locator(".sw-row").filter(has_not_text="河埠街43号").first.click()
    expect(desk.locator("#caller")).not_to_contain_text(NUMBER)
    recall(own_town, matter)


def test_a_task_that_was_taken_back_without_a_network_is_told_until_it_is_tapped(own_town, browser):
    phone = phone_on_shift(browser, own_town, script=HEARD)
    told = phone.locator(".sw-field-told")
    matter = send(own_town, "河埠街42号")
    phone.get_by_role("button", name="我已签收").click()
    expect(phone.get_by_role("button", name="我已出发")).to_be_visible()
    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    expect(told).to_be_hidden()

    phone.context.set_offline(True)
    recall(own_town, matter)
    phone.reload()
    enter_pin(phone)
    expect(phone.get_by_text("河埠街42号")).to_be_visible()
    phone.context.set_offline(False)

    expect(told).to_contain_text(re.compile("指挥台已撤回这个任务.*河埠街42号.*派错了"))
    assert phone.evaluate("heard.shaken") > 0
    phone.reload()
    enter_pin(phone)
    expect(told).to_be_visible()
    told.get_by_role("button", name="我看到了").click()
    expect(told).to_be_hidden()
    phone.reload()
    enter_pin(phone)
    expect(phone.get_by_role("heading", name="在岗，没有任务")).to_be_visible()
    expect(told).to_be_hidden()


def test_what_needs_a_secure_page_says_so_where_there_is_none(own_town, browser):
    phone = phone_on_shift(browser, own_town)
    words = phone.get_by_text("照片、语音、扫门牌和手机定位")
    expect(words).to_be_hidden()

    phone.add_init_script(NOT_SECURE)
    phone.reload()
    enter_pin(phone)
    expect(words).to_be_visible()
    phone.locator("[data-part=places]").click()
    expect(words).to_be_visible()
    unbound = browser.somebody("unbound")
    unbound.add_init_script(NOT_SECURE)
    unbound.goto(f"{own_town.address}/field/")

    expect(unbound.get_by_text("这个页面要用安全地址（https）")).to_be_visible()
    expect(unbound.get_by_text("照片、语音、扫门牌和手机定位")).to_be_visible()


def dials(phone):
    """Where the page is led, telephone numbers among it."""
    asked = []
    devtools = phone.context.new_cdp_session(phone)
    devtools.on("Page.frameRequestedNavigation", lambda told: asked.append(told["url"]))
    devtools.on("Page.frameScheduledNavigation", lambda told: asked.append(told["url"]))
    devtools.send("Page.enable")
    return asked
