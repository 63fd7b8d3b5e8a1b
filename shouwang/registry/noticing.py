"""Finding odd looks: what was looked at of late, put before the rules. Runs as a job; nobody is told but himself.

Whether somebody is on duty is asked over a bridge (`on_duty`), answered by whoever keeps shifts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.models import Person, Post
from shouwang.places.models import Area
from shouwang.registry.finding import terms_of
from shouwang.registry.lists import Register
from shouwang.registry.models import Decoy, Look, OddLook, OwnAddress, Residence, Resident, Search
from shouwang.registry.odd_looks import SPAN, Trace, odd_among
from shouwang.registry.purposes import Purpose

REACHES_BACK = dt.timedelta(minutes=20)  # longer than the job's interval and the span of a burst
ANSWER = Limit(3, Span.WORKING_DAY, "", "design")
OnDuty = Callable[[UUID, dt.datetime], bool | None]
ON_DUTY: list[OnDuty] = []


def on_duty(answer: OnDuty) -> OnDuty:
    """Register who knows: True or False for whoever keeps shifts, None for whoever keeps none."""
    ON_DUTY.append(answer)
    return answer


def notice_odd_looks(*, by: Actor, at: dt.datetime) -> int:
    """Write down what the rules pick out of the last minutes and was not written down yet; how many."""
    since, n_found = at - REACHES_BACK, 0
    with acting(by):
        for rule, one in odd_among(_looks(since) + _searches(since)):
            if OddLook.objects.filter(rule=rule, subject=one.subject, person=one.person).exists():
                continue
            row = OddLook.objects.create(
                rule=rule, person=one.person, area=_ground_of(one.person, one.at), subject=one.subject,
                is_search=one.is_search, at=one.at, found_at=at, answer_by=due_at(at, ANSWER).at,
            )  # fmt: skip
            record("look.notice", topic="look.noticed", subject=row, by=by, at=at, rule=str(rule))
            n_found += 1
    return n_found


def _looks(since: dt.datetime) -> list[Trace]:
    rows = list(Look.objects.filter(at__gte=since - SPAN, register=Register.RESIDENT))
    residents = {one.pk: one for one in Resident.objects.filter(pk__in=[row.identity for row in rows])}
    decoys = set(Decoy.objects.filter(pk__in=[row.identity for row in rows]).values_list("pk", flat=True))
    return [
        Trace(
            row.pk, row.person, row.at, is_search=False, on_duty=_on_duty(row.person, row.at),
            own_name=_is_himself(row.person, residents.get(row.identity)),
            own_address=_lives_there(row.identity, row.person), decoy=row.identity in decoys,
            emergency=row.purpose == Purpose.EMERGENCY,
            by_himself=row.identity in residents and residents[row.identity].account == row.person
            and row.purpose == Purpose.OWN_REQUEST,
        )
        for row in rows
    ]  # fmt: skip


def _searches(since: dt.datetime) -> list[Trace]:
    rows = Search.objects.filter(began_at__gte=since - SPAN, register=Register.RESIDENT).exclude(paths=[])
    return [
        Trace(
            row.pk, row.person, row.began_at, is_search=True, on_duty=_on_duty(row.person, row.began_at),
            own_name=_is_for_oneself(row), emergency=row.purpose == Purpose.EMERGENCY,
        )
        for row in rows
    ]  # fmt: skip


def _on_duty(person: UUID, at: dt.datetime) -> bool | None:
    answers = [answer(person, at) for answer in ON_DUTY]
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None


def _is_himself(person: UUID, resident: Resident | None) -> bool:
    return resident is not None and (resident.account == person or resident.name == _name_of(person))


def _is_for_oneself(search: Search) -> bool:
    """Terms are kept as a hash; whether they were one's own name can be asked, what they were cannot."""
    try:
        terms = json.dumps(terms_of(_name_of(search.person), ""), ensure_ascii=False, sort_keys=True)
    except Problem:
        return False
    return hashlib.sha256(terms.encode() + search.pk.bytes).digest() == bytes(search.terms_check)


def _lives_there(resident: UUID, person: UUID) -> bool:
    own = OwnAddress.objects.filter(person=person).select_related("address").first()
    if own is None:
        return False
    lived = Residence.objects.filter(resident=resident, ended_on__isnull=True)
    return lived.filter(dwelling__address__path__startswith=own.address.path).exists()


def _name_of(person: UUID) -> str:
    return Person.objects.filter(pk=person).values_list("name", flat=True).first() or ""


def _ground_of(person: UUID, at: dt.datetime) -> Area | None:
    post = Post.objects.held_at(at).filter(person=person).select_related("area").order_by("id").first()
    return post.area if post else None
