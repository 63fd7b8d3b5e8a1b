"""Short messages both ways, with read marks; and an officer's call for help."""

import pytest

from shouwang.core.ids import new_id
from shouwang.duty import messages
from shouwang.duty.alerts import AlertSettled, NotYourUnit, acknowledge_alert, call_for_help, open_alerts
from shouwang.duty.models import Alert, Message
from shouwang.duty.shifts import on_shift
from shouwang.people.access import NotAllowed, NotVisible


def test_the_desk_writes_to_a_unit_and_sees_when_it_was_read(world, noon, later):
    message = messages.send_message(unit=world.qx1, text="到后回话", by=world.fang, at=noon)
    messages.mark_read(message=message, by=world.li, at=later(30))
    messages.mark_read(message=message, by=world.ming, at=later(60))

    copy = messages.messages_for(world.zhou, later(61))[0].copies.all()[0]
    assert (copy.read_at, copy.read_by) == (later(30), world.li.person_id)


def test_the_crew_writes_to_its_desk_and_a_desk_marks_it_read(world, noon, later):
    message = messages.tell_desk(text="需要救护车", by=world.ming, at=noon)
    messages.mark_read(message=message, by=world.fang, at=later(5))

    shown = messages.messages_for(world.fang, later(6))[0]
    assert shown.unit == world.qx1
    assert shown.copies.all()[0].read_by == world.fang.person_id


def test_a_message_to_all_goes_to_every_unit_on_duty(world, noon):
    message = messages.send_message(office=world.station, text="雨大路滑，注意安全", by=world.zhou, at=noon)

    assert {copy.unit for copy in message.copies.all()} == {world.qx1, world.hb1}
    shift = on_shift([world.hb1.pk], noon)[world.hb1.pk]
    assert messages.messages_of_unit(world.hb1, shift) == [message]


def test_the_same_message_sent_twice_by_a_phone_is_one(world, noon, later):
    key = new_id()
    messages.tell_desk(text="已到", by=world.ming, at=noon, key=key)
    messages.tell_desk(text="已到", by=world.ming, at=later(9), key=key)

    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b"])
def test_an_empty_message_is_refused(world, noon, text):
    with pytest.raises(messages.EmptyMessage):
        messages.send_message(unit=world.qx1, text=text, by=world.fang, at=noon)


def test_who_is_on_no_unit_has_no_desk_to_write_to_and_strangers_write_to_nobody(world, noon):
    with pytest.raises(messages.NotOnUnit):
        messages.tell_desk(text="喂", by=world.shen, at=noon)
    with pytest.raises((NotAllowed, NotVisible)):
        messages.send_message(unit=world.qx1, text="喂", by=world.stranger, at=noon)
    assert messages.messages_for(world.stranger, noon) == []


def test_an_officer_calls_for_help_with_one_press_and_the_desk_hears_it_first(world, noon, later):
    call_for_help(unit=world.qx1, by=world.ming, at=noon)
    alert = call_for_help(unit=world.qx1, by=world.li, at=later(1))

    assert [one.pk for one in open_alerts(world.fang, later(2))] == [alert.pk]
    acknowledge_alert(alert=alert, by=world.fang, at=later(3))
    assert open_alerts(world.fang, later(4)) == []
    with pytest.raises(AlertSettled):
        acknowledge_alert(alert=alert, by=world.zhou, at=later(5))


def test_only_the_crew_calls_for_help_and_only_a_desk_answers(world, noon):
    with pytest.raises(NotYourUnit):
        call_for_help(unit=world.qx1, by=world.guan, at=noon)
    alert = call_for_help(unit=world.qx1, by=world.ming, at=noon)
    with pytest.raises((NotAllowed, NotVisible)):
        acknowledge_alert(alert=alert, by=world.shen, at=noon)
    assert Alert.objects.filter(settled_at=None).count() == 1
