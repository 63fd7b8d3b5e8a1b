"""Alerts on the desk: shown until somebody takes notice, then silent everywhere; passed on when nobody does."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching, ticking
from shouwang.duty import alerts
from shouwang.duty.alerts import call_for_help, open_alerts
from shouwang.duty.models import Alert, AlertKind
from shouwang.journal.models import Entry
from shouwang.journal.reactions import view_of
from shouwang.matters.intake import open_matter
from shouwang.notices.models import Notice
from shouwang.notices.reactions import tell_the_lead_of_an_alert

NOTICED = "/desk/alerts/noticed/"
S = dt.timedelta(seconds=1)


def shown(browser):
    return browser.get("/desk/alerts/").content.decode()


def raised(world, n, kind=AlertKind.UNSIGNED, **more):
    """`n` alerts of one unit, a second apart."""
    at = clock.now()
    given = {"unit": world.qx1, "duty_path": world.qx1.duty_path, "kind": kind} | more
    with acting(Actor.system()):
        return [Alert.objects.create(subject=uuid4(), raised_at=at - i * S, **given) for i in range(n)]


def unsigned_of_fang(world, at):
    """Fang sent a crew, its phone has the task, and a minute went by."""
    matter = open_matter(
        kind="incident", by=world.fang, at=at, subkind="order.fight", point=(111.427, 27.686), place_text="桥西路12号",
        channel="phone",
    )  # fmt: skip
    task = dispatching.send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)
    dispatching.mark_delivered(assignment=task, by=world.ming, at=at + S)
    ticking.tick(at + 61 * S)
    return Alert.objects.get(kind=AlertKind.UNSIGNED)


def test_a_call_for_help_is_shown_and_sounds_until_somebody_takes_notice(world, desk):
    alert = call_for_help(unit=world.qx1, by=world.ming, at=clock.now())
    fang, zhou = desk("fang"), desk("zhou")

    assert 'data-open="sos"' in shown(fang)
    assert "民警求援" in shown(fang)
    silent = fang.post(NOTICED, {"alert": alert.pk}).content.decode()
    assert 'data-open=""' in silent
    assert 'data-open=""' in shown(zhou)
    assert zhou.post(NOTICED, {"alert": alert.pk}).status_code == 200  # too late, and told so by what is shown
    assert open_alerts(world.fang, clock.now()) == []


def test_who_cannot_send_hears_nothing_and_settles_nothing(world, desk):
    alert = call_for_help(unit=world.qx1, by=world.ming, at=clock.now())

    assert "民警求援" not in shown(desk("shen"))
    assert desk("shen").post(NOTICED, {"alert": alert.pk}).status_code == 403


def test_an_alert_next_door_does_not_exist_here(world, desk):
    (own,), (other,) = raised(world, 1), raised(world, 1, duty_path="/999999/")
    fang = desk("fang")

    assert str(other.pk) not in shown(fang)
    assert fang.post(NOTICED, {"alert": [own.pk, other.pk]}).status_code == 404
    assert fang.post(NOTICED, {"alert": "no id"}).status_code == 400
    assert Alert.objects.filter(settled_at=None).count() == 2


@pytest.mark.item("U4")
def test_many_of_one_kind_are_one_line_with_their_number_and_one_act(world, desk):
    many, other = raised(world, 12), raised(world, 1, kind=AlertKind.MISSED)
    fang = desk("fang")
    page = shown(fang)

    assert page.count('class="dup') == 2
    assert "12 条" in page
    assert all(str(one.pk) in page for one in many)
    late = raised(world, 1)  # came after the line was drawn: the act is not about it
    fang.post(NOTICED, {"alert": [one.pk for one in many]})

    assert set(Alert.objects.filter(settled_at=None)) == {*other, *late}
    assert Entry.objects.filter(verb="alert.settle", person=world.fang.person_id).count() == 12


@pytest.mark.item("U4")
def test_it_sounds_at_the_desk_that_sent_the_crew_and_stands_in_every_list(world, desk):
    unsigned_of_fang(world, clock.now() - 70 * S)
    fang, zhou = shown(desk("fang")), shown(desk("zhou"))

    assert 'data-open="unsigned"' in fang
    assert 'data-open=""' in zhou
    assert "在派警的指挥台响铃" in zhou
    assert "在派警的指挥台响铃" not in fang


@pytest.mark.item("U4")
def test_what_nobody_took_notice_of_rings_at_every_desk_and_the_lead_is_told(world, desk, as_role):
    at = clock.now() - 120 * S
    alert = unsigned_of_fang(world, at)
    with as_role("jobs"):
        assert alerts.escalate(alert.raised_at + 24 * S) == 0
        assert alerts.escalate(alert.raised_at + 25 * S) == 1
        assert alerts.escalate(alert.raised_at + 30 * S) == 0
        tell_the_lead_of_an_alert(view_of(Entry.objects.get(verb="alert.escalate").pk))

    page = shown(desk("zhou"))
    assert 'data-open="unsigned"' in page
    assert "无人知悉，已报值班长" in page
    told = Notice.objects.filter(wording="alert_escalated")
    assert [one.recipient for one in told] == [world.zhou.person_id]
    assert Entry.objects.get(verb="alert.escalate").topic == "alert.escalated"


@pytest.mark.item("U4")
def test_what_somebody_took_notice_of_is_not_passed_on(world, desk):
    alert = unsigned_of_fang(world, clock.now() - 120 * S)
    desk("fang").post(NOTICED, {"alert": alert.pk})

    assert alerts.escalate(clock.now() + 60 * S) == 0


@pytest.mark.item("U4")
def test_a_task_the_phone_did_not_receive_is_heard_once_at_the_desk_that_sent_it(world, desk):
    at = clock.now() - 12 * S
    matter = open_matter(
        kind="incident", by=world.fang, at=at, subkind="order.fight", point=(111.427, 27.686), channel="phone"
    )
    task = dispatching.send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)
    ticking.tick(at + 11 * S)

    assert f'data-once="{task.pk}"' in shown(desk("fang"))
    assert 'data-once=""' in shown(desk("zhou"))


def test_the_list_asks_no_more_of_the_database_for_twenty_than_for_two(world, desk):
    fang, counted = desk("fang"), []
    for n in (2, 18):
        raised(world, n)
        shown(fang)
        with CaptureQueriesContext(connection) as asked:
            shown(fang)
        counted.append(len(asked))

    assert counted[0] == counted[1]
