"""Each hour: which boards no longer say what is so."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.kinds.board.posting import open_what_is_due


@queue.periodic(cron="17 * * * *")
@queue.task(name="board.out_of_date", queue="clocks", queueing_lock="board.out_of_date")
def look_over_boards(timestamp: int) -> int:
    """How many tasks were opened."""
    return open_what_is_due(by=Actor.system(), at=now())
