"""The second try, ten minutes after the first."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.kinds.vehicle.calling import second_tries


@queue.periodic(cron="* * * * *")
@queue.task(name="vehicle.second_tries", queue="clocks", queueing_lock="vehicle.second_tries")
def tell_once_more(timestamp: int) -> int:
    """How many were told again."""
    return second_tries(by=Actor.system(), at=now())
