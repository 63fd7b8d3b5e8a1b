"""Jobs about the queue itself."""

from django.db import connection
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app as queue
from prometheus_client import Gauge

WAITING = Gauge("shouwang_jobs", "Jobs in the queue.", ["status"], multiprocess_mode="mostrecent")
DEAD_AFTER_S = 30
KEPT_H = 24 * 14


@queue.periodic(cron="* * * * *")
@queue.task(name="config.take_up_abandoned", queue="upkeep", queueing_lock="take_up_abandoned", pass_context=True)
async def take_up_abandoned(context: JobContext, timestamp: int) -> None:
    """Puts jobs back into the queue whose worker was killed in the middle of them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
        await manager.retry_job(job)


@queue.periodic(cron="17 3 * * *")
@queue.task(name="config.forget_old_jobs", queue="upkeep", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Removes what failed or was cancelled two weeks ago; what succeeded is removed at once."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_H, remove_failed=True, remove_cancelled=True)


@queue.periodic(cron="* * * * *")
@queue.task(name="config.count_jobs", queue="upkeep", queueing_lock="count_jobs")
def count_jobs(timestamp: int) -> None:
    """For `/metrics`: how many jobs wait, run and have failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s::text, count(j.id) FROM unnest(enum_range(NULL::procrastinate_job_status)) AS s"
            " LEFT JOIN procrastinate_jobs j ON j.status = s GROUP BY 1"
        )
        for status, count in cursor.fetchall():
            WAITING.labels(status).set(count)
