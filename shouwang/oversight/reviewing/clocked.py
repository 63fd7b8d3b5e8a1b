"""The limits of a reviewed matter: how long, whether stopped, when over, with whom it stood and to whom it climbed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shouwang.matters.models import Clock, Matter
from shouwang.matters.sentences import rule_label
from shouwang.matters.timing import REASONS
from shouwang.oversight.reviewing.concerned import Record, told_by
from shouwang.oversight.reviewing.lines import Drawn
from shouwang.oversight.reviewing.postbook import PostBook

Stop = tuple[dt.datetime, dt.datetime | None, Promise | str]  # from, to, why
TICK = dt.timedelta(minutes=5)  # clocks are looked at more often than that


@dataclass(frozen=True)
class Limited:
    """One clock. `over_s`: how long after its end it was met, or still runs; `holders`: with whom it stood in turn."""

    matter: Matter
    label: Promise | str
    clock: Clock
    over_s: int | None
    holders: list[str]
    stops: list[Stop]


def clocks_of(record: Record, book: PostBook, end: dt.datetime) -> list[Limited]:
    matters = {one.pk: one for one in record.matters}
    return [_limited(one, matters[one.matter_id], record, book, end) for one in record.clocks]


def not_climbed(record: Record, book: PostBook, end: dt.datetime) -> Iterable[Drawn]:
    """Limits that ran out without an entry that somebody above was told: a gap."""
    for clock in record.clocks:
        over = (clock.met_at or clock.stopped_at or end) - clock.due_at
        if over > TICK and not _climbs(record, clock):
            before = [one for one in record.entries if one.at <= clock.due_at]
            text = _("The time limit “{rule}” ran out with {holder}; nobody above was told").format(
                rule=rule_label(clock.rule), holder=book.name(clock.holder)
            )
            matter = next(one for one in record.matters if one.pk == clock.matter_id)
            yield Drawn(clock.due_at, "gap", text, entry=before[-1].pk if before else None, matter=matter, derived=True)


def _climbs(record: Record, clock: Clock) -> list[dict[str, Any]]:
    """In order of time; a rule may run twice in a matter, one run after the other."""
    return [
        told_by(one) for one in record.entries
        if one.verb == "clock.climb" and one.subject == clock.matter_id and told_by(one).get("rule") == clock.rule
        and clock.started_at <= one.at <= (clock.met_at or one.at)
    ]  # fmt: skip


def _limited(clock: Clock, matter: Matter, record: Record, book: PostBook, end: dt.datetime) -> Limited:
    until = clock.met_at or clock.stopped_at or end
    over = until - clock.due_at if until > clock.due_at else None
    stops: list[Stop] = [(a, b, _why(row[2])) for (a, b), row in zip(clock.paused(), clock.pauses, strict=True)]
    if clock.stopped_at:
        stops.append((clock.stopped_at, None, _why(clock.stop_reason)))
    holders = [book.name(_key(one.get("held_by"))) for one in _climbs(record, clock) if not one.get("at_the_top")]
    return Limited(matter, rule_label(clock.rule), clock, int(over.total_seconds()) if over else None,
                   [*holders, book.name(clock.holder)], stops)  # fmt: skip


def _key(text: object) -> UUID | None:
    return UUID(str(text)) if text else None


def _why(reason: str) -> Promise | str:
    return REASONS.get(reason, reason)
