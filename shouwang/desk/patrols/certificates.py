"""The certificate of a volunteer or guard: hours from patrols that were signed for, to be printed, free (VOL-03)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.desk.patrols.other_forms import PeriodForm
from shouwang.patrols.certifying import Certificate, certificate_of, minutes_of, own_certificate, signers_of
from shouwang.patrols.crewing import partners_for
from shouwang.people.access import NotVisible
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.PATROL_WALK)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own, whenever one wants it."""
    by, at = actor_of(request), clock.now()
    form, period = PeriodForm.asked(request.GET, at)
    names = Person.objects.filter(pk__in=[by.person_id]).values_list("name", flat=True)
    return _page(request, form, own_certificate(by, names[0], period), "mine")


@opens_to(Verb.PATROL_ORDER)
@require_safe
def partner(request: HttpRequest, key: UUID) -> HttpResponse:
    """Of somebody whose file the reader keeps."""
    by, at = actor_of(request), clock.now()
    row = partners_for(by, at).filter(pk=key).first()
    if row is None:
        raise NotVisible
    form, period = PeriodForm.asked(request.GET, at)
    return _page(request, form, certificate_of(row, period), "partners")


def _page(request: HttpRequest, form: PeriodForm, found: Certificate, nav: str) -> HttpResponse:
    signers = signers_of(found)
    page: dict[str, Any] = {
        "nav": nav, "form": form, "found": found, "at": clock.now(),
        "rows": [(one, minutes_of(one), signers.get(one.signed_by, "—")) for one in found.rows],
    }  # fmt: skip
    return render(request, "desk/patrols/certificate.html", page, status=422 if form.is_bound and form.errors else 200)
