"""The demo's patrols: one in each state."""

from __future__ import annotations

from shouwang.core import clock
from shouwang.demo import patrolled
from shouwang.patrols.models import Order, State


def test_there_is_a_patrol_in_each_state(world):
    patrolled.play(world, clock.now())

    assert {row.state for row in Order.objects.all()} == set(State.values)
