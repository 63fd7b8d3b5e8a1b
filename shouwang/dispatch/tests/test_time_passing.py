"""What nobody received or signed is noticed, once, and is quiet again when it is answered."""

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching, ticking
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.reactions import hand_the_task_back, let_the_crews_go
from shouwang.duty import shifts
from shouwang.duty.alerts import acknowledge_alert, open_alerts
from shouwang.duty.models import Alert, AlertKind
from shouwang.journal.models import Entry
from shouwang.journal.reactions import view_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step


def send(world, call, noon) -> Assignment:
    return dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)


def test_a_task_not_received_in_ten_seconds_goes_out_by_sms_and_voice_once(world, call, noon, later, as_role):
    send(world, call, noon)

    with as_role("jobs"):
        assert ticking.tick(later(9)) == 0
        assert ticking.tick(later(10)) == 1
        assert ticking.tick(later(15)) == 0
    entries = Entry.objects.filter(topic="assignment.undelivered")
    assert entries.count() == 1


def test_a_task_the_phone_has_is_not_sent_again(world, call, noon, later):
    assignment = send(world, call, noon)
    dispatching.mark_delivered(assignment=assignment, by=world.ming, at=later(2))
    dispatching.mark_delivered(assignment=assignment, by=world.li, at=later(4))

    assert ticking.tick(later(20)) == 0
    assignment.refresh_from_db()
    assert assignment.delivered_at == later(2)


def test_unsigned_after_a_minute_it_is_back_at_the_desk_until_it_is_signed(world, call, noon, later, as_role):
    assignment = send(world, call, noon)

    with as_role("jobs"):
        ticking.tick(later(59))
        assert not Alert.objects.exists()
        ticking.tick(later(60))
        ticking.tick(later(65))
    assert [alert.kind for alert in open_alerts(world.fang, later(66))] == [AlertKind.UNSIGNED]
    dispatching.sign(assignment=assignment, by=world.ming, at=later(70))
    assert open_alerts(world.fang, later(71)) == []


def test_an_alert_somebody_took_notice_of_is_quiet_and_stays_so(world, call, noon, later):
    send(world, call, noon)
    ticking.tick(later(60))
    alert = open_alerts(world.fang, later(61))[0]

    acknowledge_alert(alert=alert, by=world.fang, at=later(62))
    ticking.tick(later(120))
    assert open_alerts(world.fang, later(121)) == []
    alert.refresh_from_db()
    assert (alert.settled_why, alert.settled_by) == ("acknowledged", world.fang.person_id)


def test_closing_a_matter_frees_its_crews(world, call, noon, later, as_role):
    first = send(world, call, noon)
    second = dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=later(1))
    dispatching.arrive(assignment=first, by=world.ming, at=later(100))
    take_step(call, "close", by=world.fang, at=later(200), outcome="advice", no_recorder_reason="口头劝解")

    with as_role("jobs"):
        let_the_crews_go(view_of(Entry.objects.filter(topic="matter.done").latest("id").id))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("cleared", "recalled")
    assert Entry.objects.filter(verb="unit.tell_closed").count() == 2


def test_a_unit_can_be_sent_before_the_closing_has_come_through(world, call, other_call, noon, later):
    first = send(world, call, noon)
    dispatching.arrive(assignment=first, by=world.ming, at=later(100))
    take_step(call, "close", by=world.fang, at=later(200), outcome="advice", no_recorder_reason="口头劝解")

    dispatching.send_unit(matter=other_call, unit=world.qx1, by=world.fang, at=later(201))
    first.refresh_from_db()
    assert first.state == "cleared"


def test_the_crews_of_a_joined_matter_go_on_with_the_other(world, call, other_call, noon, later, as_role):
    assignment = send(world, call, noon)
    dispatching.sign(assignment=assignment, by=world.ming, at=later(10))
    take_step(call, "merge", by=world.fang, at=later(30), into=str(other_call.pk))

    with as_role("jobs"):
        let_the_crews_go(view_of(Entry.objects.filter(topic="matter.void").latest("id").id))
    assignment.refresh_from_db()
    assert (assignment.matter_id, assignment.state) == (other_call.pk, "signed")
    assert Matter.objects.get(pk=other_call.pk).state == "signed"


def test_a_unit_that_goes_off_duty_hands_its_task_back_aloud(world, call, noon, later, as_role):
    assignment = send(world, call, noon)
    shifts.end_shift(unit=world.qx1, by=world.ming, at=later(50))

    with as_role("jobs"):
        hand_the_task_back(view_of(Entry.objects.filter(topic="shift.ended").latest("id").id))
    assignment.refresh_from_db()
    assert (assignment.state, assignment.reason) == ("returned", "shift_ended")
    assert Matter.objects.get(pk=call.pk).state == "accepted"
    assert open_alerts(world.fang, later(60))[0].kind == AlertKind.RETURNED


def test_nothing_waits_on_an_empty_board(db, noon: dt.datetime) -> None:
    assert ticking.tick(noon) == 0
    assert Actor.system().is_system
