"""Jobs of the desk: the last board goes to paper every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="* * * * *")
@queue.task(name="desk.spool", queue="upkeep", queueing_lock="desk.spool")
def spool_last_board(timestamp: int) -> None:
    from shouwang.desk.fallback.spooling import spool

    spool(now())
