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


@queue.task(name="dispatch.propose_moves", queue="planning", lock="dispatch.propose_moves")
def propose_moves(area: str) -> int:
    """Look whether crews of this ground should stand elsewhere; a few seconds at most."""
    from shouwang.dispatch import moving_up
    from shouwang.places.models import Area

    return len(moving_up.propose_moves(Area.objects.get(pk=area), at=now()))
