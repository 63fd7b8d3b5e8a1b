"""What the registry does by itself: the daily purge, turning keys, and copies for residents who asked."""

from uuid import UUID

from procrastinate.contrib.django import app as queue

from shouwang.core.actor import Actor
from shouwang.core.clock import now


@queue.periodic(cron="17 19 * * *")  # 03:17 in Shanghai
@queue.task(name="registry.purge", queue="nightly", queueing_lock="registry.purge")
def purge_what_is_over(timestamp: int) -> None:
    from shouwang.registry.purging import run_purges

    run_purges(at=now())


@queue.periodic(cron="47 * * * *")
@queue.task(name="registry.rotate", queue="nightly", queueing_lock="registry.rotate")
def turn_to_the_active_key(timestamp: int) -> None:
    from shouwang.registry.bulk import rotate_identities, rotate_records
    from shouwang.registry.decoys import end_old_decoys

    rotate_identities(by=Actor.system(), at=now())
    rotate_records(by=Actor.system(), at=now())
    end_old_decoys(by=Actor.system(), at=now())


@queue.periodic(cron="7 17 * * *")  # 01:07 in Shanghai
@queue.task(name="registry.mark_stale", queue="nightly", queueing_lock="registry.mark_stale")
def mark_what_is_stale(timestamp: int) -> None:
    from shouwang.registry.evacuating import end_old_wishes
    from shouwang.registry.freshness import mark_stale

    mark_stale(by=Actor.system(), at=now())
    end_old_wishes(by=Actor.system(), at=now())


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="registry.escalate_emergencies", queue="clocks", queueing_lock="registry.escalate_emergencies")
def escalate_what_nobody_judged(timestamp: int) -> None:
    from shouwang.registry.emergencies import escalate_overdue

    escalate_overdue(by=Actor.system(), at=now())


@queue.task(name="registry.make_own_copy", queue="own_copies")
def make_own_copy(copy: str) -> None:
    from shouwang.registry.own_copy import make_copy

    make_copy(UUID(copy), at=now())


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="registry.notice_odd_looks", queue="clocks", queueing_lock="registry.notice_odd_looks")
def notice_what_is_odd(timestamp: int) -> None:
    from shouwang.registry.hearing import pass_on_unanswered
    from shouwang.registry.noticing import notice_odd_looks

    notice_odd_looks(by=Actor.system(), at=now())
    pass_on_unanswered(by=Actor.system(), at=now())
