"""Published results of supervisory visits: which unit, what was looked at, what became of what was lacking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.kinds.hazard.publishing import published
from shouwang.people.routes import public

LONGEST = 60


@public
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`?unit=`: only units whose name has these words."""
    unit = request.GET.get("unit", "").strip()[:LONGEST]
    return render(request, "portal/results.html", {"results": published(unit), "unit": unit})
