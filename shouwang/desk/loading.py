"""Loading through the person: what one may not see does not exist."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.core.together import ASKED
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Unit
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, Verb, spans, within

MOST_KEYS = 500


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by people.middleware
    return actor


def asked_at(request: HttpRequest) -> float | None:
    """When the request came to the front, on the machine's monotonic clock; None where nobody in front says so."""
    try:
        return min(float(request.headers[ASKED]), time.monotonic())
    except (KeyError, ValueError):
        return None


class NotChosen(Problem):
    code, status = "desk.not_chosen", 400
    says = _("Nothing was chosen. Go back, choose it from the list and try again.")


def key_in(request: HttpRequest, name: str) -> UUID:
    """The id that a form carries. Raises NotChosen when it is missing or none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as fault:
        raise NotChosen(field=name) from fault


def keys_in(request: HttpRequest, name: str) -> list[UUID]:
    """The ids that a form carries, each a field of this name. Raises NotChosen: one is none, or there are too many."""
    given = request.POST.getlist(name)
    try:
        keys = [UUID(one) for one in given]
    except ValueError as fault:
        raise NotChosen(field=name) from fault
    if len(keys) > MOST_KEYS:
        raise NotChosen(field=name)
    return keys


def visible_matter(request: HttpRequest, key: UUID) -> Matter:
    """Raises NotVisible."""
    seen = Matter.objects.visible_to(actor_of(request), clock.now()).select_related(
        "area", "responsible__person", "responsible__area"
    )
    found = seen.filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def visible_unit(request: HttpRequest, key: UUID) -> Unit:
    """Raises NotVisible."""
    reach = within(spans(actor_of(request), Verb.UNIT_TRACK, clock.now()))
    found = Unit.objects.filter(reach, pk=key, active=True).first()
    if found is None:
        raise NotVisible
    return found


def visible_assignment(request: HttpRequest, key: UUID) -> Assignment:
    """Raises NotVisible."""
    found = Assignment.objects.select_related("unit", "matter").filter(pk=key).first()
    if found is None:
        raise NotVisible
    visible_matter(request, found.matter_id)
    return found
