"""The 350 MHz radio network: whether a gateway is set, its talk groups, and the radios that may report."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.connections.radio.listing import radios_of
from shouwang.connections.radio.models import TalkGroup
from shouwang.core import clock
from shouwang.people.access import Verb
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of


@opens_to(Verb.EQUIPMENT_READ)
@require_safe
def radio(request: HttpRequest) -> HttpResponse:
    """Read only: radios are kept in the equipment ledger, the address is a setting."""
    groups = list(TalkGroup.objects.all())
    page = {"gateway": settings.RADIO_GATEWAY, "groups": groups, "radios": radios_of(by_of(request), clock.now())}
    return render(request, "administration/radio.html", page)
