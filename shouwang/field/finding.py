"""Finding somebody on the phone: the same path as at the desk, purpose first. Nothing of it is kept on the phone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.field.views import from_phone
from shouwang.matters.models import Matter
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.finding import PurposeFirst, begin_sitting, find, sitting_now
from shouwang.registry.lists import Category, Register
from shouwang.registry.models import Sitting
from shouwang.registry.opening import Seen, open_found
from shouwang.registry.purposes import FINDING_FOR, Purpose, Told


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_GET
def purposes(request: HttpRequest) -> JsonResponse:
    """What it may be for, and the purpose that still holds; `?matter=` is the task in hand."""
    by, at = _by(request), clock.now()
    matter = _matter(by, request.GET.get("matter"))
    offered = [one for one in FINDING_FOR if (one == Purpose.HANDLING) == (matter is not None)]
    return JsonResponse(
        {
            "purposes": [[one.value, str(one.label)] for one in offered],
            "sitting": _told(sitting_now(by, at, matter.pk if matter else None)),
        }
    )


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """{"purpose", "matter"} → what holds for a quarter of an hour from now."""
    by, asked = _by(request), json.loads(request.body)
    matter = _matter(by, asked.get("matter"))
    sitting = begin_sitting(
        purpose=str(asked.get("purpose", "")), matter=matter.pk if matter else None, by=by, at=clock.now()
    )
    return JsonResponse({"sitting": _told(sitting)})


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_POST
def candidates(request: HttpRequest) -> JsonResponse:
    """{"sitting", "who", "place"} → at most twenty, masked."""
    by, asked = _by(request), json.loads(request.body)
    who, place = str(asked.get("who", ""))[:80], str(asked.get("place", ""))[:120]
    found = find(_sitting(by, asked), who=who, place=place, by=by, at=clock.now())
    rows = [{"id": str(one.id), "shown": one.shown, "street": one.street, "grid": one.grid} for one in found.candidates]
    return JsonResponse({"search": str(found.search), "candidates": rows})


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_POST
def record(request: HttpRequest) -> JsonResponse:
    """{"sitting", "search", "record"} → what this purpose shows of it; the look is on record first."""
    by, asked = _by(request), json.loads(request.body)
    seen = open_found(
        _key(asked.get("record")), register=Register.RESIDENT, search=_key(asked.get("search")),
        sitting=_sitting(by, asked), by=by, at=clock.now(),
    )  # fmt: skip
    return JsonResponse({"name": seen["name"], "stale": seen.is_stale(clock.local_date(clock.now())),
                         "lines": _lines(seen)})  # fmt: skip


def _lines(seen: Seen) -> list[list[str]]:
    """[label, text] of what was given, addresses first."""
    lived = [one for one in seen["residences"] or () if not one["ended_on"]]
    lines = [[str(Told.RESIDENCES.label), one["address_text"]] for one in lived]
    lines.append([str(Told.CATEGORY.label), str(Category(seen["category"]).label)])
    for told in (Told.DOC_NO, Told.BIRTH_DATE, Told.PHONE, Told.EMERGENCY_CONTACT):
        if seen[told.value]:
            lines.append([str(told.label), str(seen[told.value])])
    return lines


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.actor  # type: ignore[attr-defined]
    return by


def _matter(by: Actor, key: Any) -> Matter | None:
    return Matter.objects.visible_to(by, clock.now()).filter(pk=_key(key)).first() if key else None


def _sitting(by: Actor, asked: dict[str, Any]) -> Sitting:
    """One's own, still on. Raises PurposeFirst"""
    rows = Sitting.objects.filter(person=by.person_id or UUID(int=0), ends_at__gt=clock.now())
    found = rows.filter(pk=_key(asked.get("sitting"))).first()
    if found is None:
        raise PurposeFirst
    return found


def _told(sitting: Sitting | None) -> dict[str, str] | None:
    if sitting is None:
        return None
    return {"id": str(sitting.pk), "label": str(Purpose(sitting.purpose).label), "until": sitting.ends_at.isoformat()}


def _key(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return UUID(int=0)
