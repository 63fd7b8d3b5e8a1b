"""A job at work on a batch: it says how far it is, stops in time, and never ends without saying so."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.models import Batch, BatchState
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record

LONGEST_S = 3600


class TookTooLong(Problem):
    code, status = "sheets.took_too_long", 503
    says = _(
        "This took longer than {minutes} minutes and was stopped. What is done stays done; begin again, or divide it."
    )


class StoppedInside(Problem):
    code, status = "sheets.stopped_inside", 500
    says = _("The work stopped at a fault of the programme; it is in the log. Tell whoever looks after the machine.")


class Work:
    """Progress of one batch. Each `step` is written at once, outside the transaction of the lines."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.until = batch, time.monotonic() + LONGEST_S

    def step(self, n_done: int, **columns: object) -> None:
        """Raises TookTooLong"""
        with acting(Actor.system()):
            Batch.objects.filter(pk=self.batch.pk).update(n_done=n_done, **columns)
        if time.monotonic() > self.until:
            raise TookTooLong(minutes=LONGEST_S // 60)

    def finish(self, verb: str, state: BatchState, *, at: dt.datetime, **columns: object) -> None:
        """The state it came to, and the one entry with its counts."""
        batch = self.batch
        for name, value in {**columns, "state": state}.items():
            setattr(batch, name, value)
        with acting(Actor.system()):
            batch.save(update_fields=["state", *columns])
            record(verb, topic="register.changed", subject=("sheet", batch.pk), area=batch.area, by=Actor.system(),
                   at=at, kind=batch.kind, asked_by=batch.asked_by, **batch.counts)  # fmt: skip


@contextmanager
def working_on(key: UUID, state: BatchState, *, at: dt.datetime) -> Iterator[Work | None]:
    """Work on a batch that waits for it; None where it does not, as after a repeated job."""
    batch = Batch.objects.select_related("area").filter(pk=key, state=state).first()
    if batch is None:
        yield None
        return
    work = Work(batch)
    try:
        with translation.override(batch.language):
            yield work
    except Problem as problem:
        _stopped(work, problem, at)
    except Exception:
        _stopped(work, StoppedInside(), at)
        raise


def _stopped(work: Work, problem: Problem, at: dt.datetime) -> None:
    with translation.override(work.batch.language):
        work.finish("sheet.stop", BatchState.FAILED, at=at, problem=problem.message[:300])
