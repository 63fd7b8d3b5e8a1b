"""Steps from phones that were kept aside: who may see them, and what becomes of them. Nothing is dropped."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.matters.models.sent_step import SentOutcome, SentStep
from shouwang.matters.replay import do_act, keeps_apart
from shouwang.people.access import posts_of, spans
from shouwang.people.verbs import Verb

TOLD_FOR = dt.timedelta(days=7)  # so long an author reads what became of his step
MOST = 200


class SettledAlready(Problem):
    code, status = "replay.settled_already", 409
    says = _("This step was settled already.")


class ReasonMissing(Problem):
    code, status = "replay.reason_missing", 400
    says = _("Say why it stays aside. Whoever sent it will read it.")


def settle(row: SentStep, *, how: str, by: Actor, at: dt.datetime, because: str = "") -> SentStep:
    """Close a step kept aside: do it now as of the time it was tapped (`applied`), or leave it out (`set_aside`).

    What is kept apart was done before, by whoever settles it: here it is only closed.
    Raises  SettledAlready, and what the act raises when it still does not fit: then it stays aside
    """
    with acting(by):
        row = SentStep.objects.select_for_update().get(id=row.id)
        if row.settled_at is not None:
            raise SettledAlready()
        if how == "applied" and not keeps_apart(row.act):
            _apply(row, by)
        with acting(by):  # the act ran in the author's name
            row.settled_at, row.settled_by, row.settled_how = at, by.person_id, how
            row.settled_because = clean_line(because, 200) if because else ""
            row.save(update_fields=["settled_at", "settled_by", "settled_how", "settled_because"])
            record("step.settled", topic="step.settled", subject=row.matter or row.id, by=by, at=at,
                   step=str(row.id), how=how, because=row.settled_because)  # fmt: skip
    return row


def _apply(row: SentStep, by: Actor) -> None:
    """In its author's name where he held a post then, else in that of whoever vouches for it; as of the tap."""
    author = Actor(person_id=row.person, device_id=row.device)
    matter = Matter.objects.filter(id=row.matter).first() if row.matter else None
    told = json.loads(row.body)
    do_act(row.act, matter, told.get("given") or {}, by=author if posts_of(author, row.at) else by, at=row.at,
           step_id=row.id)  # fmt: skip


def kept_aside_for(by: Actor, at: dt.datetime) -> list[SentStep]:
    """Steps kept aside that `by` wrote, or whose ground his triage covers; oldest first, at most 200."""
    return list(_aside(Q(person=by.person_id) | _on_ground(by, Verb.MATTER_TRIAGE, at))[:MOST])


def kept_aside_under(by: Actor, at: dt.datetime) -> list[SentStep]:
    """Those of crews whose lead `by` is, less what tells of a matter that he may not see, and of registers."""
    steps = [step for step in _aside(_on_ground(by, Verb.UNIT_MANAGE, at))[:MOST] if not keeps_apart(step.act)]
    told = {step.matter for step in steps if step.matter}
    hidden = told - set(Matter.objects.visible_to(by, at).filter(pk__in=told).values_list("pk", flat=True))
    return [step for step in steps if step.matter not in hidden]


def settled_for(by: Actor, at: dt.datetime) -> list[SentStep]:
    """What became of his own steps in the last days, newest first."""
    if by.person_id is None:
        return []
    own = SentStep.objects.filter(person=by.person_id, outcome=SentOutcome.QUARANTINED)
    return list(own.filter(settled_at__gt=at - TOLD_FOR).order_by("-settled_at")[:20])


def _on_ground(by: Actor, verb: Verb, at: dt.datetime) -> Q:
    found = Q(pk__in=[])
    for path in spans(by, verb, at):
        found |= Q(duty_path__startswith=path)
    return found


def _aside(seen: Q) -> QuerySet[SentStep]:
    aside = SentStep.objects.filter(seen, outcome=SentOutcome.QUARANTINED, settled_at__isnull=True)
    return aside.order_by("received_at")
