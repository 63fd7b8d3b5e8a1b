"""Jobs of duty: working out a roster takes up to a minute and is never done in a request; orders that ran out."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.task(name="duty.work_out", queue="planning", lock="duty.work_out")
def work_out(roster: str) -> None:
    from shouwang.duty.rosters import solving

    solving.work_out(UUID(roster), at=now())


@queue.periodic(cron="* * * * *")
@queue.task(name="duty.note_ended", queue="clocks", queueing_lock="duty.note_ended")
def note_ended(timestamp: int) -> int:
    """Duty levels end by themselves; here it is put on record."""
    from shouwang.duty.levels import ordering

    return ordering.note_ended(now())


@queue.periodic(cron="* * * * * */5")
@queue.task(name="duty.escalate", queue="clocks", queueing_lock="duty.escalate")
def escalate(timestamp: int) -> int:
    """Alerts nobody took notice of are passed on."""
    from shouwang.duty import alerts

    return alerts.escalate(now())


@queue.periodic(cron="* * * * * */15")
@queue.task(name="duty.check_ins", queue="clocks", queueing_lock="duty.check_ins")
def check_ins(timestamp: int) -> int:
    """Timers that a rule begins, that end with a shift, that nobody answered."""
    from shouwang.duty import checking_in

    return checking_in.tick(now())
