"""Jobs of sheets: one at a time, never in a request."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now
from shouwang.registry.linkage.tasks import link_now


@queue.task(name="sheets.check", queue="sheets", lock="sheets")
def check_batch(batch: str) -> None:
    from shouwang.connections.sheets.checking import check

    check(UUID(batch), at=now())


@queue.task(name="sheets.take_over", queue="sheets", lock="sheets")
def take_over_batch(batch: str) -> None:
    from shouwang.connections.sheets.taking_over import take_over

    take_over(UUID(batch), at=now())
    link_now.defer()  # who came by this sheet and was here already under another number


@queue.task(name="sheets.undo", queue="sheets", lock="sheets")
def undo_batch(batch: str) -> None:
    from shouwang.connections.sheets.taking_over import undo

    undo(UUID(batch), at=now())


@queue.task(name="sheets.forget", queue="sheets", lock="sheets")
def forget_batch(batch: str) -> None:
    from shouwang.connections.sheets.taking_over import forget

    forget(UUID(batch))
