"""A crew is sent, does its work, and the matter goes with it."""

import datetime as dt

import pytest

from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.refusals import (
    CrewBarred,
    MatterClosed,
    MatterJustCrewed,
    NotOnScene,
    NotYourTask,
    StampSet,
    TaskEnded,
    UnitBusy,
    UnitJustSent,
    UnitOffShift,
    UnitThereAlready,
    WhyReturned,
)
from shouwang.duty.models import Alert, AlertKind
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter, Note
from shouwang.matters.steps import take_step
from shouwang.people.access import NotAllowed, NotVisible


def test_the_nearest_crew_goes_and_every_tap_stamps_its_time(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.sign(assignment=assignment, by=world.ming, at=later(20))
    dispatching.depart(assignment=assignment, by=world.ming, at=later(40))
    dispatching.arrive(assignment=assignment, by=world.li, at=later(300))
    dispatching.report(assignment=assignment, by=world.ming, at=later(600), text="双方已分开，一人轻伤")
    assignment = dispatching.clear(assignment=assignment, by=world.ming, at=later(1800))

    assert assignment.state == "cleared"
    assert assignment.sent_at == noon
    assert assignment.arrived_at == later(300)
    assert assignment.ended_at == later(1800)
    call.refresh_from_db()
    assert call.state == "handled"
    stamps = dict(call.stamps.values_list("name", "at"))
    assert stamps["dispatched_at"] == noon
    assert stamps["arrived_at"] == later(300)
    assert Note.objects.get(matter=call).text == "双方已分开，一人轻伤"


def test_every_act_stands_in_the_journal_of_the_matter(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.sign(assignment=assignment, by=world.ming, at=later(20))

    verbs = list(Entry.objects.filter(subject=call.pk).order_by("id").values_list("verb", flat=True))
    assert verbs[1:] == ["incident.dispatch", "assignment.send", "incident.acknowledge", "assignment.sign"]
    assert Entry.objects.filter(verb="unit.tell_task", subject=world.qx1.pk).exists()


def test_the_first_crew_that_arrives_moves_the_matter_and_the_second_only_stamps(world, call, noon, later):
    first = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    second = dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=later(5))
    dispatching.arrive(assignment=second, by=world.guan, at=later(200))
    dispatching.arrive(assignment=first, by=world.ming, at=later(300))

    assert dict(call.stamps.values_list("name", "at"))["arrived_at"] == later(200)
    first.refresh_from_db()
    assert first.arrived_at == later(300)


def test_the_matter_is_handled_when_the_last_crew_clears(world, call, noon, later):
    first = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    second = dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=later(5))
    for one, who in ((first, world.ming), (second, world.guan)):
        dispatching.arrive(assignment=one, by=who, at=later(200))

    dispatching.clear(assignment=first, by=world.ming, at=later(400))
    assert Matter.objects.get(pk=call.pk).state == "on_scene"
    dispatching.clear(assignment=second, by=world.guan, at=later(900))
    assert Matter.objects.get(pk=call.pk).state == "handled"


def test_a_recall_is_an_undo_the_unit_is_free_and_the_matter_waits_again(world, call, other_call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.recall_unit(assignment=assignment, by=world.fang, at=later(6))

    assert Matter.objects.get(pk=call.pk).state == "accepted"
    assert Entry.objects.filter(verb="unit.tell_recalled", subject=world.qx1.pk).exists()
    again = dispatching.send_unit(matter=other_call, unit=world.qx1, by=world.fang, at=later(7))
    assert again.state == "sent"


def test_a_unit_on_another_matter_is_refused_with_since_when(world, call, other_call, noon, later):
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    with pytest.raises(UnitBusy) as refused:
        dispatching.send_unit(matter=other_call, unit=world.qx1, by=world.zhou, at=later(60))
    assert refused.value.given["since"] == "12:00:00"
    assert refused.value.given["matter"] == call.number
    assert Assignment.objects.count() == 1


def test_who_was_a_moment_faster_is_named(world, call, other_call, noon, later):
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    with pytest.raises(UnitJustSent) as refused:
        dispatching.send_unit(matter=other_call, unit=world.qx1, by=world.zhou, at=later(0.8))
    assert (refused.value.given["who"], refused.value.given["ahead"]) == ("方晓宁", "0.8")
    with pytest.raises(MatterJustCrewed):
        dispatching.send_unit(matter=call, unit=world.hb1, by=world.zhou, at=later(0.8))
    with pytest.raises(UnitThereAlready):
        dispatching.send_unit(matter=call, unit=world.qx1, by=world.zhou, at=later(0.8))


def test_a_unit_off_duty_and_a_closed_matter_are_refused(world, call, noon):
    with pytest.raises(UnitOffShift):
        dispatching.send_unit(matter=call, unit=world.qx2, by=world.fang, at=noon)
    take_step(call, "close", by=world.fang, at=noon, outcome="advice")
    with pytest.raises(MatterClosed):
        dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)


def test_a_crew_with_somebody_whom_the_matter_concerns_is_not_sent(world, open_call, noon):
    about_ming = open_call(not_persons=[world.ming.person_id])

    with pytest.raises(CrewBarred):
        dispatching.send_unit(matter=about_ming, unit=world.qx1, by=world.fang, at=noon)


@pytest.mark.parametrize("who", ["shen", "su", "gu", "stranger"])
def test_only_a_desk_sends(world, call, noon, who):
    with pytest.raises((NotAllowed, NotVisible)):
        dispatching.send_unit(matter=call, unit=world.qx1, by=world.cast[who], at=noon)
    assert not Assignment.objects.exists()


def test_only_its_crew_or_the_desk_works_on_a_task(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    with pytest.raises(NotYourTask):
        dispatching.sign(assignment=assignment, by=world.guan, at=later(10))
    assert dispatching.sign(assignment=assignment, by=world.fang, at=later(12)).signed_at == later(12)


def test_the_same_step_twice_and_steps_out_of_order_are_told_why(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    with pytest.raises(NotOnScene):
        dispatching.clear(assignment=assignment, by=world.ming, at=later(5))
    dispatching.sign(assignment=assignment, by=world.ming, at=later(10))
    with pytest.raises(StampSet):
        dispatching.sign(assignment=assignment, by=world.ming, at=later(11))
    dispatching.arrive(assignment=assignment, by=world.ming, at=later(200))
    late = dispatching.depart(assignment=assignment, by=world.ming, at=later(250))
    assert (late.state, late.departed_at) == ("arrived", later(200))
    dispatching.clear(assignment=assignment, by=world.ming, at=later(900))
    with pytest.raises(TaskEnded):
        dispatching.report(assignment=assignment, by=world.ming, at=later(901))


def test_each_topic_is_heard_once_and_says_who_was_first(world, call, noon, later):
    """Notices go by topics: a receipt or a call for support must not tell the caller again that a crew has come."""
    first = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.mark_delivered(assignment=first, by=world.ming, at=later(1))
    second = dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=later(2))
    dispatching.arrive(assignment=first, by=world.ming, at=later(100))
    dispatching.ask_support(assignment=first, by=world.ming, at=later(110))
    dispatching.arrive(assignment=second, by=world.guan, at=later(200))

    entries = Entry.objects.filter(subject=call.pk).order_by("id").select_related("particulars")
    told = [(entry.topic, entry.particulars.values["first"]) for entry in entries if "assignment" in entry.topic]
    assert told == [
        ("assignment.sent", True),
        ("assignment.delivered", False),
        ("assignment.sent", False),
        ("assignment.arrived", True),
        ("assignment.support", False),
        ("assignment.arrived", False),
    ]


def test_giving_a_task_back_needs_a_reason_and_the_desk_hears_it(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    with pytest.raises(WhyReturned):
        dispatching.return_assignment(assignment=assignment, reason="  ", by=world.ming, at=later(9))
    dispatching.return_assignment(assignment=assignment, reason="车坏了", by=world.ming, at=later(10))

    assert Alert.objects.get(settled_at=None).kind == AlertKind.RETURNED
    assert Matter.objects.get(pk=call.pk).state == "accepted"
    dispatching.send_unit(matter=call, unit=world.hb1, by=world.fang, at=later(20))
    assert Alert.objects.get().settled_why == "sent"


def test_a_call_for_support_is_heard_until_somebody_is_sent(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.ask_support(assignment=assignment, by=world.li, at=later(30))

    assert Alert.objects.get(settled_at=None).kind == AlertKind.SUPPORT
    dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=later(60))
    assert not Alert.objects.filter(settled_at=None).exists()


def test_a_step_taken_without_network_counts_from_when_it_was_taken(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    before_it_was_sent = noon - dt.timedelta(seconds=3)

    assert dispatching.sign(assignment=assignment, by=world.ming, at=before_it_was_sent).signed_at == noon
