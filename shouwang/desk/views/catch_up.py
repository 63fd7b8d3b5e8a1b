"""Catching up: cards written while the system was away become matters; drills are begun and ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.fallback.catching_up import PLACES, enter_all, waiting_cards
from shouwang.desk.fallback.pictures import cards_in
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.room import room_of
from shouwang.dispatch.cards.entering import enter_card
from shouwang.dispatch.cards.taking import begin_drill, end_drill, hand_in, running_drill, seen_by
from shouwang.dispatch.models import CardState, Drill
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.finding import find_places

DONE, DRILLS = 50, 10  # shown below what waits
MOST_PICTURES = 20


@opens_to(Verb.UNIT_SEND)
@require_GET
def catch_up(request: HttpRequest) -> HttpResponse:
    return _page(request)


@opens_to(Verb.UNIT_SEND)
@require_POST
def enter(request: HttpRequest, key: UUID) -> HttpResponse:
    """One card becomes a matter; `place` is which of the places found, `into` a matter that is the same event."""
    by, at = actor_of(request), clock.now()
    card = seen_by(by, at).filter(pk=key).first()
    if card is None:
        raise NotVisible
    places = find_places(card.content["place"], limit=PLACES) if card.content["place"].strip() else []
    place = next((one for one in places if str(one.id) == request.POST.get("place")), None)
    into = None
    if request.POST.get("into"):
        into = Matter.objects.visible_to(by, at).filter(pk=key_in(request, "into")).first()
        if into is None:
            raise NotVisible
    enter_card(card, by=by, at=at, place=place, into=into)
    return redirect("catch_up:cards")


@opens_to(Verb.UNIT_SEND)
@require_POST
def everything(request: HttpRequest) -> HttpResponse:
    enter_all(actor_of(request), clock.now())
    return redirect("catch_up:cards")


@opens_to(Verb.UNIT_SEND)
@require_POST
def pictures(request: HttpRequest) -> HttpResponse:
    """Cards of a desk that did not come back, read from pictures of their codes."""
    by, at = actor_of(request), clock.now()
    office, problems, read = room_of(by, at).office, [], 0
    for picture in request.FILES.getlist("pictures")[:MOST_PICTURES]:
        try:
            for card in cards_in(picture, picture.name or ""):
                hand_in(card, office=office, by=by, at=at, from_picture=True)
                read += 1
        except Problem as problem:
            problems.append(str(problem.message))
    return _page(request, problems, read)


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def drills(request: HttpRequest) -> HttpResponse:
    """Begin one; each desk of the office is told within a minute."""
    by, at = actor_of(request), clock.now()
    begin_drill(office=room_of(by, at).office, by=by, at=at)
    return redirect("catch_up:cards")


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def drill_end(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    drill = Drill.objects.filter(pk=key, area=room_of(by, at).office).first()
    if drill is None:
        raise NotVisible
    end_drill(drill, by=by, at=at)
    return redirect("catch_up:cards")


def _page(request: HttpRequest, problems: list[str] | None = None, read: int | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    office = room_of(by, at).office
    done = seen_by(by, at).filter(state=CardState.ENTERED).order_by("-entered_at", "-id")[:DONE]
    matters = Matter.objects.in_bulk([card.pk for card in done])
    drills = Drill.objects.filter(area=office).order_by("-began_at").prefetch_related("cards")[:DRILLS]
    page = {
        "waiting": waiting_cards(by, at), "done": [(card, matters.get(card.pk)) for card in done], "drills": drills,
        "running": running_drill(office), "may_drill": may(by, Verb.ROSTER_WRITE, office, at), "read": read,
        "problems": problems or [], "office": office,
    }  # fmt: skip
    return render(request, "desk/fallback/catch_up.html", page, status=422 if problems else 200)
