"""What oversight does by itself: look at yesterday's notes, and pass on what nobody answered."""

import datetime as dt

from procrastinate.contrib.django import app as queue

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date, now


@queue.periodic(cron="47 20 * * *")  # 04:47 in Shanghai
@queue.task(name="oversight.look_for_findings", queue="nightly", queueing_lock="oversight.look_for_findings")
def look_at_yesterday(timestamp: int) -> None:
    from shouwang.oversight.findings import pass_on_unanswered
    from shouwang.oversight.searching import look_for_findings

    at = now()
    yesterday = local_date(dt.datetime.fromtimestamp(timestamp, dt.UTC)) - dt.timedelta(days=1)
    look_for_findings(yesterday, by=Actor.system(), at=at)
    pass_on_unanswered(by=Actor.system(), at=at)
