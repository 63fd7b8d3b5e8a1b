"""Check-ins on a phone: it asks with sound, silence is heard at the desk and becomes a call for help until answered."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, until
from tests.journeys.shifts_on_a_phone import one, phone_on_shift
from tests.journeys.test_a_phone_on_a_shift import HEARD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
BOARD = {"width": 1440, "height": 900}
# Nobody waits a quarter of an hour in a test: the timer is wound on, and everything after that takes its own time.
DUE_IN = "UPDATE duty_checkin SET due_at = now() + %s * interval '1 s' WHERE ended_at IS NULL AND unit_id = %s"
SILENT_SINCE = "UPDATE duty_checkin SET missed_at = now() - %s * interval '1 s' WHERE ended_at IS NULL AND unit_id = %s"
UNIT = "SELECT id FROM duty_unit WHERE name = '河埠1组'"
TIMER = "SELECT count(*) FROM duty_checkin WHERE ended_at IS NULL AND unit_id = %s"
OPEN = "SELECT string_agg(kind, ' ' ORDER BY kind) FROM duty_alert WHERE settled_at IS NULL AND unit_id = %s"
WHY = "SELECT settled_why FROM duty_alert WHERE kind = 'missed' AND unit_id = %s ORDER BY raised_at DESC LIMIT 1"
ANSWERED = "SELECT answered_at < %s FROM duty_checkin WHERE ended_at IS NULL AND unit_id = %s"
SOUNDS = "document.querySelector('sw-alerts').dataset.open.split(' ')"


def wind(town: Any, statement: str, seconds: int) -> Any:
    """The timer of 河埠1组, some seconds on; its unit."""
    with town.connect("owner") as database:
        unit = database.execute(UNIT).fetchone()[0]
        assert database.execute(statement, (seconds, unit)).rowcount == 1
    return unit


@pytest.fixture
def desk(own_town: Any, browser: Any) -> Any:
    page = browser.member(own_town, "方晓宁", viewport=BOARD)
    page.add_init_script(HEARD)
    page.goto(f"{own_town.address}/desk/")
    page.mouse.click(5, 5)  # no sound before the first touch
    return page


@pytest.fixture
def phone(own_town: Any, browser: Any) -> Any:
    """关振 alone on 河埠1组, asked every 15 minutes from now on."""
    found = phone_on_shift(browser, own_town, script=HEARD)
    unit = one(own_town, UNIT)
    found.get_by_role("button", name="每 15 分钟").click()
    expect(found.locator("[data-part=timer]")).to_be_visible()
    until(lambda: one(own_town, TIMER, unit) == 1)
    yield found
    found.context.set_offline(False)
    end = found.locator("[data-part=endtimer]")
    if end.is_visible():
        end.click()
        until(lambda: one(own_town, TIMER, unit) == 0)


def test_the_phone_asks_with_sound_and_an_answer_without_a_network_counts_from_its_tap(
    own_town: Any, phone: Any, desk: Any
) -> None:
    asks = phone.locator(".sw-field-well")
    expect(asks).to_be_hidden()
    unit = wind(own_town, DUE_IN, 60)
    expect(asks).to_be_visible()
    until(lambda: phone.evaluate("heard.shaken > 0 && heard.rung > 3"))

    phone.context.set_offline(True)
    asks.get_by_role("button", name="我平安").click()
    expect(asks).to_be_hidden()
    expect(phone.locator("[data-part=keep]")).to_contain_text("1 步")
    tapped = one(own_town, "SELECT now()")
    wind(own_town, DUE_IN, -120)  # the desk cannot know: it hears of the silence
    until(lambda: one(own_town, OPEN, unit) == "missed", seconds=60)
    expect(desk.locator("sw-alerts")).to_contain_text("河埠1组")
    until(lambda: "unsigned" in desk.evaluate(SOUNDS))
    phone.context.set_offline(False)

    until(lambda: one(own_town, OPEN, unit) is None)
    assert one(own_town, WHY, unit) == "well"
    assert one(own_town, ANSWERED, tapped, unit)  # of the tap, not of the arrival
    expect(desk.locator("sw-alerts")).not_to_contain_text("河埠1组")
    expect(asks).to_be_hidden()


def test_silence_is_heard_at_the_desk_becomes_a_call_for_help_and_a_person_ends_it(
    own_town: Any, phone: Any, desk: Any
) -> None:
    unit = wind(own_town, DUE_IN, -120)
    until(lambda: one(own_town, OPEN, unit) == "missed", seconds=60)
    line = desk.locator("sw-alerts .dup", has_text="河埠1组")
    expect(line).to_contain_text("没有报平安")
    until(lambda: desk.evaluate("heard.rung > 0"))

    wind(own_town, SILENT_SINCE, 240)  # nobody at the desk took notice for three minutes
    until(lambda: one(own_town, OPEN, unit) == "missed sos", seconds=60)
    until(lambda: "sos" in desk.evaluate(SOUNDS))
    expect(line).to_have_count(2)
    asks = phone.locator(".sw-field-well")
    asks.get_by_role("button", name="我平安").click()

    until(lambda: one(own_town, OPEN, unit) == "sos")  # who called for help is asked by a person
    expect(line).to_have_count(1)
    line.get_by_role("button", name="知悉").click()
    until(lambda: one(own_town, OPEN, unit) is None)
    expect(desk.locator("sw-alerts")).not_to_contain_text("河埠1组")
    assert "sos" not in desk.evaluate(SOUNDS)
