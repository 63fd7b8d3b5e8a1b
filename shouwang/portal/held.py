"""Everything held about me: for an account that was joined to its resident at a counter; else, how that is done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from shouwang.core import clock
from shouwang.people.routes import account_holder
from shouwang.portal.asking import holder_of, resident_in
from shouwang.registry.binding import make_counter_code, own_resident


@account_holder
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    holder_of(request)
    if own_resident(resident_in(request)) is None:
        return render(request, "portal/held/unbound.html", {})
    return render(request, "portal/held/held.html", {})


@account_holder
@require_POST
def counter_code(request: HttpRequest) -> HttpResponse:
    """The code that names this account at the counter for a quarter of an hour."""
    holder_of(request)
    code = make_counter_code(by=resident_in(request), at=clock.now())
    return render(request, "portal/held/unbound.html", {"code": code})
