"""Clocks: started, met, stopped, extended, reminding, and climbing the chain when they run out."""

from __future__ import annotations

import datetime as dt

import pytest
from psycopg.types.range import TimestamptzRange

from shouwang.core.calendar import Limit, Span
from shouwang.journal.models import Entry
from shouwang.matters import clocks
from shouwang.matters.clocks import (
    ClockNotRunning,
    ExtensionTooLate,
    NotExtendable,
    PauseNotAllowed,
    PersonNotTold,
    extend_clock,
    in_time,
    resume_clock,
    stop_clock,
)
from shouwang.matters.deadlines import held_by_whom, recompute_estimates, tick
from shouwang.matters.models import Clock, Matter
from shouwang.matters.sorts import Deadline
from shouwang.matters.steps import take_step
from shouwang.matters.tests.conftest import errand_kind
from shouwang.people.access import NotAllowed

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def verbs(matter) -> list[str]:
    return list(Entry.objects.filter(subject=matter.pk).order_by("id").values_list("verb", flat=True))


def answer_clock(matter) -> Clock:
    return matter.clocks.get(rule="answer")


def test_a_clock_is_met_by_its_step_and_says_whether_in_time(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)
    take_step(matter, "mark", by=world.fang, at=noon)

    take_step(matter, "end", by=world.fang, at=noon + HOUR)

    assert answer_clock(matter).met_at == noon + HOUR
    assert in_time(answer_clock(matter))


def test_the_last_instant_belongs_to_the_time(noon):
    assert in_time(Clock(due_at=noon, met_at=noon))
    assert not in_time(Clock(due_at=noon, met_at=noon + dt.timedelta(microseconds=1)))
    assert not in_time(Clock(due_at=noon, met_at=None))


def test_a_clock_of_a_state_ends_with_the_state(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon + MINUTE)

    assert matter.clocks.get(rule="state.asked").met_at == noon + MINUTE


@pytest.mark.item("S-GRD-003")
def test_a_clock_that_runs_out_climbs_tier_by_tier_with_who_held_it_and_how_long(world, an_errand, noon):
    matter = an_errand()

    tick(noon + HOUR)  # one hour in the first state is over: from Shen to the station head
    tick(noon + 2 * HOUR)  # one more: to the bureau head
    tick(noon + 3 * HOUR)  # nobody above

    held = held_by_whom(matter, "state.asked", noon + 3 * HOUR)
    assert held == [(world.shen.post.pk, 3600), (world.lin.post.pk, 3600), (world.cheng.post.pk, 3600)]
    climbs = list(Entry.objects.filter(verb="clock.climb").order_by("id"))
    assert [one.topic for one in climbs] == ["matter.escalated"] * 3
    assert [one.particulars.values["at_the_top"] for one in climbs] == [False, False, True]
    matter.refresh_from_db()
    assert matter.responsible == world.shen.post  # he answers for it still; the clock stands higher


def test_nothing_climbs_before_its_time_and_nothing_twice(world, an_errand, noon):
    matter = an_errand()

    tick(noon + HOUR - dt.timedelta(seconds=1))
    before = matter.clocks.get(rule="state.asked").level
    tick(noon + HOUR)
    tick(noon + HOUR)

    assert (before, matter.clocks.get(rule="state.asked").level) == (0, 1)


def test_staff_are_reminded_at_half_and_four_fifths_and_a_day_after(world, an_errand, noon):
    matter = an_errand()
    clock = answer_clock(matter)
    span = clock.due_at - noon
    take_step(matter, "go", by=world.fang, at=noon)  # the clock of the state is out of the way

    for share in (0.5, 0.8, 1.0):
        tick(noon + share * span)
    tick(clock.due_at + dt.timedelta(days=1))

    told = [one.particulars.values.get("mark", one.verb) for one in Entry.objects.filter(
        topic__in=["matter.reminded", "matter.escalated"], subject=matter.pk).order_by("id")]  # fmt: skip
    assert told == ["50%", "80%", "clock.climb", "+1d"]


def test_after_a_standstill_an_overdue_clock_climbs_at_once_without_late_reminders(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)
    late = answer_clock(matter).due_at + HOUR

    tick(late)

    assert answer_clock(matter).level == 1
    assert "clock.remind" not in verbs(matter)


def test_whom_the_matter_excludes_is_skipped_on_the_way_up(world, an_errand, noon):
    matter = an_errand(not_persons=[world.lin.person_id])

    tick(noon + HOUR)

    assert matter.clocks.get(rule="state.asked").holder == world.cheng.post.pk


def test_an_excluded_office_is_skipped_with_all_who_belong_to_it(world, an_errand, noon):
    matter = an_errand(by=world.cheng, not_areas=[world.station.number], verb=None)

    assert matter.responsible == world.cheng.post
    tick(noon + HOUR)
    assert matter.clocks.get(rule="state.asked").holder == world.cheng.post.pk


def test_a_sealed_matter_climbs_its_named_list_and_then_the_stand_in(world, an_errand, noon):
    matter = an_errand(verb=None, sealed_to=[world.shen.post.pk, world.zhou.post.pk], stand_in=world.gu.post.pk)

    holders, seen = [], []
    for hours in (1, 2, 3):
        seen.append(Matter.objects.visible_to(world.gu, noon).exists())
        tick(noon + hours * HOUR)
        holders.append(matter.clocks.get(rule="state.asked").holder)

    assert seen == [False, False, True]  # the stand-in sees it once it has climbed to him
    assert holders == [world.zhou.post.pk, world.gu.post.pk, world.gu.post.pk]


def test_a_cover_holds_the_clock_in_place_of_whom_he_stands_in_for(world, an_errand, noon, owner_sql):
    from shouwang.people.models import Post

    Post.objects.create(
        person=world.zhou.person, role="station_head", area=world.station, acting_for=world.lin.post,
        during=TimestamptzRange(noon - HOUR, noon + 5 * HOUR),
    )  # fmt: skip
    matter = an_errand()

    tick(noon + HOUR)

    holder = Post.objects.get(pk=matter.clocks.get(rule="state.asked").holder)
    assert holder.person == world.zhou.person


def test_a_stopped_clock_neither_reminds_nor_climbs_and_goes_on_later(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)
    due = answer_clock(matter).due_at

    stop_clock(answer_clock(matter), reason="appraisal", person_told=False, by=world.fang, at=noon)
    tick(due + HOUR)
    resume_clock(answer_clock(matter), by=world.fang, at=noon + dt.timedelta(days=2))

    assert answer_clock(matter).level == 0
    assert answer_clock(matter).due_at == dt.datetime(2026, 3, 17, 16, tzinfo=dt.UTC)  # 16th and 17th remain


def test_a_hearing_stops_a_clock_only_after_the_person_was_told(world, an_errand, noon):
    clock = answer_clock(an_errand())

    with pytest.raises(PersonNotTold):
        stop_clock(clock, reason="hearing", person_told=False, by=world.fang, at=noon)
    with pytest.raises(PauseNotAllowed):
        stop_clock(clock, reason="holiday", person_told=True, by=world.fang, at=noon)
    stop_clock(clock, reason="hearing", person_told=True, by=world.fang, at=noon)
    with pytest.raises(ClockNotRunning):
        stop_clock(clock, reason="hearing", person_told=True, by=world.fang, at=noon)


@pytest.fixture
def extendable(monkeypatch):
    limit = Limit(3, Span.WORKING_DAY, extendable_by=2, approver_role="station_head")
    from shouwang.matters import kinds

    deadline = Deadline("answer", errand_kind().label, ("open",), ("end",), {None: limit})
    monkeypatch.setitem(kinds._kinds, "errand", errand_kind(deadlines=(deadline,)))


def test_a_limit_is_extended_once_by_its_approver_before_it_runs_out(world, extendable, an_errand, noon):
    clock = answer_clock(an_errand())

    with pytest.raises(NotAllowed):
        extend_clock(clock, reason="lab", person_told=True, by=world.fang, at=noon)
    with pytest.raises(PersonNotTold):
        extend_clock(clock, reason="lab", person_told=False, by=world.lin, at=noon)
    extend_clock(clock, reason="lab", person_told=True, by=world.lin, at=noon)

    assert clock.due_at == dt.datetime(2026, 3, 17, 16, tzinfo=dt.UTC)
    with pytest.raises(NotExtendable):
        extend_clock(clock, reason="lab", person_told=True, by=world.lin, at=noon)


def test_a_stop_after_an_extension_keeps_what_was_added(world, extendable, an_errand, noon):
    clock = answer_clock(an_errand())
    extend_clock(clock, reason="lab", person_told=True, by=world.lin, at=noon)
    extended = clock.due_at

    stop_clock(clock, reason="appraisal", person_told=False, by=world.fang, at=noon + MINUTE)
    resume_clock(clock, by=world.fang, at=noon + 2 * MINUTE)

    assert clock.due_at == extended


def test_what_has_run_out_is_explained_and_not_extended(world, extendable, an_errand, noon):
    clock = answer_clock(an_errand())

    with pytest.raises(ExtensionTooLate):
        extend_clock(clock, reason="lab", person_told=True, by=world.lin, at=clock.due_at + MINUTE)


def test_a_higher_urgency_shortens_the_running_clocks(world, an_errand, noon):
    matter = an_errand()
    clock = answer_clock(matter)

    matter.urgency = 1
    clocks.turn_clocks(matter, "say", matter.state, by=world.fang, at=noon + MINUTE)

    assert answer_clock(matter).due_at == noon + 10 * MINUTE
    assert clock.due_at != noon + 10 * MINUTE


def test_an_end_in_a_year_not_announced_is_marked_and_worked_out_again(world, an_errand, monkeypatch):
    new_years_eve = dt.datetime(2026, 12, 30, 4, tzinfo=dt.UTC)
    clock = answer_clock(an_errand(at=new_years_eve))
    assert clock.estimated
    guessed = clock.due_at

    from shouwang.core import calendar

    off, made_up, years = calendar._table()
    table = (off | {dt.date(2027, 1, 1), dt.date(2027, 1, 4)}, made_up, years | {2027})
    monkeypatch.setattr(calendar, "_table", lambda: table)

    assert recompute_estimates(new_years_eve) == 1
    clock.refresh_from_db()
    assert not clock.estimated
    assert clock.due_at == guessed + dt.timedelta(days=1)
    assert clock.matter.due_at <= clock.due_at


def test_many_clocks_are_dealt_with_in_one_tick(world, an_errand, noon):
    for _each in range(40):
        an_errand()

    tick(noon + HOUR)

    assert Clock.objects.filter(rule="state.asked", level=1).count() == 40


def test_clocks_are_stopped_resumed_and_extended_by_steps_with_their_own_rules(world, extendable, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)
    told = {"rule": "answer", "person_told": True}

    with pytest.raises(NotAllowed):
        take_step(matter, "stop_clock", by=world.ming, at=noon, reason="hearing", **told)
    with pytest.raises(ClockNotRunning):
        take_step(matter, "resume_clock", by=world.fang, at=noon, rule="answer")
    matter = take_step(matter, "stop_clock", by=world.fang, at=noon, reason="hearing", **told)
    assert matter.due_at is None
    matter = take_step(matter, "resume_clock", by=world.fang, at=noon + HOUR, rule="answer")
    assert matter.due_at == answer_clock(matter).due_at
    due = matter.due_at
    with pytest.raises(NotAllowed):
        take_step(matter, "extend_clock", by=world.fang, at=noon + HOUR, reason="lab", **told)
    matter = take_step(matter, "extend_clock", by=world.lin, at=noon + HOUR, reason="lab", **told)
    assert matter.due_at > due


def test_the_role_of_the_jobs_can_do_what_time_asks(world, an_errand, noon, as_role):
    from shouwang.matters.drafts import purge_drafts
    from shouwang.matters.passing import adopt_orphans

    matter = an_errand()
    with as_role("jobs"):
        tick(noon + HOUR)
        adopt_orphans(noon + HOUR)
        recompute_estimates(noon + HOUR)
        purge_drafts(noon + HOUR)

    assert matter.clocks.get(rule="state.asked").level == 1
