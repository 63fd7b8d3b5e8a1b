"""Orders on a phone: a directive is answered without a network and arrives once; a call to assemble is read."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, until
from tests.journeys.shifts_on_a_phone import enter_pin, one, phone_on_shift

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
ISSUE = """
import sys
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.kinds.directive.issuing import Order, issue
world = load_world()
order = Order("task.check", sys.argv[1], words="逐扇看，拍一张", place_text="东门市场")
print(issue(order, to=world.guan.post, by=world.zhou, at=now()).pk)
"""
CALL = """
import datetime as dt
import sys
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.duty.mobilising.calling import order_mobilisation
world, at = load_world(), now()
row = order_mobilisation(world.station, reason=sys.argv[1], place_text="河埠广场东侧", by=world.lin, at=at,
                         assemble_at=at + dt.timedelta(hours=1))
print(row.pk)
"""
END = """
import sys
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.duty.mobilising.calling import end_mobilisation
from shouwang.duty.models import Mobilisation
end_mobilisation(Mobilisation.objects.get(pk=sys.argv[1]), by=load_world().lin, at=now())
"""
STATE = "SELECT state FROM matters_matter WHERE id = %s"
FED_BACK = "SELECT facts ->> 'feedback' FROM matters_matter WHERE id = %s"
STEPS = "SELECT string_agg(verb, ' ' ORDER BY id) FROM journal_entry WHERE subject = %s AND verb LIKE 'directive.%%'"
READ = """SELECT answered_how FROM duty_mobilisationcall c JOIN people_person p ON p.id = c.person_id
          WHERE c.mobilisation_id = %s AND p.login = 'guan'"""


@pytest.mark.item("S-CMD-007")
def test_a_directive_is_signed_at_once_answered_without_a_network_and_arrives_once(own_town: Any, browser: Any) -> None:
    phone = phone_on_shift(browser, own_town)
    key = own_town.run_python(ISSUE, "看东门市场后门的卷帘门").split()[-1]

    phone.get_by_role("button", name="给我的指令").click()
    expect(phone.get_by_text("看东门市场后门的卷帘门")).to_be_visible()
    expect(phone.get_by_text("逐扇看，拍一张")).to_be_visible()
    phone.get_by_role("button", name="签收指令").click()
    until(lambda: one(own_town, STATE, key) == "signed")

    phone.context.set_offline(True)
    phone.get_by_role("button", name="开始执行").click()
    send = phone.get_by_role("button", name="反馈")
    send.click()
    expect(phone.locator("[data-part=ask]")).to_be_visible()
    phone.locator("[data-part=words]").fill("四扇都锁好，东边一扇锁舌松，已告诉管理处")
    send.click()
    expect(phone.get_by_text("没有待办指令")).to_be_visible()
    assert one(own_town, STATE, key) == "signed"
    phone.context.set_offline(False)
    phone.reload()
    enter_pin(phone)

    until(lambda: one(own_town, STATE, key) == "fed_back")
    assert one(own_town, FED_BACK, key) == "四扇都锁好，东边一扇锁舌松，已告诉管理处"
    phone.reload()
    enter_pin(phone)
    expect(phone.get_by_role("heading", name="在岗，没有任务")).to_be_visible()
    assert one(own_town, STEPS, key) == "directive.open directive.sign directive.start directive.feed_back"


@pytest.mark.item("S-CMD-024")
def test_a_call_to_assemble_stands_above_the_screen_until_it_is_acknowledged(own_town: Any, browser: Any) -> None:
    phone = phone_on_shift(browser, own_town)
    called = phone.locator(".sw-field-called")
    expect(called).to_be_hidden()
    key = own_town.run_python(CALL, "消费节开场，全员布岗").split()[-1]

    expect(called).to_contain_text("消费节开场，全员布岗")
    expect(called).to_contain_text("河埠广场东侧")
    phone.context.set_offline(True)
    called.get_by_role("button", name="收到，按时到位").click()
    expect(called).to_be_hidden()
    assert one(own_town, READ, key) == ""
    phone.context.set_offline(False)

    until(lambda: one(own_town, READ, key) == "phone")
    lead = browser.member(own_town, "周岚")
    lead.goto(f"{own_town.address}/desk/mobilisations/{key}/")
    expect(lead.locator("#mobilisation li", has_text="关振")).to_contain_text("手机")
    own_town.run_python(END, key)
    expect(called).to_be_hidden()
