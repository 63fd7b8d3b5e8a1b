"""The nightly job of beats: what was covered is counted while the tracks of the day are there."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="40 1 * * *")
@queue.task(name="beats.count_days", queue="planning", queueing_lock="beats.count_days")
def count_days(timestamp: int) -> int:
    from shouwang.beats import counting

    return counting.count_days(now())
