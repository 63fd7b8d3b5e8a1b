"""The counter: a resident and his own account are joined by an officer who has him and his document before him."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in, shown_again, signed
from shouwang.desk.register_forms import CounterForm
from shouwang.people.models import Account
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.binding import account_with_code, bind_with_code
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.lists import DocumentKind, Register
from shouwang.registry.opening import Seen, open_found
from shouwang.registry.protecting import checked_document
from shouwang.registry.purposes import Purpose

SHOWN = ("name", "doc_kind", "doc_no", "state")


class NobodyWithThis(Problem):
    code, status = "desk.nobody_with_this", 404
    says = _("Nobody with this document is registered on your ground. Register the person first.")


@opens_to(Verb.REGISTER_KEEP)
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """The whole number of the document and the code of the account; then the record to compare with the card."""
    by, at, form = actor_of(request), clock.now(), CounterForm(request.POST or None, initial={"doc_kind": "id_card"})
    if request.method == "POST" and form.is_valid():
        try:
            return _compare(request, form.cleaned_data, by, at)
        except Problem as problem:
            return render(request, "desk/finding/counter.html", {"form": form}, status=say_in(form, problem))
    return render(request, "desk/finding/counter.html", {"form": form}, status=422 if form.errors else 200)


def _compare(request: HttpRequest, told: dict[str, Any], by: Actor, at: dt.datetime) -> HttpResponse:
    account = account_with_code(told["code"])
    seen = _with_document(told["doc_kind"], told["doc_no"], by, at)
    page = {
        "seen": seen, "signed": signed(seen, by), "code": told["code"], "account": account,
        "contact": Account.objects.filter(person=account).first(), "stale": seen.is_stale(clock.local_date(at)),
        "doc_kind": DocumentKind(seen["doc_kind"]).label,
    }  # fmt: skip
    return render(request, "desk/finding/counter_compare.html", page)


def _with_document(doc_kind: str, doc_no: str, by: Actor, at: dt.datetime) -> Seen:
    """The one record of this document on the officer's ground: a search and a look like any other."""
    sitting = begin_sitting(purpose=Purpose.VERIFICATION, by=by, at=at)
    found = find(sitting, who=checked_document(doc_kind, doc_no), by=by, at=at)
    if len(found.candidates) != 1:
        raise NobodyWithThis(field="doc_no")
    return open_found(
        found.candidates[0].id, register=Register.RESIDENT, search=found.search, sitting=sitting, by=by, at=at,
        fields=SHOWN,
    )  # fmt: skip


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def bind(request: HttpRequest) -> HttpResponse:
    bind_with_code(
        shown_again(request), request.POST.get("code", ""), card_seen="card_seen" in request.POST,
        by=actor_of(request), at=clock.now(),
    )  # fmt: skip
    return render(request, "desk/finding/done.html", {"what": "bound"})
