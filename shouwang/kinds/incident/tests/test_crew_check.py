"""CFS-08: two sworn officers to question, inspect or coerce; one with auxiliaries only if it was recorded."""

from __future__ import annotations

import pytest

from shouwang.kinds.incident.checks import RecorderMissing, SwornNeeded, TwoSwornNeeded
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.access import NotAllowed, NotVisible


@pytest.mark.parametrize("step", ["question", "inspect", "coerce"])
def test_two_sworn_officers_question_inspect_and_coerce(world, on_scene, noon, step):
    call = take_step(on_scene(world.ming, world.li), step, by=world.ming, at=noon)

    assert call.facts["enforced"][-1]["act"] == step
    assert call.facts["enforced"][-1]["recorder"] == "5120471"


@pytest.mark.parametrize("step", ["question", "inspect", "coerce"])
def test_one_sworn_officer_with_an_auxiliary_does_not(world, on_scene, noon, step):
    call = on_scene(world.ming, world.he)

    with pytest.raises(TwoSwornNeeded) as caught:
        take_step(call, step, by=world.ming, at=noon)

    assert caught.value.given == {"there": 1}


@pytest.mark.parametrize(("who", "problem"), [("zhao", NotVisible), ("he", NotAllowed), ("fang", NotAllowed)])
def test_only_a_sworn_post_of_this_ground_takes_them(world, on_scene, noon, who, problem):
    with pytest.raises(problem):
        take_step(on_scene(), "question", by=getattr(world, who), at=noon)


def test_the_button_says_why_it_is_shut(world, on_scene, noon):
    shut = {one.step.name: one.why for one in steps_open_to(on_scene(world.ming), world.ming, noon, with_reasons=True)}

    assert isinstance(shut["question"], TwoSwornNeeded)
    assert shut["mediate"] is None


def test_without_a_recorder_the_reason_is_typed(world, on_scene, noon):
    call = on_scene(world.ming, world.li, recorder="")

    with pytest.raises(RecorderMissing):
        take_step(call, "question", by=world.ming, at=noon)
    call = take_step(call, "question", by=world.ming, at=noon, no_recorder_reason="设备没电")

    assert call.facts["enforced"][-1]["no_recorder_reason"] == "设备没电"


def test_one_officer_mediates_with_auxiliaries_if_it_is_recorded(world, on_scene, noon):
    assert take_step(on_scene(world.ming, world.he), "mediate", by=world.ming, at=noon).facts["enforced"]
    with pytest.raises(SwornNeeded):
        take_step(on_scene(world.he), "mediate", by=world.ming, at=noon)


def test_what_one_officer_handled_unrecorded_is_not_closed_without_saying_why(world, on_scene, noon):
    alone = on_scene(world.guan, recorder="")

    with pytest.raises(RecorderMissing):
        take_step(alone, "close", by=world.fang, at=noon, outcome="advice")
    closed = take_step(alone, "close", by=world.fang, at=noon, outcome="advice", no_recorder_reason="设备送修")

    assert closed.phase == "done"


@pytest.mark.parametrize("crew", [("ming", "li"), ("guan",)])
def test_two_officers_or_a_recording_close_without_further_words(world, on_scene, noon, crew):
    recorder = "" if len(crew) == 2 else "5120481"
    call = on_scene(*(getattr(world, one) for one in crew), recorder=recorder)

    assert take_step(call, "close", by=world.fang, at=noon, outcome="advice").phase == "done"


def test_what_nobody_went_to_needs_no_recording(world, a_call, noon):
    assert take_step(a_call(), "close", by=world.fang, at=noon, outcome="advice").phase == "done"
