"""Declarations at the desk: filing one at a door or counter, what waits, answering; and counts that name nobody."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.chinese import mask_number
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import address_from, say_in, shown_again, signed
from shouwang.desk.register_forms import DeclarationForm
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Address, Area
from shouwang.registry import declaring
from shouwang.registry.declared import overdue_homes
from shouwang.registry.lists import Category, DeclarationState, Declarer, DocumentKind, Register, Relation
from shouwang.registry.opening import open_here
from shouwang.registry.purposes import Purpose
from shouwang.registry.quality import heads_on, quality_on
from shouwang.registry.registering import ResidenceTold, ResidentTold

OPEN = (DeclarationState.FILED, DeclarationState.CHECKED)


@opens_to(Verb.REGISTER_FILE)
@require_http_methods(["GET", "POST"])
def declarations(request: HttpRequest) -> HttpResponse:
    """What one filed, what waits for an officer's answer, and the form to file another."""
    by, at = actor_of(request), clock.now()
    form = DeclarationForm(request.POST or None, initial={"happened_on": clock.local_date(at)})
    page: dict[str, Any] = {"form": form, "receipt": None}
    if request.method == "POST" and form.is_valid():
        try:
            page["receipt"] = _filed(form.cleaned_data, by, at)
            page["form"] = DeclarationForm(initial={"happened_on": clock.local_date(at)})
        except Problem as problem:
            say_in(form, problem)
    states = dict(DeclarationState.choices)
    own = [
        one | {"label": declaring.KINDS[one["kind"]].label, "said": states[one["state"]]} for one in declaring.own(by)
    ]
    page |= {
        "own": own,
        "waiting": declaring.waiting(by, at),
        "answers": may(by, Verb.REGISTER_KEEP, None, at),
        "overdue": overdue_homes(by, at),
        "at": at,
    }
    return render(request, "desk/finding/declarations.html", page, status=422 if form.errors else 200)


def _filed(told: dict[str, Any], by: Actor, at: dt.datetime) -> declaring.Receipt:
    return declaring.declare(
        told["kind"], {name: told[name] for name in ("name", "doc_kind", "doc_no", "phone")},
        address=address_from(told["address_text"], told["address"]), declarer=told["declarer"],
        happened_on=told["happened_on"], by=by, at=at,
    )  # fmt: skip


@opens_to(Verb.REGISTER_FILE)
@require_POST
def declaration(request: HttpRequest) -> HttpResponse:
    """One declaration, opened: a look like any other."""
    by, at = actor_of(request), clock.now()
    (seen,) = open_here(
        [key_in(request, "declaration")], register=Register.DECLARATION, purpose=Purpose.REGISTRATION, by=by, at=at
    )
    told = json.loads(seen["told"] or "{}")
    page = {
        "seen": seen, "told": told, "masked": mask_number(told.get("doc_no", "")), "signed": signed(seen, by),
        "kind": declaring.KINDS[seen["kind"]].label, "address": Address.objects.get(pk=seen["address_id"]),
        "answers": may(by, Verb.REGISTER_KEEP, seen.area, at) and seen["state"] in OPEN,
        "registers": declaring.KINDS[seen["kind"]].registers, "checked": seen["state"] == DeclarationState.CHECKED,
        "relations": Relation.choices, "categories": Category.choices, "doc_kinds": DocumentKind.choices,
    }  # fmt: skip
    return render(request, "desk/finding/declaration.html", page)


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Register what was declared, as the officer checked it."""
    from shouwang.desk.views.registration import already_known

    by, at, seen, given = actor_of(request), clock.now(), shown_again(request), request.POST
    sitting, known = already_known(given.get("doc_kind", ""), given.get("doc_no", ""), by, at)
    if known.candidates:
        page = {"found": known, "sitting": sitting, "register": Register.RESIDENT}
        return render(request, "desk/finding/register.html", page, status=409)
    told = ResidentTold(
        given.get("name", ""), given.get("category", ""), given.get("doc_kind", ""), given.get("doc_no", ""),
        phone=given.get("phone", ""),
    )  # fmt: skip
    lives = ResidenceTold(
        given.get("relation", Relation.TENANT), dt.date.fromisoformat(seen["happened_on"]),
        _day_in(given.get("until", "")), Declarer(seen["declarer"]),
    )  # fmt: skip
    done = declaring.accept(seen, told, lives, by=by, at=at)
    address = Address.objects.get(pk=seen["address_id"])
    return render(request, "desk/finding/registered.html", {"done": done, "address": address, "at": at})


def _day_in(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def checked(request: HttpRequest) -> HttpResponse:
    """The person and his document were seen; registering follows."""
    declaring.check_identity(shown_again(request), by=actor_of(request), at=clock.now())
    return redirect("desk:declarations")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def noted(request: HttpRequest) -> HttpResponse:
    """Somebody moved out: noted, once the residence was ended on its record."""
    declaring.take_note(shown_again(request), by=actor_of(request), at=clock.now())
    return redirect("desk:declarations")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def refuse(request: HttpRequest) -> HttpResponse:
    """Not registered: with the reason and the remedy that the declarer reads."""
    declaring.refuse(shown_again(request), request.POST.get("reason", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:declarations")


@opens_to(Verb.REGISTER_COUNT)
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """How many are registered, and how well, by grid: figures without a name in them."""
    by, at = actor_of(request), clock.now()
    quality, heads = quality_on(by, at), heads_on(by, at)
    grids = Area.objects.in_bulk({one.area for one in quality} | {one.area for one in heads})
    labels = dict(Category.choices)
    page = {
        "heads": sorted(((grids[one.area], labels[one.category], one.n) for one in heads), key=_named),
        "quality": sorted(
            ((grids[one.area], [one.timely, one.complete, one.fresh, one.accurate]) for one in quality), key=_named
        ),
    }
    return render(request, "desk/finding/counts.html", page)


def _named(line: tuple[Any, ...]) -> tuple[str, str]:
    return line[0].name, str(line[1])
