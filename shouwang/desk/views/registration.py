"""Registering, verifying, ending and correcting: the buttons of a record, and the form for somebody new."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import address_from, say_in, shown_again
from shouwang.desk.register_forms import CorrectionForm, MovingForm, RegistrationForm, ResidentForm
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.finding import Found, begin_sitting, find, sitting_now
from shouwang.registry.lists import Declarer, Register
from shouwang.registry.models import Sitting
from shouwang.registry.protecting import checked_document
from shouwang.registry.purposes import Purpose
from shouwang.registry.registering import (
    EndsBeforeItBegan,
    ResidenceTold,
    ResidentTold,
    correct_resident,
    end_residence,
    register_residence,
    verify_residence,
)


@opens_to(Verb.REGISTER_KEEP)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Somebody new. First the whole document number is searched for: who is known already is not written twice."""
    by, at = actor_of(request), clock.now()
    if request.method == "GET":
        form = RegistrationForm(initial={"from_on": clock.local_date(at), "doc_kind": "id_card"})
        return render(request, "desk/finding/register.html", {"form": form})
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/finding/register.html", {"form": form}, status=422)
    try:
        return _register(request, form, by, at)
    except Problem as problem:
        status = say_in(form, problem)
        return render(request, "desk/finding/register.html", {"form": form}, status=status)


def _register(request: HttpRequest, form: RegistrationForm, by: Actor, at: dt.datetime) -> HttpResponse:
    told = form.cleaned_data
    address = address_from(told["address_text"], told["address"])
    sitting, known = already_known(told["doc_kind"], told["doc_no"], by, at)
    if known.candidates:
        page = {"form": form, "found": known, "sitting": sitting, "register": Register.RESIDENT}
        return render(request, "desk/finding/register.html", page, status=409)
    new = ResidentTold(**{name: told[name] for name in (*ResidentForm.base_fields, "sex") if told[name] != ""})
    done = register_residence(new, _lives(told), address=address, by=by, at=at)
    return render(request, "desk/finding/registered.html", {"done": done, "address": address, "at": at})


def already_known(doc_kind: str, doc_no: str, by: Actor, at: dt.datetime) -> tuple[Sitting, Found]:
    """Whether somebody with this document is registered anywhere in the town; a search like any other."""
    number = checked_document(doc_kind, doc_no)
    sitting = sitting_now(by, at)
    if sitting is None or sitting.purpose != Purpose.REGISTRATION:
        sitting = begin_sitting(purpose=Purpose.REGISTRATION, by=by, at=at)
    return sitting, find(sitting, who=number, by=by, at=at)


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def move_in(request: HttpRequest) -> HttpResponse:
    """Somebody known, at another address."""
    by, at = actor_of(request), clock.now()
    seen, form = shown_again(request), MovingForm(request.POST)
    if not form.is_valid():
        return redirect("desk:find")
    told = form.cleaned_data
    address = address_from(told["address_text"], told["address"])
    done = register_residence(seen, _lives(told), address=address, by=by, at=at)
    return render(request, "desk/finding/registered.html", {"done": done, "address": address, "at": at})


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    verify_residence(shown_again(request), key_in(request, "residence"), by=actor_of(request), at=clock.now())
    return _done(request, "verified")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    try:
        ended_on = dt.date.fromisoformat(request.POST.get("ended_on", ""))
    except ValueError:
        raise EndsBeforeItBegan(field="ended_on") from None
    end_residence(
        shown_again(request), key_in(request, "residence"), ended_on=ended_on, by=actor_of(request), at=clock.now()
    )
    return _done(request, "ended")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Only what was changed in the form is corrected."""
    seen, form = shown_again(request), CorrectionForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/finding/correct.html", {"form": form, "signed": request.POST["seen"]}, status=422)
    correct_resident(seen, form.cleaned_data, by=actor_of(request), at=clock.now())
    return _done(request, "corrected")


def _done(request: HttpRequest, what: str) -> HttpResponse:
    return render(request, "desk/finding/done.html", {"what": what})


def _lives(told: dict[str, Any]) -> ResidenceTold:
    return ResidenceTold(told["relation"], told["from_on"], told.get("to_on"), Declarer.OFFICER)
