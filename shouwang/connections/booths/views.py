"""One door: a booth's box, known by the token of its unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shouwang.core.clock import now
from shouwang.duty.booths import heard_from
from shouwang.people.routes import public
from shouwang.ui.bodies import object_in


@csrf_exempt
@public  # the token of the unit opens it
@require_POST
def heartbeat(request: HttpRequest) -> HttpResponse:
    """{"power": "mains", "battery" or "off"}; `Authorization: Bearer` token."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    heard_from(token, power=str(object_in(request).get("power", "")), at=now())
    return HttpResponse(status=204)
