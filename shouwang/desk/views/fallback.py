"""What desks fetch and hand in for the time without the system. Shell and worker are public: no data in them."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.fallback.board import last_board
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.dispatch.cards.coding import decoded
from shouwang.dispatch.cards.taking import give_seat, hand_in, running_drill, waiting_for
from shouwang.people.routes import opens_to, public
from shouwang.people.verbs import Verb
from shouwang.tracking.reading import read_time
from shouwang.ui.bodies import object_in

WORKER = Path(__file__).parent.parent / "static" / "desk" / "fallback" / "worker.js"
MOST_CARDS, LONGEST = 100, 4000


class TooManyCards(Problem):
    code, status = "fallback.too_many", 413
    says = _("At most 100 cards are handed in at once. Send them in smaller lots.")


class CardsUnreadable(Problem):
    code, status = "fallback.unreadable", 400
    says = _("These cards could not be read. They stay on this desk; print them and read them in by their squares.")


@public
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page that stands in for every page of the desk while no server answers."""
    response = render(request, "desk/fallback/shell.html", {})
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, for everything under /desk/."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@opens_to(Verb.UNIT_SEND)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The last board for the browser to keep, whether a drill is on, and how many cards wait."""
    by, at = actor_of(request), clock.now()
    drill = running_drill(room_of(by, at).office)
    told = {"board": last_board(by, at).as_json(), "drill": str(drill.pk) if drill else "",
            "waiting": waiting_for(by, at).count()}  # fmt: skip
    return JsonResponse(told)


@opens_to(Verb.UNIT_SEND)
@require_POST
def seats(request: HttpRequest) -> HttpResponse:
    """A number for this browser; it asks once."""
    return JsonResponse({"seat": give_seat(by=actor_of(request), at=clock.now())})


@opens_to(Verb.UNIT_SEND)
@require_POST
def cards(request: HttpRequest) -> HttpResponse:
    """Cards as text, with what the desk's clock says now; a receipt for each, or why it was not taken."""
    by, at = actor_of(request), clock.now()
    sent = object_in(request)
    if not isinstance(sent.get("cards"), list):
        raise CardsUnreadable
    texts = [str(one) for one in sent["cards"]]
    if len(texts) > MOST_CARDS or any(len(one) > LONGEST for one in texts):
        raise TooManyCards
    ahead_s = ((read_time(sent.get("now"), "now") or at) - at).total_seconds()
    office, receipts = room_of(by, at).office, []
    for text in texts:
        try:
            row = hand_in(decoded(text), office=office, by=by, at=at, ahead_s=ahead_s)
            receipts.append({"text": text, "number": row.number, "state": row.state})
        except Problem as problem:
            receipts.append({"text": text, "refused": str(problem.message)})
    return JsonResponse({"receipts": receipts})
