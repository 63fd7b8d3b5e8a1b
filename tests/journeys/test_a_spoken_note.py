"""A spoken note on the phone: recorded without a network, said to be kept, heard at the desk once there is one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, bind_phone, running_town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
A_VOICE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
HERE = {"longitude": 111.4275, "latitude": 27.6865, "accuracy": 40}


@pytest.fixture
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *A_VOICE])
        yield Browser(chromium)
        chromium.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_town(tmp_path_factory.mktemp("town") / "var", "--residents", "2000") as found:
        yield found


def task_on(phone, browser, town):
    """A call is taken down at the desk and sent to the crew of this phone."""
    desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/report/")
    desk.get_by_label("不是，已经过去了或可以等").check()
    desk.get_by_role("button", name="继续").click()
    desk.get_by_label("在哪儿？").fill("桥西路12号")
    desk.get_by_role("button", name="继续").click()
    desk.get_by_role("button", name="继续").click()
    desk.get_by_label("发生了什么？").fill("店门口有人吵架。")
    desk.get_by_role("button", name="继续").click()
    desk.get_by_label("留电话").check()
    desk.get_by_label("您的电话").fill("13800002087")
    desk.get_by_role("button", name="继续").click()
    desk.get_by_role("button", name="交上去").click()
    expect(desk.locator("#receipt-code")).to_be_visible()
    desk.goto(f"{town.address}/desk/")
    desk.locator(".sw-row").first.click()
    expect(desk.locator(".cand").first).to_contain_text("桥西1组")
    desk.keyboard.press("Enter")
    phone.get_by_role("button", name="我已签收").click()
    return desk


def test_a_note_spoken_without_a_network_is_kept_and_then_with_the_matter(town, browser):
    phone = browser.somebody(
        "phone", viewport={"width": 390, "height": 844}, has_touch=True, permissions=["geolocation", "microphone"],
        geolocation=HERE,
    )  # fmt: skip
    bind_phone(phone, browser, town)
    desk = task_on(phone, browser, town)
    strip = phone.locator("[data-part=keep]")
    expect(strip).to_be_hidden()

    phone.context.set_offline(True)
    phone.get_by_role("button", name="说一句").click()
    expect(phone.locator("[data-part=length]")).to_have_text("00:02")
    phone.locator("[data-part=keepnote]").click()
    expect(strip).to_contain_text("1 份照片或语音存在本机，尚未发出")
    phone.get_by_role("button", name="消息").click()
    phone.locator("#saytext").fill("到路口了，堵着。")
    phone.locator("[data-part=say]").click()
    expect(phone.locator("[data-part=messages]")).to_contain_text("尚未发出")
    phone.context.set_offline(False)

    expect(strip).to_be_hidden()
    expect(phone.locator("[data-part=messages]")).to_contain_text("已发到指挥台")
    desk.goto(f"{town.address}/desk/messages/")
    expect(desk.locator("#list")).to_contain_text("到路口了，堵着。")
