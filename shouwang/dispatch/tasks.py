"""Jobs of dispatch: the tick."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="* * * * * */5")
@queue.task(name="dispatch.tick", queue="clocks", queueing_lock="dispatch.tick")
def tick(timestamp: int) -> int:
    """Notice tasks that were not received or not signed."""
    from shouwang.dispatch import ticking

    return ticking.tick(now())
