"""The slow layers of the map, and the ways of crews: asked for apart from calls and positions."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from shouwang.core import clock
from shouwang.desk.ground import ground_for, routes_for
from shouwang.desk.loading import actor_of
from shouwang.people.routes import for_screen, opens_to
from shouwang.people.verbs import Verb


@for_screen
def ground(request: HttpRequest) -> JsonResponse:
    return JsonResponse(ground_for(actor_of(request), clock.now()))


@opens_to(Verb.UNIT_TRACK)
def routes(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"route": routes_for(actor_of(request), clock.now())})
