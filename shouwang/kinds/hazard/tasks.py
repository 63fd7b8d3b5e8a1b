"""Once a day, before work begins, what falls due becomes a hazard; and a new sweep gets its premises."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.kinds.hazard.items import open_due
from shouwang.kinds.hazard.sweeping import fill


@queue.periodic(cron="10 6 * * *")
@queue.task(name="hazard.open_due", queue="clocks", queueing_lock="hazard.open_due")
def due(timestamp: int) -> int:
    """How many were opened."""
    return open_due(now())


@queue.task(name="hazard.fill_sweep", queue="clocks")
def fill_sweep(sweep: str) -> int:
    """How many premises the register knows for it."""
    return fill(UUID(sweep))
