"""Who is at the scene, as the crew check of a step asks it (CFS-08)."""

import pytest

from shouwang.dispatch import dispatching
from shouwang.kinds.incident.checks import TwoSwornNeeded
from shouwang.matters.presence import present_at
from shouwang.matters.steps import take_step


def test_a_crew_on_its_way_is_not_there_yet(world, call, noon, later):
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    assert present_at(call, later(1)) == []


def test_those_who_arrived_are_there_with_their_recorders_until_they_clear(world, call, noon, later):
    assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    dispatching.arrive(assignment=assignment, by=world.ming, at=later(100))

    there = {one.person: one for one in present_at(call, later(101))}
    assert set(there) == {world.ming.person_id, world.li.person_id, world.he.person_id}
    assert sum(one.sworn for one in there.values()) == 2
    assert there[world.ming.person_id].recorder == "5120471"
    dispatching.clear(assignment=assignment, by=world.ming, at=later(200))
    assert present_at(call, later(201)) == []


def test_one_sworn_officer_alone_cannot_question_until_support_arrives(world, call, noon, later):
    alone = dispatching.send_unit(matter=call, unit=world.hb1, by=world.fang, at=noon)
    dispatching.arrive(assignment=alone, by=world.guan, at=later(100))

    with pytest.raises(TwoSwornNeeded):
        take_step(call, "question", by=world.guan, at=later(101))
    support = dispatching.add_unit(matter=call, unit=world.qx1, by=world.fang, at=later(110))
    dispatching.arrive(assignment=support, by=world.ming, at=later(200))
    assert sum(one.sworn for one in present_at(call, later(201))) == 3
