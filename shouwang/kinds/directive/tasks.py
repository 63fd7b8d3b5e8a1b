"""Shortly after midnight, and again through the day, warnings whose last day is over drop off."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.kinds.directive.issuing import expire_due


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="directive.expire_due", queue="clocks", queueing_lock="directive.expire_due")
def expire(timestamp: int) -> int:
    """How many ended."""
    return expire_due(now())
