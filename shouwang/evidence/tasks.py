"""What evidence does by itself: files that a dying process left behind are removed at night."""

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.periodic(cron="37 19 * * *")  # 03:37 in Shanghai
@queue.task(name="evidence.sweep", queue="nightly", queueing_lock="evidence.sweep")
def sweep_files(timestamp: int) -> None:
    from shouwang.evidence.purging import sweep

    sweep(at=now())
