"""An empty folder, three administrators, and by pages alone a station whose dispatcher takes and closes a call."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pyotp
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM
from tests.journeys.towns import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
SENTENCE = "七个人在桥头等第二班船"
NUMBER = "13800002086"
WEST, EAST = (
    "111.418 27.682,111.430 27.682,111.430 27.698,111.418 27.698,111.418 27.682",
    ("111.430 27.682,111.442 27.682,111.442 27.698,111.430 27.698,111.430 27.682"),
)
AREAS = [
    ["QS-QSQ", "青石桥派出所", "派出所", "", "公安"],
    ["431399000000", "青石县", "县", "", "政府"],
    ["431399001000", "水门街道", "街道", "431399000000", "政府"],
    ["431399001001", "桥西社区", "社区", "QS-QSQ", "公安", "", "1560", f"POLYGON(({WEST}))"],
    ["431399001001", "桥西社区", "社区", "431399001000", "政府"],
    ["431399001002", "河埠社区", "社区", "QS-QSQ", "公安", "", "1130", f"POLYGON(({EAST}))"],
    ["431399001002", "河埠社区", "社区", "431399001000", "政府"],
    ["431399001001001", "桥西01网格", "网格", "431399001001", "两层", "", "1560", f"POLYGON(({WEST}))"],
    ["431399001002001", "河埠01网格", "网格", "431399001002", "两层", "", "1130", f"POLYGON(({EAST}))"],
]
STAFF = """姓名,登录名,岗位,辖区编码,责任人,民警,警号,到哪天
林正平,linzhengping,所长,QS-QSQ,是,是,012233,
方晓宁,fangxiaoning,接警员,QS-QSQ,否,否,,2027-06-30
"""


class EmptyTown(Town):
    """`bin/shouwang start` in an empty folder: nobody and nothing is in it."""

    by = "start"

    def first_link(self) -> str:
        return re.findall(r"http\S+/people/first/\S+", self.log.read_text())[-1]


@pytest.fixture
def town(tmp_path):
    made = EmptyTown(tmp_path / "var")
    made.start()
    yield made
    made.stop()
    made.messages.stop()


def prove(page):
    """A password was asked for: set it, set up the code app, keep the recovery codes."""
    for name in ("password", "again"):
        page.locator(f"[name={name}]").fill(SENTENCE)
    page.locator("main form .btn-primary").click()
    key = page.locator(".sw-way .sw-key").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="核对验证码").click()
    page.locator(".sw-acts a.btn-primary").click()


def administrator(browser, town, role, name):
    """Takes a seat by the one-time link and switches administration on; his page is the check list."""
    page = browser.somebody(name)
    page.goto(town.first_link())
    page.locator(f'a[href$="{role}/"]').click()
    if page.locator("[name=bureau]").count():
        page.locator("[name=bureau]").fill("青石县公安局")
    page.locator("[name=name]").fill(name)
    page.locator("[name=login]").fill(role.replace("_", ""))
    prove(page)
    page.locator("[name=reason]").fill("开通系统")
    page.get_by_role("button", name="进入管理状态").click()
    expect(page.get_by_role("heading", name="开通清单")).to_be_visible()
    return page


def state_of(page, town, title):
    page.goto(f"{town.address}/administration/")
    return page.locator(".sw-checks li").filter(has=page.get_by_text(title, exact=True)).first.get_attribute("class")


def bring(page, town, path, name, content):
    page.goto(f"{town.address}{path}")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="先检查，不改动").click()


def lay_the_ground(page, town):
    """By the downloaded template, filled in; the same file a second time changes nothing."""
    page.goto(f"{town.address}/administration/areas/")
    with page.expect_download() as template:
        page.get_by_role("link", name="Excel 模板").click()
    book = load_workbook(io.BytesIO(Path(template.value.path()).read_bytes()))
    for line in AREAS:
        book.worksheets[0].append(line)
    filled = io.BytesIO()
    book.save(filled)
    bring(page, town, "/administration/areas/", "areas.xlsx", filled.getvalue())
    expect(page.get_by_text("新增 7 块")).to_be_visible()
    page.get_by_role("button", name="全部导入").click()
    expect(page.get_by_role("heading", name="已完成")).to_be_visible()
    bring(page, town, "/administration/areas/", "areas.xlsx", filled.getvalue())
    expect(page.get_by_text("什么也不会变")).to_be_visible()


def invite_staff(page, town):
    """The links of a sheet, by name."""
    bring(page, town, "/administration/staff/", "staff.csv", STAFF.encode("gb18030"))
    page.get_by_role("button", name="全部邀请").click()
    rows = page.locator("main tbody tr").all()
    return {row.locator("td").nth(0).inner_text(): row.locator("td").nth(2).inner_text() for row in rows}


def come_in(browser, name, link):
    page = browser.somebody(name, viewport={"width": 1440, "height": 900})
    page.goto(link)
    prove(page)
    page.get_by_role("button", name="签字接岗").click()
    return page


def take_and_close_a_call(page, town):
    page.goto(f"{town.address}/desk/")
    page.keyboard.press("n")
    page.locator("#id_subkind").select_option("order.fight")
    page.locator("#id_gist").fill("演练：两人争吵，无人受伤")
    page.get_by_role("button", name="存下").click()
    expect(page.locator("#queue")).to_contain_text("演练")
    page.locator("#queue .sw-row").first.click()
    expect(page.locator("#matter")).to_contain_text("林正平")  # who answers for the ground
    page.wait_for_timeout(2000)  # a person reads before the next key
    page.keyboard.press("e")
    page.locator("#stepform select[name=outcome]").select_option("advice")
    page.locator("#stepform .btn-primary").click()
    expect(page.locator("#queue")).not_to_contain_text("演练")


@pytest.mark.item("S-GRD-003", "S-GRD-005")
def test_a_station_goes_from_an_empty_folder_to_its_first_closed_call(town, browser, tmp_path):
    system = administrator(browser, town, "system_admin", "席军")
    security = administrator(browser, town, "security_admin", "鲍宁")
    audit = administrator(browser, town, "audit_admin", "沈稷")

    lay_the_ground(system, town)
    system.goto(f"{town.address}/administration/messages/")
    system.locator("[name=to]").fill(NUMBER)
    system.get_by_role("button", name="现在发一条").click()
    expect(system.get_by_text("对方已收下").first).to_be_visible()
    links = invite_staff(security, town)
    head = come_in(browser, "林正平", links["林正平"])
    head.goto(f"{town.address}/administration/units/")
    head.locator("[name=name]").fill("桥西1组")
    head.get_by_role("button", name="设置").click()
    expect(head.get_by_role("cell", name="桥西1组")).to_be_visible()
    take_and_close_a_call(come_in(browser, "方晓宁", links["方晓宁"]), town)
    made = town.command("backup", str(tmp_path / "town.tar"))
    assert made.returncode == 0, made.stdout + made.stderr

    assert len(town.sent_to(NUMBER)) == 1
    done = ("三位管理员", "区划代码和派出所", "网格", "同事", "每个所都有人接警", "警组", "短信", "备份", "日志封签")
    for title in (*done, "后台任务", "一次演练警情"):
        assert state_of(audit, town, title) == "at-done", title
    for page, path in ((system, "staff"), (security, "areas"), (security, "messages"), (audit, "areas")):
        assert page.request.get(f"{town.address}/administration/{path}/").status == 403
    assert browser.complaints == []
