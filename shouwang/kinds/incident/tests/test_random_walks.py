"""Random people take random steps with random answers: whatever they do, the promises of the engine hold."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest

from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.timeline import lines_for
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.kinds.incident.kind import INCIDENT
from shouwang.matters import steps as engine
from shouwang.matters.deadlines import tick
from shouwang.matters.finding import grams_of, searched_text
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.models import Grant

PEOPLE = ("fang", "zhou", "lin", "shen", "ming", "li", "he", "wang", "zhao", "an", "stranger", "cheng")


def answers(step: str, dice: random.Random, call, other, world) -> dict:
    """Mostly what the step asks for, sometimes something else."""
    if dice.random() < 0.15:
        return dice.choice([{}, {"colour": "red"}, {"reason": ""}, {"urgency": 9}, {"lon": "nan", "lat": 1}])
    return {
        "reclassify": {"subkind": dice.choice(list(SUBKINDS))},
        "set_urgency": {"urgency": dice.randint(1, 4), "reason": "情况有变"},
        "set_alarm": {"alarm_level": dice.randint(1, 4), "reason": "人手不够"},
        "correct_place": {"lon": dice.uniform(111.41, 111.45), "lat": 27.69, "place_text": "桥西路3号"},
        "correct_own_place": {"lon": dice.uniform(111.42, 111.44), "lat": 27.69, "place_text": "桥西路5号"},
        "edit_gist": {"gist": dice.choice(["两人", "三人", "一人受伤"])},
        "close": {"outcome": dice.choice(["advice", "false_call"]), "no_recorder_reason": "没电"},
        "transfer": {"disposition": "to_12345", "passed_to": "12345", "person_told": True},
        "reopen": {"reason": "又来了"},
        "amend_stamp": {"stamp": "called_at", "happened_at": call.opened_at.isoformat(), "reason": "录音"},
        "first_handling": {"safe": True},
        "hand_to": {"handed_to": "刑侦"},
        "rescue": {"ambulance_reference": "120-1"},
        "question": {"recorder": "1"},
        "inspect": {"recorder": "1"},
        "coerce": {"no_recorder_reason": "没电"},
        "mediate": {},
        "feed_back": {"outcome": "mediated", "feedback": "和解"},
        "answer": {"rating": dice.randint(1, 5)},
        "call_back": {"rating": dice.randint(1, 5)},
        "not_ours": {"reason": "属城管"},
        "merge": {"into": dice.choice([other.pk, call.pk])},
        "unmerge": {"reason": "另一件"},
        "hand_over": {"to": getattr(world, dice.choice(PEOPLE)).person_id, "reason": "休假"},
        "seal": {"named": [world.zhou.post.pk, world.shen.post.pk], "reason": "隐私"},
        "unseal": {"reason": "已公开"},
        "stop_clock": {"rule": "close", "reason": "appraisal"},
        "resume_clock": {"rule": "close"},
        "extend_clock": {"rule": "close", "reason": "x", "person_told": True},
    }.get(step, {})


def broken_promises(call: Matter, taken: int) -> list[str]:
    unmet = list(call.clocks.unmet())
    ends = [clock.due_at for clock in unmet if clock.stopped_at is None]
    state = INCIDENT.state(call.state)
    own = Entry.objects.filter(subject=call.pk, verb__in=[f"incident.{name}" for name in ("open", *INCIDENT.steps)])
    found = {
        "phase fits the state": call.phase == state.phase,
        "closed time exactly when ended": (call.closed_at is None) == call.is_open,
        "an ended matter has no running clock": call.is_open or not unmet,
        "due is the first end": call.due_at == (min(ends) if ends else None),
        "somebody answers for it": call.responsible_id is not None,
        "one version a step": call.version == 1 + taken,
        "one entry a step": own.count() == 1 + taken,
        "the index fits the words": call.grams == grams_of(searched_text(call)),
        "joined exactly when merged": (call.merged_into_id is not None) == (call.state == "merged"),
        "never two running clocks of a rule": len({clock.rule for clock in unmet}) == len(unmet),
        "its area says where it lies": call.duty_path == call.area.duty_path,
    }
    return [promise for promise, kept in found.items() if not kept]


def walk(world, a_call, there, noon, seed: int, length: int = 25) -> list[str]:
    dice = random.Random(seed)
    call, other = a_call(channel=dice.choice(["phone", "online"])), a_call()
    Grant.objects.create(kind="filed", person=world.wang.person, subject=call.pk, given_at=noon)
    there(*dice.sample([world.ming, world.li, world.he], dice.randint(0, 3)))
    at, taken = noon, 0
    for _each in range(length):
        at += dt.timedelta(minutes=dice.randint(0, 90))
        if dice.random() < 0.3:
            tick(at)
            call.refresh_from_db()
        by = getattr(world, dice.choice(PEOPLE)).afresh()
        name = dice.choice(list(INCIDENT.steps))
        shown = {one.step.name for one in steps_open_to(call, by, at)}
        before = call.version
        try:
            call = take_step(call, name, by=by, at=at, **answers(name, dice, call, other, world))
            taken += 1
            if INCIDENT.step(name).by_hand and name not in shown:
                return [f"{name} was taken and was no button"]
        except Problem:
            call = Matter.objects.get(pk=call.pk)
            if call.version != before:
                return [f"{name} was refused and changed something"]
        if broken := broken_promises(call, taken):
            return [f"after {name}: {one}" for one in broken]
    return [f"{line.verb} reads “{line.text}”" for line in lines_for(call, "zh-hans") if not _reads_well(line.text)]


def _reads_well(text: str) -> bool:
    """A whole Chinese sentence: nothing left to fill in, no code, no English."""
    return not set("{}").intersection(text) and "还没有说法" not in text and re.search("[a-z]{3}", text) is None


@pytest.mark.parametrize("seed", range(12))
def test_random_steps_of_random_people_break_no_promise(world, a_call, there, noon, seed):
    assert walk(world, a_call, there, noon, seed) == []


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100, 500))
def test_four_hundred_more_walks_break_no_promise(world, a_call, there, noon, seed, record_property):
    record_property("size", 1)
    record_property("unit", "walks of 40 steps")
    assert walk(world, a_call, there, noon, seed, length=40) == []


@pytest.mark.control
def test_a_planted_fault_is_found(world, a_call, there, noon, monkeypatch):
    def forget_the_time(matter, state, at):
        matter.state, matter.phase = state.name, state.phase

    monkeypatch.setattr(engine, "enter", forget_the_time)

    assert any(walk(world, a_call, there, noon, seed) for seed in range(12))
