"""Duty chief and duty lead: one of each, a note to close with, and approvals that fall to them at night."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.levels.ordering import decide_order, propose_order
from shouwang.duty.models import DutyLevel, NightApproval, Watch
from shouwang.people.access import NotAllowed

LIST = reverse("desk:watches")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def set_hours(owner_sql):
    """The matrix is data that only its owner changes."""

    def change(begins: dt.time, ends: dt.time) -> None:
        owner_sql("UPDATE duty_nightapproval SET begins = %s, ends = %s", [begins, ends])

    return change


def local(moment: dt.datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def put_down(browser, world, begins: dt.datetime, ends: dt.datetime, chief: str = "lin", lead: str = "zhou") -> int:
    told = {"area": str(world.station.pk), "begins_at": local(begins), "ends_at": local(ends),
            "chief": str(world.cast[chief].person.pk), "lead": str(world.cast[lead].person.pk)}  # fmt: skip
    return browser.post(LIST, told).status_code


@pytest.mark.item("S-ORG-046")
def test_a_shift_has_one_chief_and_one_lead_and_closes_only_with_a_note(world, desk):
    zhou, now = desk("zhou"), clock.now()
    assert put_down(zhou, world, now - HOUR, now + 12 * HOUR, "lin", "lin") == 422
    assert put_down(zhou, world, now - HOUR, now + 40 * HOUR) == 422
    assert put_down(zhou, world, now - HOUR, now + 12 * HOUR) == 302
    assert put_down(zhou, world, now + HOUR, now + 13 * HOUR) == 409  # one at a time
    assert put_down(zhou, world, now + 12 * HOUR, now + 24 * HOUR) == 302
    first, second = Watch.objects.order_by("during")
    page = zhou.get(LIST).content.decode()
    assert "林正平" in page
    assert "当班" in page

    act = reverse("desk:watch_act", args=[first.pk])
    assert zhou.post(act, {"act": "close", "note": "  "}).status_code == 422
    assert desk("ming").post(act, {"act": "close", "note": "顺利"}).status_code == 403
    assert zhou.post(reverse("desk:watch_act", args=[second.pk]), {"act": "close", "note": "早"}).status_code == 409
    assert zhou.post(act, {"act": "close", "note": "河埠纠纷明早回访"}).status_code == 302
    assert zhou.post(act, {"act": "close", "note": "再写一次"}).status_code == 409
    assert "河埠纠纷明早回访" in desk("ming").get(LIST).content.decode()
    assert zhou.post(reverse("desk:watch_act", args=[second.pk]), {"act": "drop"}).status_code == 302


@pytest.mark.item("S-ORG-046")
def test_at_night_an_approval_falls_to_the_chief_as_far_as_the_matrix_goes(world, desk, set_hours):
    now = clock.now()
    here = now.astimezone(clock.SHANGHAI)
    NightApproval.objects.get(act="level.approve")  # comes with the town, with its source
    assert "值班备勤制度" in desk("zhou").get(LIST).content.decode()
    third, second = DutyLevel.objects.get(number=3), DutyLevel.objects.get(number=2)
    asked = [
        propose_order(one, area=world.station, begins_at=now + HOUR, ends_at=now + 3 * HOUR, reason="音乐会",
                      rest_plan="轮流休息", by=world.lin, at=now)
        for one in (third, second)
    ]  # fmt: skip
    zhou = world.zhou
    with pytest.raises(NotAllowed):
        decide_order(asked[0], approved=True, by=zhou, at=now)
    put_down(desk("zhou"), world, now - HOUR, now + 12 * HOUR, "zhou", "shen")
    day = (here + 2 * HOUR).time(), (here + 4 * HOUR).time()
    set_hours(*day)
    with pytest.raises(NotAllowed):  # not these hours
        decide_order(asked[0], approved=True, by=zhou, at=now)
    set_hours((here - HOUR).time(), (here + 2 * HOUR).time())
    with pytest.raises(NotAllowed):  # further than the matrix goes
        decide_order(asked[1], approved=True, by=zhou, at=now)

    assert decide_order(asked[0], approved=True, by=zhou, at=now).state == "approved"
