"""Jobs of planning: working out a plan takes up to a minute and is never done in a request."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.task(name="planning.work_out", queue="planning", lock="planning.work_out")
def work_out(plan: str) -> None:
    from shouwang.planning import working_out

    working_out.work_out(UUID(plan), at=now())


@queue.task(name="planning.work_out_route", queue="planning", lock="planning.work_out")
def work_out_route(route: str) -> None:
    from shouwang.planning.routes import working_out

    working_out.work_out_route(UUID(route), at=now())
