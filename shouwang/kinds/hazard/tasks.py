"""Once a day, before work begins: what falls due becomes a hazard."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.kinds.hazard.items import open_due


@queue.periodic(cron="10 6 * * *")
@queue.task(name="hazard.open_due", queue="clocks", queueing_lock="hazard.open_due")
def due(timestamp: int) -> int:
    """How many were opened."""
    return open_due(now())
