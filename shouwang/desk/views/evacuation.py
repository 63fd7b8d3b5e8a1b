"""A building that must be left: begun out of a matter, counts by entrance, and those who wished to be looked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import NotChosen, actor_of, key_in
from shouwang.desk.records import WhichAddress, address_from
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Address
from shouwang.registry.emergencies import emergency_of, open_emergency
from shouwang.registry.evacuating import count_building, open_wished
from shouwang.registry.models import Emergency


@opens_to(Verb.REGISTER_FIND)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """The emergency of one building."""
    by, at = actor_of(request), clock.now()
    reference = request.POST.get("reference", "").strip()
    matter = Matter.objects.visible_to(by, at).filter(reference=reference).first()
    if matter is None:
        raise NotChosen(field="reference")
    building = _building(address_from(request.POST.get("address_text", ""), _chosen(request)))
    emergency = open_emergency(matter=matter.pk, reason=request.POST.get("reason", ""), building=building, by=by, at=at)
    return redirect("desk:building", key=emergency.pk)


@opens_to(Verb.REGISTER_FIND)
@require_GET
def building(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many live behind which entrance."""
    return _page(request, _own(request, key))


@opens_to(Verb.REGISTER_FIND)
@require_POST
def wished(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those who wished to be looked for: each is a look that the person reads."""
    emergency = _own(request, key)
    return _page(request, emergency, wished=open_wished(emergency, by=actor_of(request), at=clock.now()))


def _page(request: HttpRequest, emergency: Emergency, **more: Any) -> HttpResponse:
    rows = count_building(emergency, by=actor_of(request))
    page = {
        "emergency": emergency, "rows": rows, "heads": sum(row.heads for row in rows),
        "n_wished": sum(row.wished for row in rows), "matter": Matter.objects.get(pk=emergency.matter),
    }  # fmt: skip
    return render(request, "desk/finding/building.html", page | more)


def _own(request: HttpRequest, key: UUID) -> Emergency:
    """Raises NotVisible."""
    by = actor_of(request)
    found = emergency_of(key=key, by=by)
    if found is None or found.person != by.person_id or found.building is None:
        raise NotVisible
    return found


def _chosen(request: HttpRequest) -> UUID | None:
    return key_in(request, "address") if request.POST.get("address") else None


def _building(found: Address) -> Address:
    """The building itself, or that which the room stands in. Raises WhichAddress."""
    above = Address.objects.above(found).filter(element="building").last()
    if above is None and found.element != "building":
        raise WhichAddress(field="address_text", possible=found.full_text)
    return above or found
