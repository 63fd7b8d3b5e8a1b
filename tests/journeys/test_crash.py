"""`kill -9` at random moments: whatever was acknowledged is there, exactly once, however often it was sent again.

This proves nothing about power: the kernel keeps what it was given. `make prove` cuts the power.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect, sync_playwright

from shouwang.config.environment import ROOT
from shouwang.core.ids import new_id
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, bind_phone, until
from tests.journeys.handsets import Handset, open_field
from tests.journeys.towns import free_port
from tests.journeys.visitors import UNANSWERED, Phone, Visitor, unit_token

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
TRY_AGAIN = (429, 500, 502, 503)
KILLED = ("web", "jobs", "database", "phone")
ROUNDS = 5
PACE_S = 0.1
Send = Callable[[Any], bool]


class Writer(threading.Thread):
    """Sends one record after the other, each until it is acknowledged, as a browser and a phone do."""

    def __init__(self, make: Callable[[], Any], send: Send) -> None:
        super().__init__(daemon=True)
        self.make, self.send = make, send
        self.acknowledged: list[Any] = []
        self.sent_again = 0
        self.refused = ""
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            record = self.make()
            while not self._acknowledged(record):
                self.sent_again += 1
                time.sleep(0.1)
            self.acknowledged.append(record)
            time.sleep(PACE_S)

    def _acknowledged(self, record: Any) -> bool:
        try:
            return self.send(record)
        except urllib.error.HTTPError as refused:
            if refused.code not in TRY_AGAIN:
                self.done.set()
                self.refused = f"{refused.code} {refused.read().decode()[-2000:]}"
            return refused.code not in TRY_AGAIN
        except UNANSWERED:
            return False


def desk(town) -> Writer:
    visitor = Visitor(town).step_in_as("方晓宁")
    visitor.get("/desk/intake/")

    def send(key: UUID) -> bool:
        visitor.post("/desk/intake/", key=key, subkind="order.fight", urgency=3, channel="phone", words="门口吵架")
        return True

    return Writer(new_id, send)


def phone(town) -> Writer:
    bound = Phone(town)

    def send(step: tuple[UUID, str]) -> bool:
        return bound.send_text(step[1])["id"] == str(step[0])

    def make() -> tuple[UUID, str]:
        key = new_id()
        at = datetime.now(UTC).isoformat()
        return key, f'{{"id": "{key}", "act": "shift.away", "given": {{}}, "claimed_at": "{at}", "form": 1}}'

    return Writer(make, send)


def position(town) -> Writer:
    token, began = unit_token(town, "qx1"), datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=50)
    seconds = iter(range(3000))

    def send(at: datetime) -> bool:
        asked = f"{town.address}/ingest/osmand?id={token}&lat=27.6865&lon=111.4275&timestamp={int(at.timestamp())}"
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return bool(answer.status == 200)

    return Writer(lambda: began + timedelta(seconds=next(seconds)), send)


def wrong(acknowledged: list[Any], counted: dict[Any, int]) -> list[Any]:
    """Those that are not there exactly once."""
    return [record for record in acknowledged if counted.get(record, 0) != 1]


def counted(town, statement: str, keys: list[Any]) -> dict[Any, int]:
    with town.connect("owner") as owner:
        return dict(owner.execute(statement, [keys]).fetchall())


MATTERS = (
    "SELECT subject, count(*) FROM journal_entry WHERE verb = 'incident.open'"
    " AND subject IN (SELECT id FROM matters_matter WHERE id = ANY(%s)) GROUP BY 1"
)
STEPS = (  # what a step did is its entry: the change it made, or that it was kept aside
    "SELECT step.id, count(*) FROM matters_sentstep step JOIN journal_entry entry ON entry.device = step.device"
    " AND entry.at = step.at AND (entry.topic LIKE 'unit.%%' OR entry.subject = step.id)"
    " WHERE step.id = ANY(%s) GROUP BY 1"
)
FIXES = "SELECT at, count(*) FROM tracking_fix WHERE at = ANY(%s) GROUP BY 1"

TAP = """async () => {
  const { keepStep } = await import("/static/field/outbox.js");
  const tap = async (away) => {
    const { id } = await keepStep("shift.away", null, { away });
    console.info(`kept ${id}`);
    setTimeout(tap, 40 + 80 * Math.random(), !away);
  };
  tap(true);
}"""
SAY_BEFORE_IT_IS_KEPT = """async () => {
  console.info("kept 00000000-0000-7000-8000-000000000000");
  const { keepStep } = await import("/static/field/outbox.js");
  setTimeout(keepStep, 60_000, "shift.away", null, { away: true });
}"""
SEND_NOW = "dispatchEvent(new Event('online'))"


@pytest.fixture(scope="module")
def handset(own_town, tmp_path_factory):
    """A phone in real Chromium, bound and on duty; its page is closed."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium (Debian: chromium) is not installed")
    with sync_playwright() as playwright:
        found = Handset(playwright, tmp_path_factory.mktemp("profile"))
        helpers = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            bind_phone(found.switch_on(), Browser(helpers), own_town)
            helpers.close()
            found.kill()
            yield found
        finally:
            found.kill()


def kill_at_random(town, handset, page, draw) -> None:
    """Each of them once, in any order, while the phone taps; now and then in the middle of sending."""
    for name in draw.sample(KILLED, len(KILLED)):
        page_is_there = name != "phone" and handset.running.poll() is None
        if page_is_there:
            page.wait_for_timeout(1000 * draw.uniform(0.1, 0.8))
        if name != "phone":
            town.kill(name)
            continue
        if draw.random() < 0.5:
            page.evaluate(SEND_NOW)
        page.wait_for_timeout(1000 * draw.uniform(0.0, 0.3))
        handset.kill()


@pytest.mark.browser
def test_whatever_was_acknowledged_is_there_exactly_once(own_town, handset, record_property):
    own_town.wait_until_healthy()
    writers = {"calls": desk(own_town), "steps": phone(own_town), "positions": position(own_town)}
    seed = random.randrange(10**6)
    draw = random.Random(seed)
    record_property("seed", seed)
    record_property("size", ROUNDS * len(KILLED))
    record_property("unit", "kills")
    for writer in writers.values():
        writer.start()

    try:
        for _ in range(ROUNDS):
            page = handset.switch_on()
            open_field(page, own_town.address)
            page.evaluate(TAP)
            kill_at_random(own_town, handset, page, draw)
            own_town.wait_until_healthy()
    finally:
        for writer in writers.values():
            writer.done.set()
    for name, writer in writers.items():
        writer.join(60)
        assert not writer.is_alive(), f"{name} never got an answer again (seed {seed})"
        assert writer.refused == "", name
    missing = send_what_waits(own_town, handset)

    calls, fixes = writers["calls"].acknowledged, writers["positions"].acknowledged
    steps = [key for key, _ in writers["steps"].acknowledged]
    assert min(len(calls), len(steps), len(fixes), len(handset.told)) > 5
    assert wrong(calls, counted(own_town, MATTERS, calls)) == [], f"seed {seed}"
    assert wrong(steps, counted(own_town, STEPS, steps)) == [], f"seed {seed}"
    assert missing == [], f"seed {seed}"
    assert wrong(fixes, counted(own_town, FIXES, fixes)) == [], f"seed {seed}"
    assert sum(writer.sent_again for writer in writers.values()) > 0, "the kills hurt nobody: this proves nothing"


def send_what_waits(town, handset) -> list[UUID]:
    """The steps that the phone said it kept and that do not arrive, though it has nothing left to send."""
    page = handset.switch_on()
    open_field(page, town.address)
    taps = [UUID(key) for key in handset.told]
    for _ in range(100):
        expect(page.locator("[data-part=keep]")).to_be_hidden(timeout=60_000)
        if not (missing := wrong(taps, counted(town, STEPS, taps))):
            break
        page.wait_for_timeout(100)
    handset.kill()
    return missing


@pytest.mark.browser
@pytest.mark.control
def test_a_phone_that_says_kept_before_it_has_kept_is_found_out(own_town, handset):
    own_town.wait_until_healthy()
    handset.told.clear()
    page = handset.switch_on()
    open_field(page, own_town.address)

    page.evaluate(SAY_BEFORE_IT_IS_KEPT)
    until(lambda: page.wait_for_timeout(50) or handset.told)
    handset.kill()
    assert send_what_waits(own_town, handset) == [UUID(key) for key in handset.told]


@pytest.fixture
def early(own_town):
    """A web process of that town that answers before it commits, at an address of its own."""
    port = free_port()
    planted = {"DJANGO_SETTINGS_MODULE": "tests.journeys.early.settings", "SHOUWANG_ROLE": "web"}
    command = [sys.executable, "-m", "shouwang.config.command_line", "serve", "--bind", f"127.0.0.1:{port}"]
    with own_town.log.open("ab") as log:
        serving = subprocess.Popen(
            command, env=own_town.variables | planted, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    found = SimpleNamespace(address=f"http://127.0.0.1:{port}", run_python=own_town.run_python)
    found.kill = lambda: os.killpg(serving.pid, signal.SIGKILL)
    try:
        until(lambda: serving.poll() is None and answers(found.address))
        yield found
    finally:
        found.kill()
        serving.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except UNANSWERED:
        return False


@pytest.mark.control
def test_a_server_that_acknowledges_before_the_commit_is_found_out(own_town, early):
    own_town.wait_until_healthy()
    writer = phone(early)
    writer.start()
    until(lambda: writer.acknowledged or writer.refused)  # the next may wait for the first, which is not committed
    early.kill()
    writer.done.set()
    writer.join(60)

    steps = [key for key, _ in writer.acknowledged]
    assert writer.refused == ""
    assert wrong(steps, counted(own_town, STEPS, steps)) == steps
