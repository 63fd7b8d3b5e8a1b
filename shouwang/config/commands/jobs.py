"""Work off the queue: notices, reactions, clocks, purges."""

import argparse

ROLE = "jobs"
DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="stop when the queue is empty")
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time (2)")


def run(options: argparse.Namespace) -> None:
    from procrastinate.contrib.django import app

    from shouwang.config.settling import settle

    # Why not replace the queue's connector: jobs put other jobs into the queue in their own Django transaction,
    # so the tasks keep the app that does that; only the worker has connections of its own.
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    settle()
    worker.run_worker(
        wait=not options.once,
        concurrency=options.concurrency,
        fetch_job_polling_interval=1,
        shutdown_graceful_timeout=8,
        delete_jobs="successful",
    )
