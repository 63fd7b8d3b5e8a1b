"""Files of guards, volunteers, security workers and office staff who go along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.patrols.other_forms import PartnerForm
from shouwang.desk.records import say_in
from shouwang.desk.showing import choices_of
from shouwang.patrols.crewing import partners_for
from shouwang.patrols.models import Partner, Party
from shouwang.patrols.partnering import SAID, end_partner, keep_partner
from shouwang.patrols.words import TASKS
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

KEPT = ("name", "party", "employer", "full_time", "tasks")


@opens_to(Verb.PATROL_ORDER)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """`?party=`; those who ended stand last."""
    by, at = actor_of(request), clock.now()
    party = request.GET.get("party", "")
    party = party if party in Party.values else ""
    rows = partners_for(by, at)
    rows = rows.filter(party=party) if party else rows
    today = clock.local_date(at)
    options = [("", _("All parties")), *(one for one in Party.choices if one[0] != Party.POLICE)]
    page = {
        "nav": "partners", "filters": choices_of(("party", pgettext_lazy("patrol", "Party"), options, party)),
        "rows": sorted(((one, [TASKS[key] for key in one.tasks if key in TASKS], one.holds_on(today)) for one in rows),
                       key=lambda row: not row[2]),
    }  # fmt: skip
    return render(request, "desk/patrols/partners.html", page)


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """A new file, or one that is there."""
    by, at = actor_of(request), clock.now()
    row = _visible(request, key) if key else None
    said: dict[str, Any] = {}
    if row:
        said = {name: getattr(row, name) for name in (*KEPT, *SAID)}
        said |= {"ground": row.ground_id, "person": row.person_id}
    form, status = PartnerForm(request.POST or None, by=by, at=at, initial=said), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given, ground = form.given()
            try:
                keep_partner(given, ground=ground, row=row, by=by, at=at)
                return redirect("desk:patrol_partners")
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "desk/patrols/partner.html", {"nav": "partners", "form": form, "row": row}, status=status)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    end_partner(_visible(request, key), by=actor_of(request), at=clock.now())
    return redirect("desk:patrol_partners")


def _visible(request: HttpRequest, key: UUID) -> Partner:
    row = partners_for(actor_of(request), clock.now()).filter(pk=key).first()
    if row is None or not may(actor_of(request), Verb.PATROL_ORDER, row, clock.now()):
        raise NotVisible
    return row
