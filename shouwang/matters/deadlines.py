"""What happens when time passes: reminders, and a clock that runs out climbs the chain (CAL-12, S-GRD-003)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import announced
from shouwang.core.clock import local_date
from shouwang.journal.record import record
from shouwang.matters.clocks import limit_of, refit_estimate, set_next_mark
from shouwang.matters.ground import next_above
from shouwang.matters.models import Clock, Matter
from shouwang.matters.models.matter import Visibility

BATCH = 200
CLIMBS = ("100%", "climb")


def tick(at: dt.datetime) -> int:
    """Deal with every clock whose next mark has come: remind, or climb. How many. Each is one act of the system.

    Two ticks at once share the work: rows that the other one holds are skipped.
    """
    by, done = Actor.system(), 0
    while done < 10 * BATCH:
        with acting(by):
            due = list(
                Clock.objects.running().filter(next_at__lte=at).order_by("next_at")
                .select_for_update(skip_locked=True, of=("self",)).select_related("matter__area")[:BATCH]
            )  # fmt: skip
            for clock in due:
                _pass_mark(clock, by=by, at=at)
        done += len(due)
        if not due:
            break
    return done


def _pass_mark(clock: Clock, *, by: Actor, at: dt.datetime) -> None:
    matter, mark, passed = clock.matter, clock.next_mark, clock.next_at or at
    if mark in CLIMBS:
        _climb(clock, matter, by=by, at=at)
    elif mark == "+1d" or at < clock.due_at:  # after a standstill nobody is reminded of what has run out meanwhile
        record("clock.remind", topic="matter.reminded", subject=matter, by=by, at=at, area=matter.area_id,
               rule=clock.rule, mark=mark, holder=clock.holder, due_at=clock.due_at)  # fmt: skip
    set_next_mark(clock, passed)
    clock.save(update_fields=["level", "holder", "held_since", "next_at", "next_mark"])


def _climb(clock: Clock, matter: Matter, *, by: Actor, at: dt.datetime) -> None:
    """To the post above, with who held it until now and for how long. At the top it stays, and is told again."""
    above = next_above(matter, clock.holder, at)
    record(
        "clock.climb", topic="matter.escalated", subject=matter, by=by, at=at, area=matter.area_id,
        rule=clock.rule, level=clock.level + (above is not None), urgency=matter.urgency, due_at=clock.due_at,
        held_by=clock.holder, held_s=int((at - clock.held_since).total_seconds()),
        holder=above.pk if above else clock.holder, at_the_top=above is None,
    )  # fmt: skip
    if above is not None:
        clock.level += 1
        clock.holder, clock.held_since = above.pk, at
        _let_in(matter, above.pk)


def _let_in(matter: Matter, post: UUID) -> None:
    """The stand-in of a sealed matter sees it once a clock has climbed to him, and not before."""
    if matter.visibility == Visibility.SEALED and post not in matter.named:
        matter.named = [*matter.named, post]
        Matter.objects.filter(pk=matter.pk).update(named=matter.named)


def held_by_whom(matter: Matter, rule: str, at: dt.datetime) -> list[tuple[UUID | None, int]]:
    """Who held a clock of this matter and for how many seconds, in order; the last one up to `at` or until met."""
    from shouwang.journal.models import Entry

    climbs = Entry.objects.filter(subject=matter.pk, verb="clock.climb").select_related("particulars").order_by("id")
    clock = matter.clocks.filter(rule=rule).order_by("-started_at").first()
    found: list[tuple[UUID | None, int]] = []
    for entry in climbs:
        told = entry.particulars.values
        if told["rule"] == rule and not told["at_the_top"]:
            found.append((UUID(told["held_by"]) if told["held_by"] else None, told["held_s"]))
    if clock is not None:
        found.append((clock.holder, int(((clock.met_at or at) - clock.held_since).total_seconds())))
    return found


def recompute_estimates(at: dt.datetime) -> int:
    """Work out again the ends that were estimated, once the year has been announced (CAL-10). How many changed."""
    by, changed = Actor.system(), 0
    with acting(by):
        guessed = Clock.objects.running().filter(estimated=True).select_for_update(of=("self",))
        for clock in guessed.select_related("matter"):
            limit = limit_of(clock, clock.matter)
            if limit and announced(local_date(clock.due_at).year) and refit_estimate(clock, limit, at):
                record("clock.recompute", topic="matter.clock", subject=clock.matter, by=by, at=at,
                       area=clock.matter.area_id, rule=clock.rule, due_at=clock.due_at)  # fmt: skip
                ends = Clock.objects.running().filter(matter=clock.matter_id).values_list("due_at", flat=True)
                Matter.objects.filter(pk=clock.matter_id).update(due_at=min(ends))
                changed += 1
    return changed
