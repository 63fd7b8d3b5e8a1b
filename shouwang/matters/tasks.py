"""Jobs of matters: clocks every ten seconds, posts that ended and drafts every minute, estimates once a day."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.matters import deadlines, drafts, passing

QUEUE = "clocks"


@queue.periodic(cron="* * * * * */10")
@queue.task(name="matters.tick", queue=QUEUE, queueing_lock="matters.tick")
def tick(timestamp: int) -> int:
    """Remind, and let what has run out climb."""
    return deadlines.tick(now())


@queue.periodic(cron="* * * * *")
@queue.task(name="matters.tidy", queue=QUEUE, queueing_lock="matters.tidy")
def tidy(timestamp: int) -> int:
    """Give matters of ended posts to whoever answers for the ground now, and forget old drafts."""
    return passing.adopt_orphans(now()) + drafts.purge_drafts(now())


@queue.periodic(cron="20 3 * * *")
@queue.task(name="matters.recompute_estimates", queue=QUEUE, queueing_lock="matters.recompute_estimates")
def recompute_estimates(timestamp: int) -> int:
    """Make estimated ends certain once the year's holidays are announced."""
    return deadlines.recompute_estimates(now())
