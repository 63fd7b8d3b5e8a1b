"""A plate typed where somebody is looked for: its owner is told from the phone, and nobody is shown."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.field.finding import actor_in, sitting_in
from shouwang.field.views import from_phone
from shouwang.kinds.vehicle.calling import call_owner
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.finding import find_places
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.ui.bodies import object_in

SURE = 0.999  # all words fit, and no second place so well


class PlaceUnclear(Problem):
    code, status = "field.place_unclear", 422
    says = _("Write where the vehicle stands: street and the number on the nearest door.")


@opens_to(Verb.MATTER_OPEN)
@from_phone
@require_POST
def tell(request: HttpRequest) -> JsonResponse:
    """{"sitting", "plate", "reason", "place"} → {"told"}: whether anybody had declared this plate."""
    by, asked = actor_in(request), object_in(request)
    sitting_in(by, asked)
    places = find_places(str(asked.get("place", "")), limit=2)
    if not places or (len(places) > 1 and not places[0].score >= SURE > places[1].score):
        raise PlaceUnclear(field="place")
    reason = str(asked.get("reason", ""))
    called = call_owner(
        plate=str(asked.get("plate", "")), reason=reason if reason in VehicleReason.values else VehicleReason.UNLOCKED,
        place_text=places[0].full_text, point=(places[0].lon, places[0].lat), by=by, at=clock.now(),
    )  # fmt: skip
    return JsonResponse({"told": called.declared, "reference": called.matter.reference})
