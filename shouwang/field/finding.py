"""Finding somebody or a unit on the phone: the same path as at the desk, purpose first.

Nothing of it is kept on the phone, but what is taken along to be put right: the fields of one form, with their version.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.field.views import from_phone
from shouwang.matters.models import Matter
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Address
from shouwang.registry.finding import PurposeFirst, begin_sitting, find, sitting_now, sitting_of
from shouwang.registry.forms import FIELD_LISTS, OrganisationFields
from shouwang.registry.lists import Category, Register
from shouwang.registry.models import Sitting
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.opening import Seen, open_found
from shouwang.registry.purposes import FINDING_FOR, Purpose, Told
from shouwang.registry.vehicles import plate_in
from shouwang.ui.bodies import object_in

PUT_RIGHT = {  # which form puts such a record right
    Register.RESIDENT: ("resident.correct", "correction"), Register.ORGANISATION: ("organisation.edit", "unit"),
}  # fmt: skip


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_GET
def purposes(request: HttpRequest) -> JsonResponse:
    """What it may be for, and the purpose that still holds; `?matter=` is the task in hand."""
    by, at = actor_in(request), clock.now()
    matter = _matter(by, request.GET.get("matter"))
    offered = (
        (Purpose.HANDLING, Purpose.CORRECTION) if matter else [one for one in FINDING_FOR if one != Purpose.HANDLING]
    )
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
    by, asked = actor_in(request), object_in(request)
    matter = _matter(by, asked.get("matter"))
    sitting = begin_sitting(
        purpose=str(asked.get("purpose", "")), matter=matter.pk if matter else None, by=by, at=clock.now()
    )
    return JsonResponse({"sitting": _told(sitting)})


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_POST
def candidates(request: HttpRequest) -> JsonResponse:
    """{"sitting", "register", "who", "place"} → at most twenty, masked. A plate is no search: its owner may be told."""
    by, asked = actor_in(request), object_in(request)
    who, place = str(asked.get("who", ""))[:80], str(asked.get("place", ""))[:120]
    if plate := plate_in(who):
        sitting_in(by, asked)
        reasons = VehicleReason.choices if may(by, Verb.MATTER_OPEN, None, clock.now()) else []
        return JsonResponse(
            {
                "search": None,
                "candidates": [],
                "plate": plate,
                "reasons": [[value, str(label)] for value, label in reasons],
            }
        )
    found = find(
        sitting_in(by, asked), who=who, place=place, register=_register(asked), by=by, at=clock.now()
    )  # fmt: skip
    rows = [{"id": str(one.id), "shown": one.shown, "street": one.street, "grid": one.grid} for one in found.candidates]
    return JsonResponse({"search": str(found.search), "candidates": rows})


@opens_to(Verb.REGISTER_FIND)
@from_phone
@require_POST
def record(request: HttpRequest) -> JsonResponse:
    """{"sitting", "register", "search", "record"} → what this purpose shows of it; the look is on record first."""
    by, asked = actor_in(request), object_in(request)
    seen = open_found(
        _key(asked.get("record")), register=_register(asked), search=_key(asked.get("search")),
        sitting=sitting_in(by, asked), by=by, at=clock.now(),
    )  # fmt: skip
    unit = seen.register == Register.ORGANISATION
    return JsonResponse(
        {
            "name": seen["unit_name"] if unit else seen["name"], "stale": seen.is_stale(clock.local_date(clock.now())),
            "lines": _lines_of_unit(seen) if unit else _lines(seen), "along": taken_along(seen, by, clock.now()),
        }
    )  # fmt: skip


def taken_along(seen: Seen, by: Actor, at: dt.datetime) -> dict[str, Any] | None:
    """What a phone needs to put this record right without a network: only fields that this look was given.

    None for whoever does not keep that ground, and where the record stands at no address that is in use.
    """
    area, place = seen.area, _stands_at(seen)
    if place is None or not may(by, Verb.REGISTER_KEEP, area, at):
        return None
    act, name = PUT_RIGHT[seen.register]
    told = {field: seen[field] for field in FIELD_LISTS[name].base_fields if field in seen.parts}
    return {
        "act": act, "list": name, "record": str(seen.id), "version": seen["version"], "told": told,
        "name": seen["unit_name"] or seen["name"], "place": {"id": str(place.pk), "text": place.full_text},
    }  # fmt: skip


def _stands_at(seen: Seen) -> Address | None:
    here = Address.objects.in_use().filter(area__isnull=False)
    if seen.register == Register.ORGANISATION:
        return here.filter(pk=_key(seen["address_id"])).first()
    lived = [one["address_text"] for one in seen["residences"] or () if not one["ended_on"]]
    return here.filter(full_text__in=lived, area=seen["area_id"]).first()


def _lines_of_unit(seen: Seen) -> list[list[str]]:
    """[label, text] of what is kept of a unit."""
    form = OrganisationFields()
    given = [(form.fields[name], seen[name]) for name in form.fields if name != "unit_name"]
    lines = [[str(field.label), _said(field, value)] for field, value in given if value not in (None, "")]
    return [[str(Told.ADDRESS.label), seen["address_text"]], *lines]


def _said(field: forms.Field, value: Any) -> str:
    """A value in the words of its field."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return choices.get(str(value), str(value))


def _lines(seen: Seen) -> list[list[str]]:
    """[label, text] of what was given, addresses first."""
    lived = [one for one in seen["residences"] or () if not one["ended_on"]]
    lines = [[str(Told.RESIDENCES.label), one["address_text"]] for one in lived]
    lines.append([str(Told.CATEGORY.label), str(Category(seen["category"]).label)])
    for told in (Told.DOC_NO, Told.BIRTH_DATE, Told.PHONE, Told.EMERGENCY_CONTACT):
        if seen[told.value]:
            lines.append([str(told.label), str(seen[told.value])])
    return lines


def actor_in(request: HttpRequest) -> Actor:
    by: Actor = request.actor  # type: ignore[attr-defined]
    return by


def _matter(by: Actor, key: Any) -> Matter | None:
    return Matter.objects.visible_to(by, clock.now()).filter(pk=_key(key)).first() if key else None


def sitting_in(by: Actor, asked: dict[str, Any]) -> Sitting:
    """One's own, still on. Raises PurposeFirst"""
    found = sitting_of(_key(asked.get("sitting")), by)
    if found.ends_at <= clock.now():
        raise PurposeFirst
    return found


def _told(sitting: Sitting | None) -> dict[str, str] | None:
    if sitting is None:
        return None
    return {"id": str(sitting.pk), "label": str(Purpose(sitting.purpose).label), "until": sitting.ends_at.isoformat()}


def _register(asked: dict[str, Any]) -> Register:
    return Register.ORGANISATION if asked.get("register") == Register.ORGANISATION else Register.RESIDENT


def _key(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return UUID(int=0)
