"""A phone after a day without contact, after a sign-off, and reported lost: what is kept goes out first, always."""

from __future__ import annotations

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, until
from tests.journeys.shifts_on_a_phone import enter_pin, one, phone_on_shift, recall, send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
A_DAY_AGO = """async () => {
  const { one, put } = await import("/static/field/store.js");
  await put("keys", { ...(await one("keys", "device")), contactAt: Date.now() - 25 * 3_600_000 });
}"""
HELD = """async () => {
  const { all } = await import("/static/field/store.js");
  const rows = async (name) => (await all(name)).map((row) => row.id);
  const lock = (await all("keys")).find((row) => row.id === "lock");
  return { kept: await rows("kept"), keys: await rows("keys"), key: lock && String(new Uint8Array(lock.wrapped)) };
}"""
WAITING = """async () => (await (await import("/static/field/store.js")).all("steps")).length"""
NOT_HIS = """UPDATE matters_matter SET excluded_persons = ARRAY[(SELECT id FROM people_person WHERE name = '关振')]
WHERE id = %s RETURNING id"""
OUTCOME = "SELECT outcome FROM matters_sentstep WHERE matter = %s AND act = %s"
DEVICE = """SELECT d.state FROM people_device d JOIN people_person p ON p.id = d.person_id
WHERE p.name = '关振' ORDER BY d.bound_at DESC"""
ON_DUTY = """SELECT count(*) FROM duty_shift s JOIN duty_unit u ON u.id = s.unit_id
WHERE u.name = '河埠1组' AND upper(s.during) IS NULL"""


def depart_without_a_network(phone, town, place):
    """The task is signed; without a network he sets out: one step waits. The key of the call."""
    matter = send(town, place)
    phone.get_by_role("button", name="我已签收").click()
    expect(phone.get_by_role("button", name="我已出发")).to_be_visible()
    until(lambda: one(town, OUTCOME, matter, "assignment.sign") == "taken")
    expect(phone.locator("[data-part=keep]")).to_be_hidden()  # the phone has heard it, too
    phone.context.set_offline(True)
    phone.get_by_role("button", name="我已出发").click()
    expect(phone.locator("[data-part=keep]")).to_contain_text("1 步")
    return matter


def test_after_a_day_without_contact_the_server_is_asked_once_and_what_waited_goes_out(own_town, browser):
    phone = phone_on_shift(browser, own_town)
    matter = depart_without_a_network(phone, own_town, "河埠街31号")

    phone.evaluate(A_DAY_AGO)
    phone.reload()
    expect(phone.get_by_text("超过 24 小时没有联系上")).to_be_visible()
    expect(phone.locator("[data-part=unsent]")).to_contain_text("1")
    enter_pin(phone)
    expect(phone.get_by_role("alert").filter(has_text="没有网络")).to_be_visible()
    expect(phone.get_by_text("河埠街31号")).to_have_count(0)
    phone.context.set_offline(False)
    enter_pin(phone)

    expect(phone.get_by_role("button", name="我已到场")).to_be_visible()
    assert one(own_town, OUTCOME, matter, "assignment.depart") == "taken"


def test_a_sign_off_locks_at_once_and_its_key_goes_with_the_first_contact(own_town, browser):
    phone = phone_on_shift(browser, own_town)
    before = phone.evaluate(HELD)

    phone.context.set_offline(True)
    phone.get_by_role("button", name="签退").click()
    expect(phone.get_by_text("您已签退")).to_be_visible()
    expect(phone.locator("[data-part=unsent]")).to_contain_text("1")
    assert phone.evaluate(HELD)["key"] == before["key"]
    phone.context.set_offline(False)
    expect(phone.locator("[data-part=unsent]")).to_be_hidden()
    until(lambda: phone.evaluate(HELD)["key"] != before["key"])
    assert phone.evaluate(HELD)["kept"] == []
    assert one(own_town, ON_DUTY) == 0

    enter_pin(phone)
    expect(phone.get_by_role("heading", name="不在岗")).to_be_visible()
    phone.get_by_label("河埠1组").check()
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_role("heading", name="在岗，没有任务")).to_be_visible()


def test_a_shift_that_the_desk_ends_locks_the_phone_too(own_town, browser):
    phone = phone_on_shift(browser, own_town)

    own_town.run_python(
        "from shouwang.core.clock import now\nfrom shouwang.demo.world import load_world\n"
        "from shouwang.duty.shifts import end_shift\nworld = load_world()\n"
        "end_shift(unit=world.hb1, by=world.zhou, at=now())"
    )

    expect(phone.get_by_text("您已签退")).to_be_visible()
    enter_pin(phone)
    expect(phone.get_by_role("heading", name="不在岗")).to_be_visible()


def test_a_lost_phone_sends_step_and_photo_to_be_kept_aside_and_confirms_that_its_key_is_gone(
    own_town, browser, tmp_path
):
    Image.new("RGB", (400, 300), (90, 120, 150)).save(tmp_path / "scene.jpg")
    phone = phone_on_shift(browser, own_town)
    matter = depart_without_a_network(phone, own_town, "河埠街32号")
    phone.locator("[data-part=photofile]").set_input_files(tmp_path / "scene.jpg")
    expect(phone.locator("[data-part=keep]")).to_contain_text("1 张照片")

    recall(own_town, matter)
    one(own_town, NOT_HIS, matter)
    report_lost(browser, own_town)
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", name="绑定这台手机")).to_be_visible()
    until(lambda: one(own_town, DEVICE) == "ended")
    assert phone.evaluate(HELD) == {"kept": [], "keys": [], "key": None}
    assert one(own_town, OUTCOME, matter, "assignment.depart") == "quarantined"
    aside = "SELECT id FROM matters_sentstep WHERE matter = %s AND act = 'evidence.late' AND outcome = 'quarantined'"
    photo = "SELECT kind FROM evidence_evidence WHERE matter = %s"
    assert one(own_town, photo, one(own_town, aside, matter)) == "photo"
    assert one(own_town, "SELECT count(*) FROM journal_entry WHERE verb = 'device.end'") >= 1


def test_a_lost_phone_that_is_locked_is_emptied_without_its_pin_only_when_nothing_waits(own_town, browser):
    phone = phone_on_shift(browser, own_town)
    depart_without_a_network(phone, own_town, "河埠街33号")
    phone.reload()
    expect(phone.get_by_role("heading", name="用 PIN 码打开")).to_be_visible()
    assert phone.evaluate(WAITING) == 1

    report_lost(browser, own_town)
    phone.context.set_offline(False)
    expect(phone.get_by_text("这台手机已报遗失")).to_be_visible()
    assert one(own_town, DEVICE) == "lost"
    enter_pin(phone)

    expect(phone.get_by_role("heading", name="绑定这台手机")).to_be_visible()
    until(lambda: one(own_town, DEVICE) == "ended")


def report_lost(browser, town):
    owner = browser.member(town, "关振")
    owner.goto(f"{town.address}/people/me/")
    buttons = owner.locator("form[action$='/lost/'] button")
    for left in range(buttons.count(), 0, -1):  # he has one of each journey
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)
