"""Where a crew stands is for the desk alone: not on a public page, in a log line or a metric, nor left in a browser."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import address
from tests.journeys.browsing import CHROMIUM, until
from tests.journeys.route_table import IN, OPEN, ROUTES
from tests.journeys.visitors import Visitor, unit_token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
LAT, LON = "27.686511", "111.427531"  # found however they are cut or rounded behind the fifth digit
TRACES = (LAT[:-1].encode(), LON[:-1].encode())
PHRASE = "青石桥下第三棵树"
REPORT = """
from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id, receipt_code
from shouwang.matters.inbox import Report, hand_in
from shouwang.matters.intake import Told
told = Told(role="reporter", pass_phrase=sys.argv[1])
place = {"place_text": "桥西路12号", "point": (111.4282, 27.6871)}
report = Report(receipt_code(), new_id(), words="楼下有人打架", told=told, **place)
hand_in(report, by=Actor.nobody(), at=clock.now())
print(report.receipt, report.matter)
"""
SEND = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch import dispatching
from shouwang.matters.models import Matter
world = load_world()
task = dispatching.send_unit(matter=Matter.objects.get(pk=sys.argv[1]), unit=world.qx1, by=world.fang, at=now())
for act in (dispatching.sign, dispatching.depart, dispatching.arrive):
    act(assignment=task, by=world.ming, at=now())
"""
CLEAR = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
world = load_world()
dispatching.clear(assignment=Assignment.objects.get(matter=sys.argv[1]), by=world.ming, at=now())
"""
TAKEN = "from shouwang.matters.models import Matter\nprint(Matter.objects.filter(pk=sys.argv[1]).exists())"
STORED = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const asked = indexedDB.open(name);
    const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    for (const store of base.objectStoreNames) {
      const all = base.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(await (await cache.match(request)).text());
  }
  return found.join("\\n");
}"""


@pytest.fixture(scope="module")
def crew(own_town: Any) -> Iterator[tuple[str, UUID]]:
    """A crew on the scene of a call that somebody sent in; his receipt and the call. Free again in the end."""
    receipt, matter = own_town.run_python(REPORT, PHRASE, role="portal").splitlines()[-1].split()
    until(lambda: own_town.run_python(TAKEN, matter).endswith("True"))
    reports(own_town)
    own_town.run_python(SEND, matter)
    yield receipt, UUID(matter)
    own_town.run_python(CLEAR, matter)


def reports(town: Any) -> None:
    token = unit_token(town, "qx1")
    urllib.request.urlopen(f"{town.address}/ingest/osmand?id={token}&lat={LAT}&lon={LON}").close()


def bodies(visitor: Visitor, names: list[str], key: UUID) -> dict[str, bytes]:
    """What each address answers, refusals too."""
    found = {}
    for name in names:
        try:
            with visitor.opener.open(visitor.town.address + address(name, key), timeout=20) as answer:
                found[name] = answer.headers.as_bytes() + answer.read()
        except urllib.error.HTTPError as refused:
            found[name] = refused.read()
    return found


def tells(body: bytes) -> bool:
    return any(trace in body for trace in TRACES)


STREAMS = {"config:live", "live"}
PUBLIC = sorted(name for name, whom in ROUTES.items() if whom == OPEN and name not in STREAMS)
OWN = sorted(name for name, whom in ROUTES.items() if whom == IN and name.startswith("portal:"))


@pytest.mark.item("S11", "S-CMD-005")
def test_no_public_page_says_where_a_crew_is(own_town, crew):
    receipt, matter = crew
    desk = Visitor(own_town).step_in_as("方晓宁")
    assert tells(desk.get("/desk/map.json").encode())  # what is looked for can be found

    reporter = Visitor(own_town)
    reporter.get(f"/r/{receipt}")
    followed = reporter.post(f"/r/{receipt}", second=PHRASE)
    assert "桥西路12号" in followed
    assert not tells(followed.encode())
    for who in (Visitor(own_town), reporter):
        said = bodies(who, PUBLIC + OWN, matter)
        assert [name for name, body in said.items() if tells(body)] == []


@pytest.mark.item("S11")
def test_no_log_line_and_no_metric_says_where_a_crew_is(own_town, crew):
    with urllib.request.urlopen(f"{own_town.address}/metrics") as answer:
        assert not tells(answer.read())
    kept = [*own_town.folder.parent.glob("*.log"), *own_town.folder.rglob("*.log*"), *own_town.folder.glob("run/*")]
    assert any(path.stat().st_size for path in kept if path.is_file())
    assert [path.name for path in kept if path.is_file() and tells(path.read_bytes())] == []


@pytest.mark.item("S11")
def test_who_signs_off_leaves_no_crew_in_the_browser(own_town, crew, browser):
    reports(own_town)
    desk = browser.member(own_town, "方晓宁")
    desk.goto(f"{own_town.address}/desk/")
    expect(desk.locator("html")).to_have_attribute("data-line", "live")
    until(lambda: "board" in json.dumps(desk.evaluate("() => indexedDB.databases()")))
    desk.goto(f"{own_town.address}/people/me/")
    desk.get_by_role("button", name="退出登录").click()
    desk.wait_for_url("**/people/sign-in/**")

    until(lambda: "桥西1组" not in desk.evaluate(STORED))
    assert not tells(desk.evaluate(STORED).encode())


@pytest.mark.item("S11")
def test_a_desk_that_locks_keeps_no_board(own_town, crew, browser):
    desk = browser.somebody("方晓宁")
    desk.clock.install()
    desk.goto(f"{own_town.address}/people/sign-in/")
    desk.get_by_role("button", name="方晓宁").first.click()
    desk.goto(f"{own_town.address}/desk/")
    until(lambda: "桥西1组" in desk.evaluate(STORED))

    desk.clock.run_for(16 * 60_000)

    expect(desk.locator("dialog .sw-unlock")).to_be_visible()
    until(lambda: "桥西1组" not in desk.evaluate(STORED))
