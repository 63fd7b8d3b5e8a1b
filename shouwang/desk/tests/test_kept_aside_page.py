"""What crews sent and what did not fit: shown to their lead, applied with its own time or left aside with a reason."""

import datetime as dt
import json

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.dispatch.dispatching import send_unit
from shouwang.field.now import now_for
from shouwang.matters.intake import open_matter
from shouwang.matters.models import SentStep
from shouwang.matters.replay import Sent, replay
from shouwang.people.cookies import SESSION
from shouwang.people.models import Device
from shouwang.people.sessions import open_session

PAGE = "/desk/crews/aside/"


def browser_of(who):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return browser


@pytest.fixture
def task(world):
    at = clock.now() - dt.timedelta(minutes=20)
    call = open_matter(kind="incident", by=world.fang, at=at, channel="phone", subkind="order.fight",
                       place_text="桥西路12号", point=(111.427, 27.686))  # fmt: skip
    return send_unit(matter=call, unit=world.qx1, by=world.fang, at=at)


@pytest.fixture
def late(world, task):
    """周明远 set out a quarter of an hour ago; his phone sent it now, in a version of the form that nobody knows."""
    at = clock.now()
    device = Device.objects.create(
        person=world.ming.person, label="phone", public_key=b"-", state="bound", bound_at=at - dt.timedelta(days=1)
    )
    body = {
        "id": str(new_id()), "act": "assignment.sign", "claimed_at": (at - dt.timedelta(minutes=15)).isoformat(),
        "form": 99, "matter": str(task.matter_id), "given": {"assignment": str(task.pk)},
    }  # fmt: skip
    return replay(Sent.read(json.dumps(body)), device=device, by=world.ming.afresh(), at=at)


def settle(who, step, **given):
    return browser_of(who).post(f"{PAGE}{step.pk}/", given)


@pytest.mark.item("S-CMD-010")
def test_the_lead_applies_a_step_with_the_time_of_the_tap(world, task, late):
    shown = browser_of(world.zhou).get(PAGE).content.decode()
    assert "周明远" in shown
    assert "桥西路12号" in shown
    assert "等值班长处理" in browser_of(world.zhou).get("/desk/alerts/").content.decode()

    assert settle(world.zhou, late, how="applied").status_code == 302

    task.refresh_from_db()
    late.refresh_from_db()
    assert task.signed_at == late.at
    assert (late.settled_how, late.settled_by) == ("applied", world.zhou.person_id)
    assert "周明远" not in browser_of(world.zhou).get(PAGE).content.decode()


def test_what_is_left_aside_needs_a_reason_and_its_author_reads_it(world, late):
    assert settle(world.zhou, late, how="set_aside").status_code == 400
    assert settle(world.zhou, late, how="set_aside", because="已用对讲机报过").status_code == 302

    told = now_for(world.ming.person, world.ming.afresh(), clock.now())["aside"]

    assert [one["id"] for one in told] == [str(late.pk)]
    assert "已用对讲机报过" in told[0]["why"]


def test_what_still_does_not_fit_stays_and_says_why(world, task, late):
    SentStep.objects.filter(pk=late.pk).update(act="nonsense")

    answer = settle(world.zhou, late, how="applied")

    assert answer.status_code == 409
    assert "sw-problem" in answer.content.decode()
    late.refresh_from_db()
    assert late.settled_at is None


@pytest.mark.parametrize(("who", "status"), [("fang", 403), ("ming", 403), ("peng", 403)])
def test_who_leads_no_crews_opens_nothing(world, late, who, status):
    assert browser_of(world.cast[who]).get(PAGE).status_code == status
    assert settle(world.cast[who], late, how="applied").status_code == status
