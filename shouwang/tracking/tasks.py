"""Jobs of tracking: who fell silent, each minute; at night days are made ahead and tracks end."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="57 18 * * *")  # 02:57 in Shanghai
@queue.task(name="tracking.purge", queue="nightly", queueing_lock="tracking.purge")
def purge(timestamp: int) -> tuple[int, int]:
    """Take away the bulk of old positions, and archives whose term is over."""
    from shouwang.tracking.archiving import end_keepings
    from shouwang.tracking.purging import purge_fixes

    at = now()
    end_keepings(at)
    return purge_fixes(at)


@queue.periodic(cron="37 18 * * *")
@queue.task(name="tracking.make_days", queue="nightly", queueing_lock="tracking.make_days")
def make_days(timestamp: int) -> int:
    """The tables of the coming week."""
    from shouwang.tracking.days import make_days as make

    return make(now())


@queue.periodic(cron="* * * * *")
@queue.task(name="tracking.silence", queue="upkeep", queueing_lock="tracking.silence")
def silence(timestamp: int) -> int:
    """Units on shift whose positions stopped within the last minute."""
    from shouwang.tracking.pipeline.notice import notice_silence

    at = now()
    return notice_silence(since=at - dt.timedelta(minutes=1), at=at)
