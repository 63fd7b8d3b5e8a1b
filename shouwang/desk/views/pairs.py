"""Residents who may be one person: the queue of one's ground, one pair masked, and what is said of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import actor_of, key_in
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.linkage import judging


@opens_to(Verb.REGISTER_KEEP)
@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    page = {"waiting": judging.pairs_waiting(by, at), "merged": judging.pairs_merged(by, at)}
    return render(request, "desk/imports/pairs.html", page)


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def pair(request: HttpRequest, key: UUID) -> HttpResponse:
    """Both sides masked: a search that is on record before they are shown."""
    shown = judging.show_pair(key, by=actor_of(request), at=clock.now())
    return render(request, "desk/imports/pair.html", {"shown": shown})


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def same(request: HttpRequest, key: UUID) -> HttpResponse:
    judging.make_one(key, key_in(request, "keep"), by=actor_of(request), at=clock.now())
    return redirect("imports:pairs")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def different(request: HttpRequest, key: UUID) -> HttpResponse:
    judging.tell_apart(key, by=actor_of(request), at=clock.now())
    return redirect("imports:pairs")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def parted(request: HttpRequest, key: UUID) -> HttpResponse:
    judging.part(key, by=actor_of(request), at=clock.now())
    return redirect("imports:pairs")
