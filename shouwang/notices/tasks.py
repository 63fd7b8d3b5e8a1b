"""The outbox by itself: sent as soon as something is put in, and looked through every ten seconds."""

from procrastinate.contrib.django import app as queue

from shouwang.core.clock import now


@queue.task(name="notices.send", queue="sending", lock="notices.send")
def send_what_is_due() -> None:
    from shouwang.notices.sending import send_due

    send_due(at=now(), clock=now)


@queue.periodic(cron="* * * * * */10")
@queue.task(name="notices.look_through", queue="sending", queueing_lock="notices.look_through", lock="notices.send")
def look_through(timestamp: int) -> None:
    from shouwang.notices.sending import send_due

    send_due(at=now(), clock=now)


@queue.periodic(cron="23 2 * * *")  # 10:23 in Shanghai
@queue.task(name="notices.remind_before_the_end", queue="nightly", queueing_lock="notices.remind_before_the_end")
def remind_authors_of_declarations(timestamp: int) -> None:
    from shouwang.notices.reminding import remind_before_the_end

    remind_before_the_end(at=now())
