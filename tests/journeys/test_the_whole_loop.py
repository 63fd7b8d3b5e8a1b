"""A resident reports, the nearest crew goes, the caller is asked: the whole loop in a real browser."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from shouwang.connections.osm.reading import read_map
from shouwang.core import clock
from shouwang.demo.on_map import town_on
from shouwang.notices.quiet_hours import is_quiet
from tests.house.tree import ROOT
from tests.journeys.browsing import CHROMIUM, PROMISED_S, bind_phone, running_town, until
from tests.journeys.visitors import unit_token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
GUIXI = ROOT.parent / "shared" / "data" / "osm_cn" / "guixi_jiangxi.osm.pbf"
NUMBER = "13800002086"
NO_TASK_IS_LEFT = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch.dispatching import recall_unit
from shouwang.dispatch.models import Assignment
world = load_world()
for task in Assignment.objects.filter(unit=world.qx1, ended_at=None):
    recall_unit(assignment=task, by=world.fang, at=now())
"""
BARRED = "13800000001"  # the simulated network refuses messages to it
WORDS = "饭馆门口两个人打起来了，有个人手在流血。"
PICTURE = (1200, 900)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_town(tmp_path_factory.mktemp("town") / "var") as found:
        yield found


def report(page, town, where):
    """A resident's report with a number; his receipt code."""
    page.goto(f"{town.address}/report/")
    page.get_by_label("不是，已经过去了或可以等").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("在哪儿？").fill(where)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="继续").click()  # the first of the places that were found
    page.get_by_label("发生了什么？").fill(WORDS)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("留电话").check()
    page.get_by_label("您的电话").fill(NUMBER)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="交上去").click()
    return page.locator("#receipt-code").inner_text()


def bound_phone(browser, town, point):
    """A phone bound to 周明远, approved by the duty lead, open with its PIN and reporting where it is."""
    phone = browser.somebody(
        "phone", viewport={"width": 390, "height": 844}, has_touch=True, permissions=["geolocation"],
        geolocation={"longitude": point[0], "latitude": point[1]},
    )  # fmt: skip
    bind_phone(phone, browser, town)
    return phone


def picture(folder):
    from PIL import Image

    file = folder / "scene.jpg"
    Image.new("RGB", PICTURE, (90, 120, 150)).save(file, quality=80)
    return file


def work_the_task(phone, folder):
    """Sign; without a network set out, arrive, photograph and report; with it again, end."""
    phone.get_by_role("button", name="我已签收").click()
    expect(phone.get_by_role("button", name="我已出发")).to_be_visible()
    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="我已出发").click()
    phone.get_by_role("button", name="我已到场").click()
    phone.locator("[data-part=photofile]").set_input_files(picture(folder))
    phone.get_by_role("button", name="初报", exact=True).click()
    phone.get_by_label("现场安全").check()
    phone.locator("#report-text").fill("两人已分开，一人手部擦伤，已叫120。")
    phone.get_by_role("button", name="存下并发出").click()
    expect(phone.locator("[data-part=keep]")).to_contain_text("3 步和 1 张照片存在本机，尚未发出")
    phone.context.set_offline(False)
    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    phone.get_by_role("button", name="结束，转待命").click()
    phone.get_by_label("怎么结束的").select_option("mediated")
    phone.locator("#report-text").fill("双方和解，愿意各自离开。")
    phone.get_by_role("button", name="存下并发出").click()
    expect(phone.get_by_text("在岗，没有任务")).to_be_visible()


@pytest.mark.item("S-CMD-006", "S-CMD-010", "S-CMD-019", "S-CMD-028", "S-CMD-022")
def test_the_whole_loop_from_the_report_to_the_callers_answer(town, browser, tmp_path):
    walk_the_loop(town, browser, tmp_path, where="桥西路12号", point=(111.4275, 27.6865))


def test_a_call_is_taken_and_a_crew_sent_by_keys_alone(town, browser):
    a_crew_is_near(town)
    desk = browser.member(town, "周岚", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/desk/")
    expect(desk.locator("html")).to_have_attribute("data-line", "live")

    type_in_a_call(desk)
    expect(desk.locator(".cmd input")).to_have_value("")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".cand").first).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator("[hx-post*='/recall/']").first).to_be_visible()
    assert browser.complaints == []


def test_the_desk_sees_on_the_matter_that_a_message_could_not_be_delivered(town, browser):
    town.run_python(NO_TASK_IS_LEFT)
    a_crew_is_near(town)
    desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/desk/")
    type_in_a_call(desk, number=BARRED)
    desk.keyboard.press("Control+Enter")
    desk.locator(".cand", has_text="桥西1组").click()

    expect(desk.locator("#matter")).to_contain_text("一条消息没有送达：该号码不收短信")
    assert browser.complaints == []


def test_a_map_that_comes_late_holds_nothing_up(town, browser):
    away = {"viewport": {"width": 1440, "height": 900}, "service_workers": "block"}  # one keeps it in store
    desk, held = browser.member(town, "方晓宁", **away), []

    def hold(route):
        held.append(route)

    desk.route("**/ui/map/map.js", hold)
    with desk.expect_response("**/desk/parts/**"):
        desk.goto(f"{town.address}/desk/", wait_until="commit")
    desk.wait_for_timeout(300)
    assert browser.complaints == []

    held[0].continue_()
    expect(desk.locator("sw-map .foot, sw-map table").first).to_be_visible()
    with desk.expect_response("**/desk/parts/**"):  # the next news is asked for as ever
        type_in_a_call(desk)
        desk.keyboard.press("Control+Enter")
    assert browser.complaints == []


@pytest.mark.skipif(not GUIXI.exists(), reason="the extract of Guixi is not on this machine")
def test_the_same_loop_on_the_real_map_of_guixi(browser, tmp_path):
    ground = town_on(read_map(GUIXI))
    made = next(one for one in ground.addresses if one.made)

    with running_town(tmp_path / "var", "--on", str(GUIXI)) as town:
        walk_the_loop(town, browser, tmp_path, where=made.full_text, point=(made.lon, made.lat))


def walk_the_loop(town, browser, tmp_path, *, where, point):
    """Report, see, send, work it on the phone, close, ask, prove, and read who looked."""
    resident = browser.somebody("resident")
    receipt = report(resident, town, where)
    phone = bound_phone(browser, town, point)
    desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/desk/")

    desk.locator(".sw-row").first.click()
    expect(desk.locator("#matter")).to_contain_text(WORDS)
    desk.get_by_role("button", name="按用途查看").click()
    expect(desk.locator("#caller")).to_contain_text(NUMBER)
    expect(desk.locator(".cand").first).to_contain_text("桥西1组")
    desk.keyboard.press("Enter")
    before = len(browser.complaints)
    work_the_task(phone, tmp_path)
    del browser.complaints[before:]  # without a network the phone's map says that it cannot load
    expect(desk.locator("#matter")).to_contain_text("双方和解", timeout=PROMISED_S * 1000)
    expect(desk.locator("#matter img")).to_have_count(1)
    desk.keyboard.press("e")
    desk.locator("#stepform select[name=outcome]").select_option("mediated")
    desk.locator("#stepform [name=recorder]").fill("A0231")
    desk.locator("#stepform .btn-primary").click()
    expect(desk.locator("#matter .sw-state").first).to_be_visible()

    link = asked_by_message(town)
    resident.goto(link)
    resident.locator("select[name=rating]").select_option("4")
    resident.get_by_role("button", name="交回答").click()
    expect(resident.get_by_text("谢谢您").first).to_be_visible()

    follow(resident, town, receipt)
    check_a_proof(resident, town, tmp_path)
    assert browser.complaints == []


def a_crew_is_near(town):
    where = f"id={unit_token(town, 'qx1')}&lat=27.6865&lon=111.4275"
    urllib.request.urlopen(f"{town.address}/ingest/osmand?{where}").close()


def type_in_a_call(desk, number="13800000000"):
    """One line in the command bar opens the filled-in form."""
    desk.keyboard.press("/")
    desk.keyboard.type(f"/new 打架 桥西路12号 两人受伤 {number}")
    desk.keyboard.press("Enter")
    expect(desk.locator(".intake")).to_contain_text("桥西路12号")


def asked_by_message(town):
    """The link to the question how it was; a case closed at night is asked about in the morning."""
    if is_quiet(clock.now()):
        until(lambda: put_off(town))
        assert in_messages(town, r"http\S+/answer/[\w-]+") is None
        town.let_morning_come()
    return until(lambda: in_messages(town, r"http\S+/answer/[\w-]+"))


def put_off(town):
    """The question waits for the end of the quiet hours."""
    with town.connect() as database:
        question = "SELECT next_try_at FROM notices_notice WHERE wording = 'questionnaire'"
        return [at for (at,) in database.execute(question) if at and not is_quiet(at)]


def in_messages(town, pattern):
    """The newest thing of that shape in what was sent to the resident's number."""
    found = [match for text in town.sent_to(NUMBER) for match in re.findall(pattern, text)]
    return found[-1] if found else None


def follow(page, town, receipt):
    """Open the report with the receipt and the one-time code of the message; see who looked."""
    page.goto(f"{town.address}/r/{receipt.replace(' ', '')}")
    page.get_by_role("button", name="发我验证码").click()
    code = until(lambda: in_messages(town, r"(?<!\d)\d{6}(?!\d)"))
    page.get_by_label("短信里的验证码").fill(code)
    page.get_by_role("button", name="打开").click()
    expect(page.locator(".looks")).to_contain_text("方晓宁")
    expect(page.locator(".path .ok").last).to_contain_text("办结")


def check_a_proof(page, town, folder):
    """One step's proof, checked by the separate verifier."""
    address = page.locator("a.proof").first.get_attribute("href")
    answer = until(lambda: next((one for one in [page.request.get(town.address + address)] if one.ok), None))
    file = folder / "proof.json"
    file.write_text(answer.text())

    checked = town.command("verify-journal", "--proof", str(file))

    assert checked.returncode == 0, checked.stdout + checked.stderr
