"""Jobs of tracking, every night: days are made ahead; tracks whose time is over go before the general purge."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="57 18 * * *")  # 02:57 in Shanghai
@queue.task(name="tracking.purge", queue="nightly", queueing_lock="tracking.purge")
def purge(timestamp: int) -> tuple[int, int]:
    """Take away the bulk of old positions."""
    from shouwang.tracking.purging import purge_fixes

    return purge_fixes(now())


@queue.periodic(cron="37 18 * * *")
@queue.task(name="tracking.make_days", queue="nightly", queueing_lock="tracking.make_days")
def make_days(timestamp: int) -> int:
    """The tables of the coming week."""
    from shouwang.tracking.days import make_days as make

    return make(now())
