"""Calls that were begun: kept while they are typed, gone on with, or dropped."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.desk.drafts import keep, unfinished
from shouwang.desk.loading import actor_of, key_in
from shouwang.matters.drafts import drop_draft
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.MATTER_OPEN)
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """Asked by the form itself while somebody types."""
    keep(key_in(request, "key"), request.POST.dict(), by=actor_of(request), at=clock.now())
    return HttpResponse(status=204)


@opens_to(Verb.MATTER_OPEN)
@require_POST
def dropped(request: HttpRequest, key: UUID) -> HttpResponse:
    by = actor_of(request)
    drop_draft(key, by=by)
    return render(request, "desk/_drafts.html", {"drafts": unfinished(by, clock.now())})
