"""Every ten seconds, what a branch did not answer in time goes to the duty lead."""

from __future__ import annotations

from procrastinate.contrib.django import app as queue

from shouwang.command.linkage import pass_unanswered
from shouwang.core.clock import now


@queue.periodic(cron="* * * * * */10")
@queue.task(name="command.pass_unanswered", queue="clocks", queueing_lock="command.pass_unanswered")
def pass_on(timestamp: int) -> int:
    """How many were passed on."""
    return pass_unanswered(now())
