"""Jobs about the queue itself."""

from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app as queue

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
