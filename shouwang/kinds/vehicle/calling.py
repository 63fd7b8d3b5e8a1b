"""Calling for the owner of a vehicle: one act from the plate to the message; the second try by itself; the counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import Verb, reaches, spans
from shouwang.registry.models import VehicleAsk
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.noticing import ON_DUTY
from shouwang.registry.vehicles import BETWEEN_TRIES, MOST_TRIES, ask_again, ask_owner, check_plate

COUNTED = dt.timedelta(days=90)
SHOWN = 100


class NotOnShift(Problem):
    code, status = "vehicle.not_on_shift", 403
    says = _("An owner is called during one's shift. Sign on first.")


@dataclass(frozen=True)
class Called:
    """The matter, and whether anybody had declared the plate."""

    matter: Matter
    declared: bool


def call_owner(
    *, plate: str, reason: str, place_text: str, point: tuple[float, float] | None, by: Actor, at: dt.datetime
) -> Called:
    """Open the matter and have the owner told. Raises BadPlate, NotOnShift, LimitReached, intake problems"""
    check_plate(plate)
    if by.person_id and any(answer(by.person_id, at) is False for answer in ON_DUTY):
        raise NotOnShift
    sort = VehicleReason(reason)
    with acting(by):
        matter = open_matter(
            kind="vehicle", by=by, at=at, subkind=f"vehicle.{sort.value}", channel="own_find", point=point,
            place_text=place_text, gist=str(sort.label),
        )  # fmt: skip
        declared = ask_owner(
            plate, matter=matter.pk, area=matter.area, reason=sort.value, place_text=place_text, by=by, at=at
        )
        if declared:
            matter = take_step(matter, "contact", by=by, at=at)
    return Called(matter, declared)


def second_tries(*, by: Actor, at: dt.datetime) -> int:
    """Ten minutes without an answer: the owner is told once more; how many."""
    n_told = 0
    waiting = Matter.objects.filter(kind="vehicle", state="contacted")
    for matter in waiting.values_list("pk", flat=True)[:200]:
        asked = list(VehicleAsk.objects.filter(matter=matter, vehicle__isnull=False).order_by("-at"))
        silent = asked and not any(one.answered_at for one in asked)
        if silent and len(asked) < MOST_TRIES and at - asked[0].at >= BETWEEN_TRIES:
            with acting(by):
                ask_again(matter, by=by, at=at)
            n_told += 1
    return n_told


def calls_of(by: Actor, at: dt.datetime) -> list[VehicleAsk]:
    """Those on one's ground that still have their plate, the newest first, at most a hundred."""
    with acting(by):
        return list(_on_ground(by, at).exclude(plate="").select_related("area").order_by("-at")[:SHOWN])


def counts(by: Actor, at: dt.datetime) -> list[tuple[str, int, int]]:
    """(street, hour, how many vehicles) of the last 90 days: where and when a word to everybody would help."""
    with acting(by):
        first = _on_ground(by, at).filter(number=1, at__gte=at - COUNTED).values_list("street", "at")
        found = Counter((street, when.astimezone(SHANGHAI).hour) for street, when in first)
    return [(street, hour, n) for (street, hour), n in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:50]]


def state_of(matters: list[UUID]) -> dict[UUID, Matter]:
    return {one.pk: one for one in Matter.objects.filter(pk__in=matters)}


def _on_ground(by: Actor, at: dt.datetime) -> QuerySet[VehicleAsk]:
    return VehicleAsk.objects.filter(reaches(spans(by, Verb.MATTER_READ, at), "area__"))
