"""Jobs whose worker was killed are taken up again; the queue is counted."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue

from shouwang.config import tasks
from shouwang.config.database import place


@pytest.fixture
def abandoned(db, as_role):
    """A job that a worker took an hour ago and never ended."""
    queue.configure_task("some.task").defer()
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])


def _statuses(as_role):
    with as_role("jobs"), connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.committed
def test_a_job_whose_worker_was_killed_is_taken_up_again(abandoned, as_role, environment):
    from procrastinate import App, PsycopgConnector

    async def take_up():
        worker = App(connector=PsycopgConnector(kwargs=place.role_parameters(environment, "jobs")))
        async with worker.open_async():
            context = type("Context", (), {"app": worker})
            await tasks.take_up_abandoned(context, timestamp=0)

    asyncio.run(take_up())

    assert _statuses(as_role) == ["todo"]


def test_the_queue_is_counted_for_the_figures(abandoned, as_role):
    with as_role("jobs"):
        tasks.count_jobs(timestamp=0)

    assert tasks.WAITING.labels("doing")._value.get() == 1
    assert tasks.WAITING.labels("todo")._value.get() == 0
