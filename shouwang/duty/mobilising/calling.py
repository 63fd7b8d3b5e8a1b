"""Calling everybody of an office to a place; each acknowledges for himself, is exempted with a reason, or is chased."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.levels.checking import force_of
from shouwang.duty.levels.in_force import covering
from shouwang.duty.models import Answered, Mobilisation, MobilisationCall
from shouwang.duty.watches import falls_to
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, require, spans, within
from shouwang.places.models import Area

AHEAD, PAST = dt.timedelta(days=7), dt.timedelta(minutes=10)


class MobilisationUnusable(Problem):
    code, status = "mobilisation.unusable", 422
    says = _("Say why, where and when: a time within the next seven days.")


class NobodyToCall(Problem):
    code, status = "mobilisation.nobody", 422
    says = _("Nobody of this office can be called.")


class MobilisationOver(Problem):
    code, status = "mobilisation.over", 409
    says = _("This mobilisation has ended.")


class CallAnswered(Problem):
    code, status = "mobilisation.answered", 409
    says = _("This call was answered or exempted already.")


class ExemptionNeedsReason(Problem):
    code, status = "mobilisation.no_reason", 422
    says = _("Write why this person need not come.")


class NobodyToChase(Problem):
    code, status = "mobilisation.nobody_to_chase", 409
    says = _("Everybody has answered.")


def visible_mobilisations(by: Actor, at: dt.datetime) -> QuerySet[Mobilisation]:
    """Those of the ground of `by` and those from above that cover it; the newest first."""
    paths = spans(by, Verb.ROSTER_READ, at)
    return Mobilisation.objects.filter(within(paths) | covering(paths)).select_related("area").order_by("-ordered_at")


def visible_mobilisation(key: UUID, by: Actor, at: dt.datetime) -> Mobilisation:
    """Raises NotVisible."""
    found = visible_mobilisations(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def order_mobilisation(
    area: Area, *, reason: str, place_text: str, assemble_at: dt.datetime, by: Actor, at: dt.datetime
) -> Mobilisation:
    """Police and auxiliaries of the office are called at once. Raises NotAllowed, MobilisationUnusable, NobodyToCall"""
    with acting(by):
        if falls_to(by, Verb.MOBILISATION_ORDER, area, at) is None:
            require(by, Verb.MOBILISATION_ORDER, area, at)
        why, where = clean_line(reason, 300, field="reason"), clean_line(place_text, 120, field="place_text")
        if not why or not where or not at - PAST <= assemble_at <= at + AHEAD:
            raise MobilisationUnusable(field="assemble_at" if why and where else "reason")
        called = force_of(area, at)
        if not called:
            raise NobodyToCall
        row = Mobilisation.objects.create(
            area=area, duty_path=area.duty_path, government_path=area.government_path, reason=why, place_text=where,
            assemble_at=assemble_at, ordered_by=by.person_id, ordered_at=at,
        )  # fmt: skip
        MobilisationCall.objects.bulk_create(
            MobilisationCall(
                mobilisation=row, person_id=one, answered_at=at if one == by.person_id else None,
                answered_how=Answered.DESK if one == by.person_id else "",
            )
            for one in sorted(called)
        )  # fmt: skip
        record("mobilisation.order", topic="mobilisation.ordered", subject=row, area=area, by=by, at=at,
               number=len(called))  # fmt: skip
    return row


def acknowledge(call: MobilisationCall, *, how: Answered, by: Actor, at: dt.datetime) -> MobilisationCall:
    """By the person called; or, `told`, by the lead to whom he said it. A second tap changes nothing.

    Raises  NotVisible, NotAllowed, MobilisationOver, CallAnswered
    """
    with acting(by):
        row = _locked(call)
        if how == Answered.TOLD:
            require(by, Verb.ROSTER_WRITE, row.mobilisation, at)
        elif row.person_id != by.person_id:
            raise NotVisible
        if row.answered_at is not None:
            return row
        _still_open(row)
        row.answered_at, row.answered_how = at, how
        row.save(update_fields=["answered_at", "answered_how"])
        _note(row, "acknowledge", by, at, how=how.value)
    return row


def exempt(call: MobilisationCall, *, because: str, by: Actor, at: dt.datetime) -> MobilisationCall:
    """Somebody need not come. Raises NotAllowed, NotVisible, MobilisationOver, CallAnswered, ExemptionNeedsReason"""
    with acting(by):
        row = _locked(call)
        require(by, Verb.ROSTER_WRITE, row.mobilisation, at)
        why = clean_line(because, 120, field="because")
        if not why:
            raise ExemptionNeedsReason(field="because")
        _still_open(row)
        row.exempt_because, row.exempted_by, row.exempted_at = why, by.person_id, at
        row.save(update_fields=["exempt_because", "exempted_by", "exempted_at"])
        _note(row, "exempt", by, at)
    return row


def chase(mobilisation: Mobilisation, *, by: Actor, at: dt.datetime) -> int:
    """Message and call to everybody who has not answered; how many. Raises MobilisationOver, NobodyToChase"""
    with acting(by):
        row = Mobilisation.objects.select_for_update(of=("self",)).select_related("area").get(pk=mobilisation.pk)
        require(by, Verb.ROSTER_WRITE, row, at)
        if row.ended_at is not None:
            raise MobilisationOver
        n = row.calls.unanswered().update(chased=F("chased") + 1, chased_at=at)
        if not n:
            raise NobodyToChase
        record("mobilisation.chase", topic="mobilisation.chased", subject=row, area=row.area, by=by, at=at, number=n)
    return n


def end_mobilisation(mobilisation: Mobilisation, *, by: Actor, at: dt.datetime) -> Mobilisation:
    """It is over; open calls stay as they are. Raises NotAllowed, NotVisible, MobilisationOver"""
    with acting(by):
        row = Mobilisation.objects.select_for_update(of=("self",)).select_related("area").get(pk=mobilisation.pk)
        require(by, Verb.MOBILISATION_ORDER, row, at)
        if row.ended_at is not None:
            raise MobilisationOver
        row.ended_at, row.ended_by = at, by.person_id
        row.save(update_fields=["ended_at", "ended_by"])
        record("mobilisation.end", topic="mobilisation.ended", subject=row, area=row.area, by=by, at=at)
    return row


def tally(mobilisation: Mobilisation) -> Counter[str]:
    """How many were `called`, `answered`, `exempt`, and are still `open`."""
    found: Counter[str] = Counter()
    for answered, exempted in mobilisation.calls.values_list("answered_at", "exempted_at"):
        found["called"] += 1
        found["answered" if answered else "exempt" if exempted else "open"] += 1
    return found


def calls_to(person: UUID, at: dt.datetime) -> list[MobilisationCall]:
    """What somebody has still to acknowledge."""
    rows = MobilisationCall.objects.open(at).filter(person=person).select_related("mobilisation__area")
    return list(rows.order_by("mobilisation__assemble_at"))


def _still_open(row: MobilisationCall) -> None:
    if row.mobilisation.ended_at is not None:
        raise MobilisationOver
    if row.answered_at is not None or row.exempted_at is not None:
        raise CallAnswered


def _locked(call: MobilisationCall) -> MobilisationCall:
    rows = MobilisationCall.objects.select_for_update(of=("self",)).select_related("mobilisation__area")
    return rows.get(pk=call.pk)


def _note(row: MobilisationCall, word: str, by: Actor, at: dt.datetime, **given: object) -> None:
    mobilisation = row.mobilisation
    record(f"mobilisation.{word}", topic="mobilisation.answered", subject=mobilisation, area=mobilisation.area, by=by,
           at=at, person=row.person_id, **given)  # fmt: skip
