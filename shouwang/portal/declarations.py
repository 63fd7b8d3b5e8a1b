"""Declaring from home: filing, the receipt, how far each is, taking one back. Free of charge (REG-06)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people.routes import account_holder
from shouwang.places.finding import find_places
from shouwang.portal.asking import holder_of, refuse, resident_in
from shouwang.portal.declaring_forms import DeclareForm
from shouwang.registry.declared import WhichHome, home_called, own_declared, withdraw
from shouwang.registry.declaring import KINDS, Receipt, declare

TOLD = ("name", "doc_kind", "doc_no", "phone")
MOST = 6


@account_holder
@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    holder_of(request)
    today = clock.local_date(clock.now())
    rows = [(one, one.said(today), one.runs_out_soon(today)) for one in own_declared(resident_in(request))]
    page = {"rows": rows, "withdrawn": request.GET.get("withdrawn", "")}
    return render(request, "portal/declarations/list.html", page)


@account_holder
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; the addresses that may be meant, where the words name no single one; then the receipt."""
    holder_of(request)
    form = DeclareForm(request.POST or None, initial={"happened_on": clock.local_date(clock.now())})
    if request.method == "POST" and form.is_valid():
        try:
            receipt = _file(request, form)
        except WhichHome as problem:
            form = DeclareForm(request.POST, possible=_possible(form.cleaned_data["address_text"]))
            form.is_valid()
            refuse(form, problem)
        except Problem as problem:
            refuse(form, problem)
        else:
            page = {"receipt": receipt, "kind": KINDS[receipt.kind]}
            return render(request, "portal/declarations/receipt.html", page)
    return render(request, "portal/declarations/new.html", {"form": form}, status=422 if form.errors else 200)


def _file(request: HttpRequest, form: DeclareForm) -> Receipt:
    by, told = resident_in(request), form.cleaned_data
    said: dict[str, Any] = {name: told[name] for name in TOLD} | {"until": told["until"] or ""}
    return declare(
        told["kind"], said, address=home_called(told["address_text"], form.chosen, by=by), declarer=told["declarer"],
        happened_on=told["happened_on"], by=by, at=clock.now(),
    )  # fmt: skip


def _possible(text: str) -> list[tuple[str, str]]:
    """Houses and buildings that the words may mean; rooms are no public list."""
    return [(str(one.id), one.full_text) for one in find_places(text, limit=MOST) if one.kind == "address"]


@account_holder
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    holder_of(request)
    withdraw(key, by=resident_in(request), at=clock.now())
    return redirect("/account/declarations/?withdrawn=1")
