"""Looks and their rules: what the rules are, what they picked out of one's own looks, and hearing those of others."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.desk.records import address_from
from shouwang.people.access import may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.hearing import (
    close_hearing,
    declare_own_address,
    looks_to_hear,
    own_address_of,
    own_looks,
    say_why,
)
from shouwang.registry.models.odd import Heard
from shouwang.registry.odd_looks import MARGIN, MOST_LOOKS, MOST_SEARCHES, NIGHT_FROM, NIGHT_UNTIL, SPAN


@opens_to(Verb.REGISTER_FIND, Verb.MATTER_SEAL, Verb.AUDIT_READ)
@require_GET
def odd_looks(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    waiting = looks_to_hear(by, at)
    names = dict(Person.objects.filter(pk__in=[one.person for one in waiting]).values_list("pk", "name"))
    page = {
        "own": own_looks(by), "waiting": [(one, names.get(one.person, "—")) for one in waiting], "at": at,
        "outcomes": Heard.choices, "finds": may(by, Verb.REGISTER_FIND, None, at), "address": own_address_of(by),
        "most_looks": MOST_LOOKS, "most_searches": MOST_SEARCHES, "span_min": SPAN.seconds // 60,
        "margin_min": MARGIN.seconds // 60, "night_from": f"{NIGHT_FROM:%H:%M}", "night_until": f"{NIGHT_UNTIL:%H:%M}",
    }  # fmt: skip
    return render(request, "desk/finding/odd_looks.html", page)


@opens_to(Verb.REGISTER_FIND)
@require_POST
def own_words(request: HttpRequest, key: UUID) -> HttpResponse:
    say_why(key, request.POST.get("words", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:odd_looks")


@opens_to(Verb.MATTER_SEAL, Verb.AUDIT_READ)
@require_POST
def heard(request: HttpRequest, key: UUID) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    if outcome not in Heard.values:
        raise NotChosen(field="outcome")
    close_hearing(key, outcome, request.POST.get("note", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:odd_looks")


@opens_to(Verb.REGISTER_FIND)
@require_POST
def own_address(request: HttpRequest) -> HttpResponse:
    """Declare where one lives; empty takes it back."""
    text = request.POST.get("address_text", "").strip()
    declare_own_address(address_from(text, None) if text else None, by=actor_of(request), at=clock.now())
    return redirect("desk:odd_looks")
