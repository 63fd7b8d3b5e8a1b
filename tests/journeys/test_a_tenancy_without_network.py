"""Two officers without a network write about one dwelling; both arrive, a page decides, and the resident sees it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from shouwang.people.cookies import SESSION
from shouwang.registry.tests.town import id_number
from tests.journeys.browsing import CHROMIUM, bind_phone, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
PLACE = "桥西路66号2单元301"
A_PLACE = """
from shouwang.demo.world import load_world
from shouwang.registry.tests.town import lay_address
lay_address(load_world().qiaoxi_04, sys.argv[1])
"""
A_RESIDENT = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people.sessions import open_session
from shouwang.registry.binding import bind_account
from shouwang.registry.tests.town import id_number, open_by, register
world = load_world()
register(world, now(), place=sys.argv[1], name="王小桥", doc_no=id_number(7))
bind_account(open_by(world.shen, now(), "王小桥"), world.wang.person_id, by=world.shen, at=now())
print(open_session(world.wang.person, label="journey", at=now(), proven=True)[1])
"""


def a_photo() -> dict[str, object]:
    file = io.BytesIO()
    Image.effect_noise((640, 480), 80).convert("RGB").save(file, "JPEG")
    return {"name": "contract.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def take_along(phone) -> None:
    """The grid, and what is known of the dwelling."""
    phone.locator("[data-part=places]").click()
    phone.locator("[data-part=take]").click()
    grids = phone.locator("[data-part=grid]")
    expect(grids.locator("option").first).to_be_attached()
    grids.select_option(label="桥西04网格")
    phone.locator("[data-part=take]").click()
    phone.locator("[data-part=find]").fill("66号2单元301")
    phone.locator("[data-part=rows]").get_by_text(PLACE).click()
    phone.get_by_role("button", name="带上这里的房屋资料").click()


def write_rooms(phone, rooms: str) -> None:
    phone.get_by_role("button", name="房屋情况").click()
    phone.locator("#field-rooms").fill(rooms)
    phone.locator("[data-part=keepform]").click()
    expect(phone.locator("[data-part=acts]")).to_be_visible()


def register_a_tenancy(phone) -> None:
    phone.get_by_role("button", name="登记住在这里的人").click()
    phone.locator("#field-name").fill("赵新住")
    phone.locator("#field-category").select_option("migrant")
    phone.locator("#field-doc_no").fill(id_number(8))
    phone.locator("#field-relation").select_option("tenant")
    phone.locator("[data-part=photofile]").set_input_files(a_photo())
    expect(phone.locator("[data-part=kept]")).to_contain_text("照片1张")
    phone.locator("[data-part=keepform]").click()
    expect(phone.locator("[data-part=acts]")).to_be_visible()


@pytest.mark.item("S-REG-001", "S-REG-005", "R9")
def test_a_tenancy_registered_without_a_network_and_what_contradicts_is_decided(own_town, browser):
    session = own_town.run_python(A_RESIDENT, PLACE).splitlines()[-1]
    mine, theirs = (browser.somebody(name, viewport=PHONE, has_touch=True) for name in ("mine", "theirs"))
    bind_phone(mine, browser, own_town, "沈知行", "不在岗")
    bind_phone(theirs, browser, own_town)
    for phone in (mine, theirs):
        take_along(phone)
        expect(phone.locator("[data-part=along]")).not_to_have_attribute("aria-busy", "true")
        phone.context.set_offline(True)

    register_a_tenancy(mine)
    write_rooms(mine, "2")
    write_rooms(theirs, "3")
    expect(mine.locator("[data-part=keep]")).to_contain_text("尚未发出")
    for phone in (mine, theirs):
        phone.context.set_offline(False)
        expect(phone.locator("[data-part=keep]")).to_be_hidden()

    with own_town.connect("owner") as owner:
        here = "JOIN registry_edit e ON e.id = s.id JOIN places_address a ON a.id = e.address_id WHERE a.searched = %s"
        kept = owner.execute(f"SELECT s.act, s.outcome, s.reason FROM matters_sentstep s {here}", [PLACE])
        assert sorted(kept.fetchall()) == [
            ("dwelling.edit", "taken", ""), ("dwelling.edit", "taken", ""), ("residence.register", "taken", ""),
        ]  # fmt: skip
        photos = f"SELECT count(*) FROM evidence_evidence f JOIN matters_sentstep s ON s.id = f.matter {here}"
        until(lambda: owner.execute(photos, [PLACE]).fetchone()[0] == 1)

    desk = browser.member(own_town, "沈知行", viewport={"width": 1440, "height": 900})
    desk.goto(f"{own_town.address}/desk/find/edits/")
    expect(desk.locator("main")).to_contain_text("两个人写了同一项")
    desk.get_by_role("button", name="比对并定下").click()
    expect(desk.locator("main")).to_contain_text("周明远")
    desk.locator("input[name=rooms][value='2']").check()
    desk.get_by_role("button", name="以这个为准").click()
    expect(desk.get_by_role("button", name="比对并定下")).to_have_count(0)
    with own_town.connect("owner") as owner:
        rooms = "SELECT d.rooms FROM registry_dwelling d WHERE d.address_text LIKE %s"
        assert owner.execute(rooms, [f"%{PLACE}"]).fetchone() == (2,)

    resident = browser.somebody("resident", viewport=PHONE)
    resident.context.add_cookies([{"name": SESSION, "value": session, "url": own_town.address}])
    resident.goto(f"{own_town.address}/account/held/")
    looks = resident.locator("main")
    expect(looks).to_contain_text("社区民警")
    assert looks.inner_text().count("上门") >= 2, looks.inner_text()
    resident.goto(f"{own_town.address}/account/held/requests/correct/")
    resident.get_by_label("请用自己的话写").fill("我的电话换成 13900002222 了。")
    resident.locator("main form button.btn-primary").click()
    expect(resident.locator("main")).to_contain_text("回执")
    assert browser.complaints == []


END_HIS_POSTS = """
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people.giving import end_post
for post in load_world().li.person.posts.filter(during__contains=now()):
    end_post(post, by=Actor.system(), at=now())
"""
HELD = """async () => {
  const { all } = await import("/static/field/store.js");
  return (await all("kept")).map((one) => one.id).sort();
}"""


@pytest.mark.item("S-REG-001")
def test_what_a_phone_took_along_goes_when_the_post_has_ended_and_what_it_kept_arrives_first(own_town, browser):
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True)
    bind_phone(phone, browser, own_town, "李想")
    own_town.run_python(A_PLACE, "桥西路68号1单元101")
    phone.locator("[data-part=places]").click()
    phone.locator("[data-part=take]").click()
    grids = phone.locator("[data-part=grid]")
    expect(grids.locator("option").first).to_be_attached()
    grids.select_option(label="桥西04网格")
    phone.locator("[data-part=take]").click()
    phone.locator("[data-part=find]").fill("68号")
    phone.locator("[data-part=rows]").get_by_text("桥西路68号1单元101").click()
    assert phone.evaluate(HELD) == ["ground", "now"]
    phone.context.set_offline(True)
    write_rooms(phone, "5")

    own_town.run_python(END_HIS_POSTS)
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", name="绑定这台手机")).to_be_visible()
    assert phone.evaluate(HELD) == []
    with own_town.connect("owner") as owner:
        sent = "SELECT outcome FROM matters_sentstep s JOIN registry_edit e ON e.id = s.id WHERE e.fields @> '{rooms}'"
        person = " AND s.person = (SELECT id FROM people_person WHERE name = '李想')"
        assert owner.execute(sent + person).fetchall() == [("taken",)]
