"""What one was told: who looked back at one's own way, what for, and one's words beside it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.telling import notices_of, read_notices, write_beside
from shouwang.people.access import Verb
from shouwang.people.routes import opens_to


@opens_to(Verb.SHIFT_SIGN, Verb.ROUND_WALK, Verb.MESSAGE_READ)
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = [(one, PURPOSES.get(one.purpose, "")) for one in notices_of(by)]
    read_notices(by=by, at=at)
    return render(request, "desk/lookback/told.html", {"rows": rows})


@opens_to(Verb.SHIFT_SIGN, Verb.ROUND_WALK, Verb.MESSAGE_READ)
@require_POST
def words(request: HttpRequest, key: UUID) -> HttpResponse:
    write_beside(key, request.POST.get("words", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:told")
