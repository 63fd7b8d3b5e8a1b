"""Once a day, before work begins: wishes that are due become visits."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.kinds.visit.wishes import open_due


@queue.periodic(cron="5 6 * * *")
@queue.task(name="visit.open_due", queue="clocks", queueing_lock="visit.open_due")
def due(timestamp: int) -> int:
    """How many were opened."""
    return open_due(now())
