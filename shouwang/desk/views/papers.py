"""Papers for whoever runs a place: the notice of a hazard, or a briefing, with the code that opens its page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.loading import actor_of
from shouwang.desk.own import noted_by
from shouwang.kinds.advice.words import SAYS
from shouwang.kinds.hazard.models import Premises
from shouwang.kinds.hazard.publishing import publish, withdraw
from shouwang.kinds.hazard.sweeping import sweeps_of
from shouwang.matters.models import Matter
from shouwang.matters.owners import give_paper, last_minute
from shouwang.notices.minting import address
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.people.views.proving import qr

PAPERS = {"hazard": Verb.MATTER_WORK, "advice": Verb.ROUND_WALK}


class NotToldYet(Problem):
    code, status = "desk.not_told_yet", 409
    says = _("Note first what the owner has to do (“Tell the owner”); that is what the paper says.")


@opens_to(Verb.MATTER_WORK, Verb.ROUND_WALK)
@require_POST
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """To be printed now: the code is told once, and an earlier paper opens nothing any more."""
    by, at = actor_of(request), clock.now()
    own = [one.matter.pk for one in noted_by(by, at, ("advice",))]
    seen = Matter.objects.visible_to(by, at) | Matter.objects.filter(pk__in=own)
    row = get_object_or_404(seen, pk=key, kind__in=PAPERS)
    if row.kind == "hazard" and not row.facts.get("to_do"):
        raise NotToldYet
    token = give_paper(row, verb=PAPERS[row.kind], by=by, at=at)
    link = address(f"/premises/{token}")
    back = reverse("desk:safety" if row.kind == "hazard" else "desk:troubles")
    page = {
        "row": row, "title": label_of(row), "qr": qr(link), "address": link, "nav": "safety",
        "says": SAYS.get(row.subkind, ()), "at": at, "back": back,
        "until": last_minute(row.due_at),
    }  # fmt: skip
    return render(request, "desk/walking/paper.html", page)


@opens_to(Verb.MATTER_CLOSE)
@require_POST
def result(request: HttpRequest, key: UUID, place: UUID) -> HttpResponse:
    """Publish the result of one visit; or, with a reason, withdraw it."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(sweeps_of(by, at), pk=key)
    premises = get_object_or_404(Premises, sweep=row, pk=place)
    if "reason" in request.POST:
        withdraw(premises=premises, reason=request.POST["reason"], by=by, at=at)
    else:
        publish(premises=premises, by=by, at=at)
    return redirect("desk:sweep", key=key)
