"""A patrol on the phone in Chromium: it goes out at the desk, is walked without a network by signs, and arrives once.

In place of the BarcodeDetector that Debian's Chromium lacks stands a real reader of codes, as with door plates.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from shouwang.core import clock
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, bind_phone, until
from tests.journeys.shifts_on_a_phone import enter_pin, one
from tests.journeys.test_a_door_plate_is_scanned import READER, film, read_code
from tests.journeys.test_faces_with_axe import AXE, LOOKS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
A_PATROL = """
import datetime as dt
from shouwang.beats import keeping
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.patrols.crewing import Wanted, put_on
from shouwang.patrols.models import Cover, Kind, Mode
from shouwang.patrols.ordering import Plan, plan_order, set_point
from shouwang.places.models import Area
from shouwang.territory.overlays import draw_areas, make_layer
world, at = load_world(), now()
ring = [[111.42, 27.68], [111.44, 27.68], [111.44, 27.70], [111.42, 27.70], [111.42, 27.68]]
layer = make_layer(world.station, "手机巡区", "beat", by=world.lin, at=at)
draw_areas(layer, [("手机1号巡区", {"type": "Polygon", "coordinates": [ring]})], by=world.lin, at=at)
beat = keeping.make_beat(Area.objects.get(name="手机1号巡区"), by=world.lin, at=at)
points = [keeping.NewPoint(name, "square", 111.427, lat) for name, lat in (("南门", 27.686), ("东口", 27.687))]
gate, _mouth = keeping.add_points(beat, points, by=world.lin, at=at)
row = plan_order(
    Plan("带码巡防", world.qiaoxi, Kind.ORDINARY, Mode.FOOT, Cover.BASE, at - dt.timedelta(minutes=5),
         at + dt.timedelta(hours=2), world.shen.person, "350M 桥西组", "车棚和桥头", beat=beat.area),
    by=world.shen, at=at,
)
set_point(row, "码头", "河埠街1号", (111.428, 27.688), by=world.shen, at=at)
for who in (world.shen, world.ming):
    put_on(row.legs.get(), Wanted(person=who.person, party="police"), by=world.shen, at=at)
print(row.pk, gate.code)
"""
MARKS = """SELECT p.label, m.sort, m.by_sign, m.reason, m.at, m.known_at FROM patrols_mark m
           JOIN patrols_point p ON p.id = m.point_id WHERE p.order_id = %s ORDER BY m.at"""
VISITS = """SELECT p.name, c.at FROM beats_checkin c JOIN beats_point p ON p.id = c.point_id
            JOIN beats_beat b ON b.id = p.beat_id JOIN places_area a ON a.id = b.area_id
            WHERE a.name = '手机1号巡区' ORDER BY c.at"""
BEGUN = """SELECT count(*) FROM patrols_slot s JOIN patrols_leg l ON l.id = s.leg_id
           WHERE l.order_id = %s AND s.on_at IS NOT NULL"""
CODE = "SELECT code FROM patrols_point WHERE order_id = %s AND label = %s"


@pytest.fixture
def planned(own_town: Any) -> list[str]:
    """A patrol with a beat and one place of its own: its key, and what the plate at 南门 says."""
    return own_town.run_python(A_PATROL).split()[-2:]


@pytest.fixture
def browser(planned: list[str], tmp_path: Path) -> Iterator[Browser]:
    """A Chromium whose camera looks at that plate."""
    seen = film(planned[1], tmp_path / "plate.y4m")
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*FLAGS, *camera, f"--use-file-for-fake-video-capture={seen}"]
        )
        yield Browser(opened)
        opened.close()


def rows(town: Any, query: str, *given: Any) -> list[Any]:
    with town.connect("owner") as database:
        return database.execute(query, given).fetchall()


def let_it_begin(desk: Any, town: Any, key: str) -> None:
    """At the desk: the places of the beat are taken over, people are briefed, it begins."""
    desk.goto(f"{town.address}/desk/patrols/{key}/")
    desk.get_by_role("button", name="带上巡区的 2 个点位").click()
    expect(desk.get_by_text("东口").first).to_be_visible()
    desk.locator("form[action$='/steps/brief/'] button").click()
    desk.locator("form[action$='/steps/start/'] button").click()
    expect(desk.locator("form[action$='/steps/close/'] button")).to_be_visible()


def walk(phone: Any, town: Any, key: str) -> None:
    """One place by the camera, one by its code, one left out with a reason; a sign of elsewhere is refused."""
    phone.locator("[data-part=scan]").click()
    expect(phone.locator("[data-part=signed]")).to_contain_text("南门")
    expect(phone.locator("[data-part=camera]")).to_be_hidden()
    code, sign = phone.locator("[data-part=code]"), phone.locator("[data-part=typed]")
    code.fill("2222 2222")
    sign.click()
    expect(phone.locator("[data-part=nosign]")).to_be_visible()
    code.fill(one(town, CODE, key, "东口").lower())
    sign.click()
    expect(phone.locator("[data-part=signed]")).to_contain_text("东口")
    quay = phone.locator("[data-part=points] > li", has_text="码头")
    quay.locator("summary").click()
    quay.locator("[data-part=skip]").click()
    expect(quay.locator("[data-part=ask]")).to_be_visible()
    quay.locator("[data-part=reason]").fill("码头封路")
    quay.locator("[data-part=skip]").click()
    expect(quay).to_contain_text("未到")


@pytest.mark.item("S-PAT-001", "S-PAT-008")
def test_places_are_checked_in_by_sign_without_a_network_and_arrive_once_with_the_times_of_the_taps(
    own_town: Any, planned: list[str], browser: Browser
) -> None:
    key, desk = planned[0], browser.member(own_town, "沈知行")
    let_it_begin(desk, own_town, key)
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True, permissions=["camera"])
    phone.expose_function("readCode", read_code)
    phone.add_init_script(READER)
    bind_phone(phone, browser, own_town)
    phone.locator("[data-part=patrol]").click()
    phone.locator("[data-part=begin]").click()
    places = phone.locator("[data-part=points] > li")
    expect(places).to_have_count(3)
    until(lambda: one(own_town, BEGUN, key))
    expect(phone.locator("[data-part=keep]")).to_be_hidden()

    phone.context.set_offline(True)
    walk(phone, own_town, key)
    expect(phone.get_by_text("3 步存在本机，尚未发出")).to_be_visible()
    phone.reload()  # it is switched off and on again on the way
    enter_pin(phone)
    phone.locator("[data-part=patrol]").click()
    expect(places.filter(has_text="已到")).to_have_count(2)
    assert rows(own_town, MARKS, key) == []
    left_at = clock.now()
    phone.wait_for_timeout(1_500)
    phone.context.set_offline(False)

    expect(phone.locator("[data-part=keep]")).to_be_hidden()
    marks = rows(own_town, MARKS, key)
    said = [("南门", "seen", True, ""), ("东口", "seen", True, ""), ("码头", "skipped", False, "码头封路")]
    assert [row[:4] for row in marks] == said
    assert all(row[4] <= left_at for row in marks)  # the taps, not the arrival
    assert rows(own_town, VISITS) == [(row[0], row[4]) for row in marks[:2]]
    seen_at_the_desk(desk, marks)
    phone.locator("[data-part=back]").click()
    phone.locator("[data-part=patrol]").click()
    expect(places.get_by_text("带队已知悉原因。").filter(visible=True)).to_have_count(1)
    assert len(rows(own_town, MARKS, key)) == 3
    assert browser.complaints == []
    for look in LOOKS:
        assert faults(phone, look) == []


def seen_at_the_desk(desk: Any, marks: list[Any]) -> None:
    """What was done, with the phone's times; whoever leads takes note of what was left out."""
    desk.reload()
    page = desk.locator("main")
    for words in ("扫牌", "码头封路", *(f"{row[4].astimezone(clock.SHANGHAI):%H:%M}" for row in marks)):
        expect(page).to_contain_text(words)
    desk.get_by_role("button", name="知悉").click()
    expect(page).to_contain_text("已知悉")


def faults(phone: Any, look: tuple[str, str]) -> list[str]:
    """What axe says of the screen as it is now, in one look; nothing where axe is not installed."""
    if not AXE.exists():
        return []
    phone.evaluate("([theme, reading]) => Object.assign(document.documentElement.dataset, { theme, reading })", look)
    phone.wait_for_timeout(300)  # colours change over a moment
    phone.evaluate(AXE.read_text())
    found = phone.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{look} {one['id']} {one['nodes'][0]['html'][:160]}" for one in found]
