"""The demo's events: one waits for approval, one runs with held posts, and two communities work together."""

from __future__ import annotations

from shouwang.core import clock
from shouwang.demo import secured
from shouwang.kinds.event.counting import inside, person_times
from shouwang.kinds.event.holding import board_of
from shouwang.kinds.joint_task.sharing import notes_for
from shouwang.matters.models import Matter


def test_a_festival_waits_a_market_runs_and_a_joint_task_is_under_way(world):
    at = clock.now()
    secured.play(world, at)

    states = dict(Matter.objects.filter(kind="event").values_list("gist", "state"))
    assert states == {"桥头灯会": "planned", "河埠广场冬季集市": "running"}
    market = Matter.objects.get(state="running", kind="event")
    assert [one.status for one in board_of(market, at)] == ["held", "held", "vacant"]
    assert (inside(market).now, person_times([market.pk], at)[market.pk].n) == (462, 4)
    joint = Matter.objects.get(kind="joint_task")
    assert (joint.state, len(notes_for(joint, world.shen, at))) == ("running", 2)
