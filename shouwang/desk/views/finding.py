"""Finding a resident or an organisation: purpose first, at most twenty masked candidates, opening one is a look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import signed
from shouwang.desk.register_forms import CorrectionForm, MovingForm, SearchForm
from shouwang.desk.vehicle_forms import CallForm
from shouwang.desk.views.emergencies import kin_state
from shouwang.matters.models import Matter
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import emergency_of
from shouwang.registry.finding import PurposeFirst, begin_sitting, find_now, sitting_now, sitting_of
from shouwang.registry.lists import Category, DocumentKind, Register, Relation, Sex, Trade, UnitKind
from shouwang.registry.models import Sitting
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.opening import Seen, open_found
from shouwang.registry.purposes import FINDING_FOR, Purpose
from shouwang.registry.vehicles import plate_in


@opens_to(Verb.REGISTER_FIND)
@require_GET
def find_page(request: HttpRequest) -> HttpResponse:
    """The purpose, and once it is said the box to search in. `?matter=` is the matter in hand; `?ask=` asks anew."""
    asks = "ask" in request.GET
    return _page(request, None if asks else _sitting(request, request.GET.get("matter", "")))


@opens_to(Verb.REGISTER_FIND)
@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Say what for; it holds for a quarter of an hour."""
    matter = request.POST.get("matter", "")
    begin_sitting(
        purpose=request.POST.get("purpose", ""), matter=UUID(matter) if _is_key(matter) else None, by=actor_of(request),
        at=clock.now(),
    )  # fmt: skip
    return redirect(f"{reverse('desk:find')}?{urlencode({'matter': matter})}" if matter else "desk:find")


@opens_to(Verb.REGISTER_FIND)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """The candidates; typed words travel in the body, never in an address."""
    by, matter, form = actor_of(request), request.POST.get("matter", ""), SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, _sitting(request, matter), form=form)
    told = form.cleaned_data
    if plate := plate_in(told["who"]):
        return _plate(request, _sitting(request, matter), form, plate)
    register = Register(told["register"] or Register.RESIDENT)
    live = bool(request.headers.get("HX-Request"))
    try:
        sitting, register, found = find_now(
            who=told["who"], place=told["place"], register=register, matter=UUID(matter) if _is_key(matter) else None,
            by=by, at=clock.now(),
        )  # fmt: skip
    except Problem as problem:
        if live or isinstance(problem, PurposeFirst):
            raise
        return _page(request, _sitting(request, matter), form=form, problem=problem)
    if live:
        keeps = may(by, Verb.REGISTER_KEEP, None, clock.now())
        page = {"found": found, "register": register, "sitting": sitting, "form": form, "keeps": keeps}
        return render(request, "desk/finding/_found.html", page)
    return _page(request, sitting, form=form, found=found, register=register)


def _plate(request: HttpRequest, sitting: Sitting | None, form: SearchForm, plate: str) -> HttpResponse:
    """A plate leads to its owner by a message only, to whoever may call for an owner. Raises PurposeFirst"""
    by, at = actor_of(request), clock.now()
    if sitting is None or sitting.ends_at <= at:
        raise PurposeFirst()
    told = {"plate": plate, "reason": VehicleReason.UNLOCKED, "place_text": form.cleaned_data["place"]}
    calls = may(by, Verb.MATTER_OPEN, None, at)
    page = {"plate": plate, "owner_form": CallForm(initial=told) if calls else None}
    if request.headers.get("HX-Request"):
        return render(request, "desk/finding/_plate.html", page)
    return _page(request, sitting, form=form, **page)


@opens_to(Verb.REGISTER_FIND)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """One candidate, opened: the look is on record before anything is shown."""
    by, at = actor_of(request), clock.now()
    sitting = sitting_of(key_in(request, "sitting"), by)
    register = Register(request.POST.get("register", Register.RESIDENT))
    seen = open_found(
        key_in(request, "record"), register=register, search=key_in(request, "search"), sitting=sitting, by=by, at=at
    )
    if register == Register.ORGANISATION:
        kinds = {"kind": _label(UnitKind, seen["unit_kind"]), "trade": _label(Trade, seen["special_trade"])}
        return render(request, "desk/finding/organisation.html", {"seen": seen} | kinds)
    page = _record(request, seen)
    emergency = emergency_of(sitting=sitting.pk, by=by) if seen.purpose == Purpose.EMERGENCY else None
    if emergency is not None:
        page |= kin_state(request, emergency)
    return render(request, "desk/finding/record.html", page)


def _record(request: HttpRequest, seen: Seen) -> dict[str, Any]:
    by, at = actor_of(request), clock.now()
    purpose = seen.purpose
    keeps = may(by, Verb.REGISTER_KEEP, seen.area, at)
    initial = {name: seen[name] for name in CorrectionForm.base_fields}
    return {
        "seen": seen, "signed": signed(seen, by), "purpose": purpose.label, "keeps": keeps,
        "stale": seen.is_stale(clock.local_date(at)), "today": clock.local_date(at),
        "category": _label(Category, seen["category"]), "doc_kind": _label(DocumentKind, seen["doc_kind"]),
        "sex": _label(Sex, seen["sex"]) if seen["sex"] in (1, 2) else "",
        "residences": [one | {"relation": _label(Relation, one["relation"])} for one in seen["residences"] or ()],
        "correction": CorrectionForm(initial=initial) if keeps and purpose == Purpose.CORRECTION else None,
        "moving": MovingForm(initial={"from_on": clock.local_date(at)})
        if may(by, Verb.REGISTER_KEEP, None, at) and purpose == Purpose.REGISTRATION else None,
    }  # fmt: skip


def _page(request: HttpRequest, sitting: Sitting | None, **more: Any) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    page: dict[str, Any] = {"form": SearchForm(), "found": None, "register": Register.RESIDENT} | more
    matter = request.POST.get("matter", "") or request.GET.get("matter", "")
    row = Matter.objects.visible_to(by, at).filter(pk=matter).first() if _is_key(matter) else None
    purposes = [one for one in FINDING_FOR if (one == Purpose.HANDLING) == (row is not None)]
    page |= {
        "sitting": sitting, "purposes": purposes, "matter": row,
        "purpose": Purpose(sitting.purpose) if sitting else None, "keeps": may(by, Verb.REGISTER_KEEP, None, at),
    }  # fmt: skip
    return render(request, "desk/finding/find.html", page, status=more["problem"].status if "problem" in more else 200)


def _sitting(request: HttpRequest, matter: str) -> Sitting | None:
    return sitting_now(actor_of(request), clock.now(), UUID(matter) if _is_key(matter) else None)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
