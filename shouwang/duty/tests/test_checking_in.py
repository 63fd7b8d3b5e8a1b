"""Check-ins: silence is heard at the desk, then becomes a call for help; a late tap settles it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.alerts import acknowledge_alert, open_alerts
from shouwang.duty.checking_in import NoTimerRuns, TimerUnusable, begin_check_in, check_in, end_check_in, tick
from shouwang.duty.models import CheckIn
from shouwang.duty.shifts import CrewMember, end_shift, start_shift
from shouwang.field.now import now_for

MINUTE = dt.timedelta(minutes=1)


def heard(world, at: dt.datetime) -> list[str]:
    return [one.kind for one in open_alerts(world.fang, at)]


def test_silence_is_heard_at_the_desk_then_becomes_a_call_for_help(world, desk, as_role):
    at = clock.now()
    begin_check_in(every=15 * MINUTE, by=world.ming, at=at)
    assert now_for(world.ming.person, world.ming, at)["check_in"]["every_s"] == 900
    ticked(as_role, at + 15 * MINUTE)
    assert heard(world, at) == []

    ticked(as_role, at + 16 * MINUTE)

    assert heard(world, at) == ["missed"]
    page = desk("fang").get(reverse("desk:alerts")).content.decode()
    assert "没有报平安" in page
    assert 'data-open="unsigned"' in page
    assert "没有回应" in desk("fang").get(reverse("desk:check_ins")).content.decode()
    ticked(as_role, at + 20 * MINUTE)
    assert heard(world, at) == ["sos", "missed"]
    assert 'data-open="sos unsigned"' in desk("fang").get(reverse("desk:alerts")).content.decode()
    check_in(by=world.ming, at=at + 14 * MINUTE)  # tapped in time, came late
    assert heard(world, at) == ["sos"]  # a person at the desk settles a call for help
    assert CheckIn.objects.get().missed_at is None


def test_what_the_desk_took_notice_of_does_not_become_a_call_for_help(world, as_role):
    at = clock.now()
    begin_check_in(every=15 * MINUTE, by=world.ming, at=at)
    ticked(as_role, at + 17 * MINUTE)
    acknowledge_alert(alert=open_alerts(world.fang, at)[0], by=world.fang, at=at + 18 * MINUTE)
    ticked(as_role, at + 25 * MINUTE)
    assert heard(world, at) == []
    ticked(as_role, at + 33 * MINUTE)  # silent for another turn
    assert heard(world, at) == ["missed"]


def test_timers_begin_by_the_rule_and_end_with_the_shift(world, desk, as_role):
    at = clock.now()
    shen = [CrewMember(world.shen.person, recorder="1")]
    start_shift(unit=world.qx2, crew=shen, by=world.zhou, at=at)
    ticked(as_role, at)
    assert not CheckIn.objects.exists()  # no office has a rule yet
    told = {"area": str(world.station.pk), "lone_min": "30", "night_min": "0"}
    assert desk("ming").post(reverse("desk:check_ins"), told).status_code == 403
    assert desk("zhou").post(reverse("desk:check_ins"), told | {"lone_min": "2"}).status_code == 422
    assert desk("zhou").post(reverse("desk:check_ins"), told).status_code == 302

    ticked(as_role, at + MINUTE)

    row = CheckIn.objects.get(person=world.shen.person)
    assert (row.why, row.every_s) == ("lone", 1800)
    assert not CheckIn.objects.filter(person=world.ming.person).exists()  # two of them
    with pytest.raises(NoTimerRuns):
        end_check_in(by=world.shen, at=at + MINUTE)  # the rule's is not his to end
    end_shift(unit=world.qx2, by=world.zhou, at=at + 2 * MINUTE)
    ticked(as_role, at + 3 * MINUTE)
    assert CheckIn.objects.get(pk=row.pk).ended_at


def test_a_timer_is_neither_too_short_nor_too_long(world):
    for minutes in (1, 500):
        with pytest.raises(TimerUnusable):
            begin_check_in(every=minutes * MINUTE, by=world.ming, at=clock.now())


def ticked(as_role, at: dt.datetime) -> None:
    with as_role("jobs"):
        tick(at)
