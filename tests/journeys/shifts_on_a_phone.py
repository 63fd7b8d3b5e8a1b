"""What journeys on the phone of 关振 (河埠1组) plant and look up in the town of the session."""

from __future__ import annotations

from typing import Any

from tests.journeys.browsing import PIN, Browser, Town, bind_phone

PHONE = {"width": 390, "height": 844}
HERE = {"longitude": 111.438, "latitude": 27.690, "accuracy": 20}
NUMBER = "13800002099"
SEND = """
import sys
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch.dispatching import send_unit
from shouwang.matters.intake import Told, open_matter
world, at = load_world(), now()
call = open_matter(kind="incident", by=world.fang, at=at, subkind="order.fight", point=(111.438, 27.690), gist="打架",
                   place_text=sys.argv[1], told=Told(number=sys.argv[2], quiet="quiet" in sys.argv))
send_unit(matter=call, unit=world.hb1, by=world.fang, at=at)
print(call.pk)
"""
RECALL = """
import sys
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch.dispatching import recall_unit
from shouwang.dispatch.models import Assignment
row = Assignment.objects.get(matter=sys.argv[1])
if row.is_open:
    recall_unit(assignment=row, by=load_world().fang, at=now(), reason="派错了")
"""
ON_SHIFT = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.dispatching import recall_unit
from shouwang.duty.shifts import CrewMember, on_shift, start_shift
world, at = load_world(), now()
for row in Assignment.objects.filter(unit=world.hb1, ended_at=None):
    recall_unit(assignment=row, by=world.fang, at=at)
if not on_shift([world.hb1.pk], at):
    start_shift(unit=world.hb1, crew=[CrewMember(world.guan.person, "5120433")], by=world.zhou, at=at)
"""


def phone_on_shift(browser: Browser, town: Town, *, script: str = "") -> Any:
    """His phone, bound and open, on duty without a task; `script` runs before each of its pages."""
    town.run_python(ON_SHIFT)
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True, permissions=["geolocation"], geolocation=HERE)
    if script:
        phone.context.add_init_script(script)
    bind_phone(phone, browser, town, "关振")
    return phone


def send(town: Town, place: str, *more: str) -> str:
    """A call at this place, with his crew sent to it; its key. `more`: "quiet" for a caller who wants no call."""
    return town.run_python(SEND, place, NUMBER, *more).split()[-1]


def recall(town: Town, matter: str) -> None:
    town.run_python(RECALL, matter)


def enter_pin(phone: Any) -> None:
    phone.locator("[data-part=pin]").fill(PIN)
    phone.locator("[data-part=open]").click()


def one(town: Town, query: str, *given: Any) -> Any:
    """The first column of the first row, or None."""
    with town.connect("owner") as database:
        found = database.execute(query, given).fetchone()
    return found[0] if found else None
