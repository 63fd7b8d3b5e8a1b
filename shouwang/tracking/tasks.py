"""Jobs of tracking: tracks whose time is over, every night before the general purge."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="57 18 * * *")  # 02:57 in Shanghai
@queue.task(name="tracking.purge", queue="nightly", queueing_lock="tracking.purge")
def purge(timestamp: int) -> int:
    """Take away the bulk of old positions."""
    from shouwang.tracking.purging import purge_fixes

    return purge_fixes(now())
