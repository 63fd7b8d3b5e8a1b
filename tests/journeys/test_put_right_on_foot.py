"""A resident is put right on the phone without a network; what is being typed outlives page and browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.browsing import CHROMIUM, FLAGS, PIN, Browser, bind_phone
from tests.journeys.handsets import Handset

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
KNOWN = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.registry.organisations import OrganisationTold, register_organisation
from shouwang.registry.tests.town import id_number, lay_address, register
world = load_world()
register(world, now(), place="桥西路71号1单元201", name="钱住客", doc_no=id_number(71))
told = OrganisationTold("桥西小超市", "public_venue")
register_organisation(told, address=lay_address(world.qiaoxi_04, "桥西路73号1单元101"), by=world.shen, at=now())
"""
HELD = """async () => {
  const { all } = await import("/static/field/store.js");
  return (await all("kept")).map((one) => one.id.split(":")[0]).sort();
}"""
IN_CLEAR = """async () => {
  const { all } = await import("/static/field/store.js");
  const text = (value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value);
  return (await all("kept")).some((one) => Object.values(one).some((value) => text(value).includes("钱改名")));
}"""
END_HIS_POSTS = """
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people.giving import end_post
for post in load_world().shen.person.posts.filter(during__contains=now()):
    end_post(post, by=Actor.system(), at=now())
"""
GIVE_THEM_BACK = """
UPDATE people_post SET during = tstzrange(lower(during), NULL)
WHERE person_id = (SELECT id FROM people_person WHERE name = '沈知行')
"""


@pytest.fixture
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture
def browser(playwright):
    chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield Browser(chromium)
    chromium.close()


def find(phone, words: str, purpose: str = "", register: str = "resident") -> None:
    """One is found and opened; without a purpose, for the one that still holds."""
    phone.locator("[data-part=finding]").click()
    phone.locator("[data-part=begin]:visible, [data-part=another]:visible").first.wait_for()
    if purpose and phone.locator("[data-part=another]:visible").count():
        phone.locator("[data-part=another]").click()
    if purpose:
        phone.get_by_label(purpose).check()
        phone.locator("[data-part=begin]").click()
    phone.locator(f"[name=register][value={register}]").check()
    phone.locator("[data-part=who]").fill(words)
    phone.locator("[data-part=go]").click()
    phone.locator("[data-part=rows] button").click()
    expect(phone.locator("[data-part=along]")).to_be_visible()


def open_at_home(phone, town) -> None:
    phone.goto(f"{town.address}/field/")
    phone.locator("[data-part=pin]").fill(PIN)
    phone.locator("[data-part=open]").click()


def open_again(phone) -> None:
    """The page loaded anew, behind its PIN."""
    phone.reload()
    phone.locator("[data-part=pin]").fill(PIN)
    phone.locator("[data-part=open]").click()


@pytest.mark.item("S-REG-001")
def test_a_resident_and_a_unit_are_put_right_without_a_network_and_typing_outlives_the_page(own_town, browser):
    own_town.run_python(KNOWN)
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True)
    bind_phone(phone, browser, own_town, "沈知行", "不在岗")
    find(phone, "钱住客", "按本人要求更正")
    phone.get_by_role("button", name="带上，到现场更正").click()
    expect(phone.locator("[data-part=took]")).to_be_visible()
    phone.locator("[data-part=back]").click()
    find(phone, "桥西小超市", register="organisation")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="现在更正").click()
    phone.locator("#field-unit_name").fill("桥西大超市")
    phone.locator("#field-credit_code").fill("91350100M000100Y44")
    phone.locator("[data-part=keepform]").click()
    assert "输错了" in phone.locator("#field-credit_code").evaluate("(field) => field.validationMessage")
    phone.locator("#field-credit_code").fill("91350100m000100y43")
    phone.locator("[data-part=keepform]").click()
    phone.locator("[data-part=toright]").get_by_role("button", name="更正").click()
    phone.locator("#field-name").fill("钱改名")
    phone.locator("#field-phone").fill("13900007171")

    open_again(phone)
    expect(phone.locator("#field-name")).to_have_value("钱改名")
    assert phone.evaluate(IN_CLEAR) is False
    phone.locator("[data-part=back]").click()
    phone.get_by_role("button", name="以后再填").click()
    phone.locator("[data-part=begun]").get_by_role("button", name="继续").click()
    expect(phone.locator("#field-phone")).to_have_value("13900007171")
    phone.locator("[data-part=keepform]").click()
    expect(phone.locator("[data-part=take]")).to_be_visible()
    assert phone.evaluate(HELD) == ["ground", "now"]
    expect(phone.locator("[data-part=keep]")).to_contain_text("2 步")
    phone.context.set_offline(False)

    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    with own_town.connect("owner") as owner:
        sent = "SELECT act, outcome FROM matters_sentstep WHERE act = ANY(%s) ORDER BY act"
        edits = ["organisation.edit", "resident.correct"]
        assert owner.execute(sent, [edits]).fetchall() == [(act, "taken") for act in edits]
        unit = "SELECT credit_code FROM registry_organisation WHERE unit_name = '桥西大超市'"
        assert owner.execute(unit).fetchall() == [("91350100M000100Y43",)]
        assert owner.execute("SELECT 1 FROM registry_resident WHERE name = '钱改名'").rowcount == 1
    assert browser.complaints == []


@pytest.fixture
def posts_come_back(own_town):
    """Other tests count on him."""
    yield
    with own_town.connect("owner") as owner:
        owner.execute(GIVE_THEM_BACK)


@pytest.fixture
def handset(own_town, playwright, browser, tmp_path):
    found = Handset(playwright, tmp_path / "profile")
    (tmp_path / "profile").mkdir()
    try:
        bind_phone(found.switch_on(), browser, own_town, "沈知行", "不在岗")
        found.kill()
        yield found
    finally:
        found.kill()


def test_a_form_half_typed_outlives_a_kill_and_goes_when_the_post_has_ended(own_town, handset, posts_come_back):
    phone = handset.switch_on()
    open_at_home(phone, own_town)
    find(phone, "钱改名", "按本人要求更正")
    phone.get_by_role("button", name="现在更正").click()
    phone.locator("#field-phone").fill("13900008181")
    phone.locator("[data-part=photofile]").set_input_files(
        {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}
    )
    expect(phone.locator("[data-part=kept]")).to_contain_text("照片1张")
    assert phone.evaluate(HELD) == ["draft", "draftfile", "ground", "now", "taken"]
    handset.kill()

    phone = handset.switch_on()
    open_at_home(phone, own_town)
    expect(phone.locator("#field-phone")).to_have_value("13900008181")
    expect(phone.locator("[data-part=kept]")).to_contain_text("照片1张")
    own_town.run_python(END_HIS_POSTS)

    expect(phone.get_by_role("heading", name="绑定这台手机")).to_be_visible()
    assert phone.evaluate(HELD) == []
