"""Jobs of duty: working out a roster takes up to a minute and is never done in a request."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.task(name="duty.work_out", queue="planning", lock="duty.work_out")
def work_out(roster: str) -> None:
    from shouwang.duty.rosters import solving

    solving.work_out(UUID(roster), at=now())
