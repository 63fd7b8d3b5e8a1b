"""The outbox: take up what is due, hand it to the channels, write down what became of it.

Three steps, so that a hanging peer holds no transaction and no lock: take up (one transaction, the only place that
reads numbers), deliver (threads, no database, a few seconds at most), settle (one transaction for each notice).
A notice taken up by a process that died is taken up again after a minute, under the same id.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Unavailable
from shouwang.journal.record import record
from shouwang.notices.addressing import address_all
from shouwang.notices.channels import OUTLETS, Letter, Receipt, Refused
from shouwang.notices.models import Channel, Notice, NoticeState
from shouwang.notices.quiet_hours import first_allowed, is_quiet
from shouwang.notices.wordings import WORDINGS

BATCH = 50
TAKEN_UP_FOR = dt.timedelta(seconds=60)
WAITS_S = (10, 60, 300, 1800, 7200, 21600)  # between attempts; after the last it has failed
DEADLINE_S = 20.0  # for one batch, whatever a peer does: one that trickles is put off like one that is silent
REST_S = 60.0  # a peer that did not answer is left alone this long

_resting: dict[Channel, float] = {}


@dataclass(frozen=True)
class Result:
    letter: Letter
    receipt: Receipt | None = None
    refused: str = ""
    retry_after_s: float | None = None


def send_due(*, at: dt.datetime, clock: Callable[[], dt.datetime] | None = None) -> int:
    """Send what is due at `at`; how many were handed over. `clock` stamps what comes after (default: `at`)."""
    results = deliver(take_up(at=at))
    for result in results:
        settle(result, at=clock() if clock else at)
    return sum(1 for result in results if result.receipt)


def take_up(*, at: dt.datetime) -> list[Letter]:
    """Claim what is due and make its letters; what has no way out is withheld, what came into the night is put off."""
    by = Actor.system()
    with acting(by):
        due = Notice.objects.select_for_update(skip_locked=True).filter(next_try_at__lte=at).order_by("next_try_at")
        notices = []
        for notice in due[:BATCH]:
            if is_quiet(at) and not (notice.life_safety or WORDINGS[notice.wording].at_night):
                notice.next_try_at = first_allowed(at)
                notice.save(update_fields=["next_try_at"])
            else:
                notices.append(notice)
        letters = address_all(notices, by=by, at=at) if notices else []
        for notice in notices:
            if notice.state != NoticeState.WITHHELD:
                notice.state, notice.next_try_at = NoticeState.SENDING, at + TAKEN_UP_FOR
                notice.attempts += 1
            notice.save(update_fields=["state", "why", "channel", "attempts", "next_try_at"])
    return letters


def deliver(letters: Iterable[Letter]) -> list[Result]:
    """Hand each letter to its channel. Channels go side by side; one that does not answer is asked once and rests."""
    by_channel: dict[Channel, list[Letter]] = {}
    for letter in letters:
        by_channel.setdefault(letter.channel, []).append(letter)
    if not by_channel:
        return []
    threads = ThreadPoolExecutor(len(by_channel), thread_name_prefix="outlet")
    running = {threads.submit(_deliver_one_channel, some): some for some in by_channel.values()}
    done, late = wait(running, timeout=DEADLINE_S)
    threads.shutdown(wait=False, cancel_futures=True)
    put_off = [Result(letter, retry_after_s=REST_S) for one in late for letter in running[one]]
    return [result for one in done for result in one.result()] + put_off


def settle(result: Result, *, at: dt.datetime) -> None:
    """Write down what became of one letter."""
    by = Actor.system()
    with acting(by):
        notice = Notice.objects.select_for_update().filter(id=result.letter.id, state=NoticeState.SENDING).first()
        if notice is None:
            return  # its delivery was reported before the gateway's answer was written down
        if result.receipt:
            notice.state = NoticeState.DELIVERED if result.receipt.delivered else NoticeState.SENT
            notice.sent_at, notice.next_try_at = at, None
            notice.delivered_at = at if result.receipt.delivered else None
            notice.outside, notice.n_parts = result.receipt.outside, result.receipt.n_parts
        elif result.refused or notice.attempts > len(WAITS_S):
            fail(notice, result.refused or "no_answer", by=by, at=at)
        else:
            wait_s = max(WAITS_S[notice.attempts - 1], result.retry_after_s or 0)
            notice.state, notice.next_try_at = NoticeState.QUEUED, at + dt.timedelta(seconds=wait_s)
        notice.save()


def fail(notice: Notice, why: str, *, by: Actor, at: dt.datetime) -> None:
    """Mark as failed, not saved; the desk hears of it, since somebody was not told."""
    notice.state, notice.why, notice.next_try_at = NoticeState.FAILED, why[:40], None
    record(
        "notice.fail", topic="notice.failed", subject=("matter", notice.matter) if notice.matter else notice, by=by,
        at=at, notice=notice.id, wording=notice.wording, channel=notice.channel, why=why[:40],
    )  # fmt: skip


def wake(channel: Channel) -> None:
    """Ask a resting channel again at once."""
    _resting.pop(channel, None)


def _deliver_one_channel(letters: list[Letter]) -> list[Result]:
    results = []
    for letter in letters:
        rest_s = _resting.get(letter.channel, 0.0) - time.monotonic()
        results.append(Result(letter, retry_after_s=rest_s) if rest_s > 0 else _deliver_one(letter))
    return results


def _deliver_one(letter: Letter) -> Result:
    try:
        return Result(letter, receipt=OUTLETS[letter.channel].send(letter))
    except Refused as refusal:
        return Result(letter, refused=refusal.why)
    except Unavailable as fault:
        _resting[letter.channel] = time.monotonic() + (fault.retry_after_s or REST_S)
        return Result(letter, retry_after_s=fault.retry_after_s)
