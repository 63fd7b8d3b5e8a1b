"""Who was here then: asked, decided by somebody above, and the answer for a quarter of an hour."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.desk.lookback.forms import PresenceForm
from shouwang.matters.models import Matter
from shouwang.oversight.presences import Place, answer_of, ask_presence, asked_by, decide, waiting_for
from shouwang.oversight.purposes import PURPOSES
from shouwang.people.access import Verb, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.places.finding import find_places


class NoSuchMatter(Problem):
    code, status = "lookback.no_such_matter", 404
    says = _("No matter with this number is yours to see.")


class NoSuchPlace(Problem):
    code, status = "lookback.no_such_place", 404
    says = _("This place was not found. Write street and number, or leave it empty for the place of the matter.")


@opens_to(Verb.PAST_ASK, Verb.PAST_APPROVE)
@require_GET
def presences(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    own, waiting = asked_by(by), waiting_for(by, at)
    names = dict(Person.objects.filter(pk__in=[one.asked_by for one in waiting]).values_list("pk", "name"))
    page = {
        "own": own, "waiting": [(one, names.get(one.asked_by, "—"), PURPOSES.get(one.purpose)) for one in waiting],
        "asks": may(by, Verb.PAST_ASK, None, at), "at": at,
    }  # fmt: skip
    return render(request, "desk/lookback/presences.html", page)


@opens_to(Verb.PAST_ASK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form = PresenceForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        matter = Matter.objects.visible_to(by, at).filter(number=given["number"]).order_by("-opened_at").first()
        if matter is None:
            raise NoSuchMatter(field="number")
        ask_presence(
            matter=matter, place=_place(given["place"], given["radius_m"], matter), start=given["starts_at"],
            end=given["ends_at"], purpose=given["purpose"], reason=given["reason"], by=by, at=at,
        )  # fmt: skip
        return redirect("desk:presences")
    return render(request, "desk/lookback/presence_new.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(Verb.PAST_ASK, Verb.PAST_APPROVE)
@require_POST
def presence(request: HttpRequest, key: UUID) -> HttpResponse:
    """The answer: its first reading is on record, and begins the quarter of an hour."""
    by, at = actor_of(request), clock.now()
    row, found = answer_of(key, by=by, at=at)
    page = {"row": row, "found": found, "purpose": PURPOSES.get(row.purpose)}
    answer = render(request, "desk/lookback/presence.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


@opens_to(Verb.PAST_APPROVE)
@require_POST
def decided(request: HttpRequest, key: UUID) -> HttpResponse:
    choice = request.POST.get("decision", "")
    if choice not in ("approve", "refuse"):
        raise NotChosen(field="decision")
    decide(key, approved=choice == "approve", because=request.POST.get("because", ""), by=actor_of(request),
           at=clock.now())  # fmt: skip
    return redirect("desk:presences")


def _place(text: str, radius_m: int, matter: Matter) -> Place:
    """Raises NoSuchPlace"""
    if not text.strip() and matter.lon is not None and matter.lat is not None:
        return Place(matter.place_text, matter.lon, matter.lat, radius_m)
    found = next(iter(find_places(text, limit=1)), None)
    if found is None:
        raise NoSuchPlace(field="place")
    return Place(text, found.lon, found.lat, radius_m)
