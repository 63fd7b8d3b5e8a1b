"""The story of a call, from the ring to the caller's answer, and who may take which step."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.journal.models import Entry
from shouwang.kinds.incident.checks import TooLateToReopen
from shouwang.kinds.incident.effects import AlreadyAnswered
from shouwang.kinds.incident.stamps import StampInFuture, StampTooEarly, minutes_of, times_of
from shouwang.kinds.incident.tests.conftest import HEBU_01, MINUTE
from shouwang.matters.asking import GivenWrong
from shouwang.matters.models import Opening
from shouwang.matters.steps import StepNotOpen, steps_open_to, take_step
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.models import Grant

AMENDED = {"stamp": "called_at", "happened_at": "2026-03-10T11:58+08:00", "reason": "录音"}


def owned_by(person, matter, at) -> None:
    Grant.objects.create(kind="filed", person=person, subject=matter.pk, given_at=at)


def test_the_whole_story_sets_the_fourteen_times_in_order(world, a_call, noon, there):
    call = a_call()
    there(world.ming, world.li)
    owned_by(world.wang.person, call, noon)

    def then(minutes, step, who, **given):
        nonlocal call
        call = take_step(call, step, by=getattr(world, who).afresh(), at=noon + minutes * MINUTE, **given)

    then(1, "accept", "fang")
    then(2, "dispatch", "fang")
    then(3, "acknowledge", "ming")
    then(4, "depart", "ming")
    then(9, "arrive", "ming")
    then(12, "report", "ming")
    then(30, "feed_back", "ming", outcome="mediated", feedback="双方和解")
    then(31, "finish", "ming")
    then(40, "verify", "fang")
    then(45, "close", "fang", outcome="mediated")
    then(300, "answer", "wang", rating=5, comment="来得快")

    assert (call.state, call.phase, call.outcome) == ("closed", "done", "mediated")
    times = {name: int((at - noon) / MINUTE) for name, at in times_of(call).items()}
    assert times == {
        "called_at": 0, "answered_at": 0, "accepted_at": 1, "classified_at": 0, "dispatched_at": 2,
        "acknowledged_at": 3, "departed_at": 4, "arrived_at": 9, "first_report_at": 12, "handled_at": 31,
        "fed_back_at": 30, "verified_at": 40, "closed_at": 45, "called_back_at": 300,
    }  # fmt: skip
    topics = list(Entry.objects.filter(subject=call.pk).order_by("id").values_list("topic", flat=True))
    assert topics[0] == "matter.new"
    assert topics.count("matter.done") == 1
    assert topics.count("matter.waiting") == 2


def test_a_sent_in_report_is_received_and_then_read(world, a_call, noon):
    report = a_call(channel="online", urgency=2)

    assert report.state == "received"
    assert list(times_of(report)) == ["called_at"]
    assert report.clocks.get(rule="read").due_at == noon + MINUTE

    report = take_step(report, "read", by=world.fang, at=noon + MINUTE / 2)
    assert report.state == "read"
    assert report.clocks.get(rule="read").met_at == noon + MINUTE / 2


def test_a_call_can_be_sent_to_at_once_and_counts_as_accepted(world, a_call, noon):
    call = take_step(a_call(), "dispatch", by=world.fang, at=noon + MINUTE)

    assert call.state == "dispatched"
    assert times_of(call)["accepted_at"] == noon + MINUTE
    assert call.facts["disposition"] == "accepted_receipt"


@pytest.mark.parametrize(
    ("step", "given", "right", "wrong_here"),
    [
        ("accept", {}, "fang", "ming"),
        ("dispatch", {}, "fang", "ming"),
        ("reclassify", {"subkind": "help.fall"}, "shen", "he"),
        ("set_urgency", {"urgency": 1, "reason": "有人流血"}, "fang", "ming"),
        ("set_alarm", {"alarm_level": 3, "reason": "人手不够"}, "fang", "ming"),
        ("close", {"outcome": "advice"}, "ming", "he"),
        ("transfer", {"disposition": "to_12345", "passed_to": "12345", "person_told": True}, "fang", "ming"),
        ("edit_gist", {"gist": "两人"}, "he", "an"),
        ("amend_stamp", AMENDED, "fang", "ming"),
        ("correct_place", {"lon": 111.4262, "lat": 27.6861, "place_text": "桥西路14号"}, "fang", "ming"),
    ],
)
def test_four_quadrants_of_the_desks_steps(world, a_call, noon, step, given, right, wrong_here):
    call, at = a_call(), noon + MINUTE

    for who, problem in (("zhao", NotVisible), (wrong_here, NotAllowed), ("stranger", NotVisible)):
        with pytest.raises(problem):
            take_step(call, step, by=getattr(world, who), at=at, **given)
    assert take_step(call, step, by=getattr(world, right), at=at, **given).version == 2


@pytest.mark.parametrize(
    ("step", "given", "wrong_here"),
    [
        ("first_handling", {"safe": True}, "an"),
        ("hand_to", {"handed_to": "刑侦大队"}, "an"),
        ("rescue", {"ambulance_reference": "120-7"}, "an"),
        ("feed_back", {"outcome": "mediated", "feedback": "和解"}, "an"),
        ("report", {}, "fang"),
        ("finish", {}, "fang"),
        ("stand_down", {}, "ming"),
    ],
)
def test_four_quadrants_of_the_steps_at_the_scene(world, on_scene, noon, step, given, wrong_here):
    call = on_scene()
    right = world.fang if step == "stand_down" else world.ming

    for who, problem in (("zhao", NotVisible), (wrong_here, NotAllowed), ("stranger", NotVisible)):
        with pytest.raises(problem):
            take_step(call, step, by=getattr(world, who), at=noon, **given)
    assert take_step(call, step, by=right, at=noon, **given).version == call.version + 1


def test_crews_take_their_steps_in_any_order_that_goes_forward(world, a_call, noon):
    call = take_step(a_call(), "dispatch", by=world.fang, at=noon)

    call = take_step(call, "arrive", by=world.ming, at=noon + MINUTE)

    assert call.state == "on_scene"
    with pytest.raises(StepNotOpen):
        take_step(call, "depart", by=world.ming, at=noon + MINUTE)


def test_when_no_crew_is_left_the_call_waits_for_the_desk_again_with_its_clock(world, on_scene, noon):
    call = take_step(on_scene(), "stand_down", by=world.fang, at=noon + 2 * MINUTE)

    assert (call.state, call.phase) == ("accepted", "active")
    assert call.clocks.unmet().filter(rule="dispatch").exists()


def test_the_steps_of_crews_are_no_buttons(world, on_scene, noon):
    names = {one.step.name for one in steps_open_to(on_scene(), world.fang, noon)}

    assert "close" in names
    assert not names & {"dispatch", "acknowledge", "depart", "arrive", "report", "finish", "stand_down"}


def test_closing_needs_an_outcome_and_a_case_its_reference(world, on_scene, noon):
    call = on_scene()

    for given in ({}, {"outcome": "won"}, {"outcome": "case_opened"}):
        with pytest.raises(GivenWrong):
            take_step(call, "close", by=world.fang, at=noon, **given)
    call = take_step(call, "close", by=world.fang, at=noon, outcome="case_opened", case_reference="A4313992603")
    assert call.facts["case_reference"] == "A4313992603"


def test_a_call_on_which_a_crew_is_driving_is_not_closed_behind_its_back(world, a_call, noon):
    call = take_step(a_call(), "dispatch", by=world.fang, at=noon)

    with pytest.raises(StepNotOpen):
        take_step(call, "close", by=world.fang, at=noon, outcome="advice")


def test_what_is_not_ours_is_passed_on_within_a_day_and_only_after_the_caller_was_told(world, a_call, noon):
    call = take_step(a_call(), "not_ours", by=world.fang, at=noon, reason="属交警")
    assert call.clocks.get(rule="transfer").due_at == noon + dt.timedelta(hours=24)

    given = {"disposition": "transferred", "passed_to": "县交警大队"}
    with pytest.raises(GivenWrong) as caught:
        take_step(call, "transfer", by=world.fang, at=noon, **given)
    assert caught.value.field == "person_told"
    call = take_step(call, "transfer", by=world.fang, at=noon, person_told=True, **given)
    assert (call.phase, call.outcome, call.facts["passed_to"]) == ("done", "transferred", "县交警大队")


def test_a_closed_call_is_opened_again_within_thirty_days(world, on_scene, noon):
    call = take_step(on_scene(), "close", by=world.fang, at=noon, outcome="advice")

    with pytest.raises(TooLateToReopen):
        take_step(call, "reopen", by=world.fang, at=noon + dt.timedelta(days=30, seconds=1), reason="又来了")
    call = take_step(call, "reopen", by=world.fang, at=noon + dt.timedelta(days=30), reason="又来了")
    assert (call.state, call.closed_at, call.outcome) == ("accepted", None, "")
    assert call.clocks.unmet().filter(rule="close").exists()


def test_a_time_is_amended_only_by_adding_and_both_stay(world, a_call, noon):
    call = a_call()

    earlier = dt.datetime(2026, 3, 10, 3, 55, tzinfo=dt.UTC)
    call = take_step(call, "amend_stamp", by=world.fang, at=noon, **_amended("called_at", earlier))

    assert times_of(call)["called_at"] == earlier
    assert list(call.stamps.filter(name="called_at").order_by("id").values_list("at", "amends")) == [
        (noon, False), (earlier, True),
    ]  # fmt: skip


def _amended(name, when) -> dict:
    return {"stamp": name, "happened_at": when, "reason": "以录音为准"}


def test_a_time_in_the_future_or_of_long_ago_is_refused(world, a_call, noon):
    call = a_call()

    with pytest.raises(StampInFuture):
        take_step(call, "amend_stamp", by=world.fang, at=noon, **_amended("called_at", noon + MINUTE))
    long_ago = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(StampTooEarly):
        take_step(call, "amend_stamp", by=world.fang, at=noon, **_amended("called_at", long_ago))


def test_minutes_of_each_step_can_be_read(world, on_scene):
    assert ("called_at", "answered_at", 0) in minutes_of(on_scene())


@pytest.mark.item("S-CMD-019")
def test_first_handling_is_a_check_list_and_then_a_hand_over_with_time_and_receiver(world, on_scene, noon):
    call = on_scene()

    call = take_step(call, "first_handling", by=world.he, at=noon, safe=True, injured=2)
    call = take_step(call, "first_handling", by=world.ming, at=noon, support_asked="yes")
    call = take_step(call, "hand_to", by=world.ming, at=noon, handed_to="刑侦大队 高明")

    assert call.facts["first_handling"] == {
        "safe": True, "injured": 2, "support_asked": True, "at": noon.isoformat(),
    }  # fmt: skip
    assert call.facts["handed_to"] == {"receiver": "刑侦大队 高明", "at": noon.isoformat()}


@pytest.mark.item("S-CMD-010")
def test_a_rescue_keeps_first_aid_ambulance_and_family_each_with_its_time(world, on_scene, noon):
    call = on_scene(subkind="help.illness")

    given = {"first_aid_at": "2026-03-10 12:03", "ambulance_reference": "120-77"}
    call = take_step(call, "rescue", by=world.he, at=noon, **given)
    call = take_step(call, "rescue", by=world.ming, at=noon, family_told_at="2026-03-10 12:20")

    assert call.facts["rescue"]["ambulance_reference"] == "120-77"
    assert set(call.facts["rescue"]) == {"first_aid_at", "ambulance_reference", "family_told_at"}
    with pytest.raises(GivenWrong):
        take_step(call, "rescue", by=world.he, at=noon)


@pytest.mark.item("S-CMD-028")
def test_the_reporter_follows_withdraws_and_corrects_his_own_and_nobody_elses(world, a_call, noon):
    mine, other = a_call(channel="online"), a_call(channel="online", point=HEBU_01)
    owned_by(world.wang.person, mine, noon)
    wang = world.wang.afresh()

    place = {"lon": 111.4285, "lat": 27.6832, "place_text": "桥西里3幢"}
    assert take_step(mine, "correct_own_place", by=wang, at=noon, **place).place_text == "桥西里3幢"
    assert {one.step.name for one in steps_open_to(mine, wang, noon)} == {"withdraw", "correct_own_place"}
    assert take_step(mine, "withdraw", by=wang, at=noon).phase == "void"
    for step in ("withdraw", "answer"):
        with pytest.raises(NotVisible):
            take_step(other, step, by=wang, at=noon)
    with pytest.raises(NotVisible):
        take_step(other, "accept", by=wang, at=noon)


def test_a_report_is_not_withdrawn_once_a_crew_is_sent(world, a_call, noon):
    call = take_step(a_call(), "dispatch", by=world.fang, at=noon)
    owned_by(world.wang.person, call, noon)

    with pytest.raises(StepNotOpen):
        take_step(call, "withdraw", by=world.wang.afresh(), at=noon)


def test_a_bad_answer_asks_for_a_follow_up_and_a_second_answer_is_refused(world, on_scene, noon):
    call = take_step(on_scene(), "close", by=world.fang, at=noon, outcome="advice")
    owned_by(world.wang.person, call, noon)
    wang = world.wang.afresh()

    take_step(call, "answer", by=wang, at=noon, rating=2, came_in_time="no", comment="没人解释")

    assert Opening.objects.get(matter=call).purpose == "follow_up"
    with pytest.raises(AlreadyAnswered):
        take_step(call, "answer", by=wang, at=noon, rating=5)


def test_a_good_answer_asks_for_nothing(world, on_scene, noon):
    call = take_step(on_scene(), "close", by=world.fang, at=noon, outcome="advice")

    take_step(call, "call_back", by=world.fang, at=noon, rating=4)

    assert not Opening.objects.exists()
    assert call.answers.get().by_telephone


def test_every_step_has_its_sentence_in_the_journal():
    from shouwang.journal.sentences import has_sentence
    from shouwang.kinds.incident.kind import INCIDENT

    assert [name for name in ("open", *INCIDENT.steps) if not has_sentence(f"incident.{name}")] == []
