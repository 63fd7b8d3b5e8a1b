"""Everything held about me: for an account that was joined to its resident at a counter; else, how that is done."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.models import Party
from shouwang.notices.models import Notice
from shouwang.notices.wordings import WORDINGS, text_of
from shouwang.people.access import NotVisible, opened_matters
from shouwang.people.routes import account_holder
from shouwang.portal.asking import holder_of, refuse, resident_in
from shouwang.portal.export import as_zip
from shouwang.portal.held_forms import WishForm
from shouwang.portal.holdings import holdings
from shouwang.registry.binding import make_counter_code, own_resident
from shouwang.registry.lists import RequestKind
from shouwang.registry.own_copy import Copy, ask_copy, own_copy
from shouwang.registry.requests import ask, own_requests
from shouwang.registry.trail import OwnLook, looks_at_oneself

NEWEST = 8
NOBODY = UUID(int=0)
AGAIN_S = "1"  # how soon the page looks whether the copy is ready


@account_holder
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """Who looked, what is held, what I asked; each with its page. Whose record is gone still reads the answers."""
    person, by, at = holder_of(request), resident_in(request), clock.now()
    if own_resident(by) is None:
        return render(request, "portal/held/unbound.html", {"requests": own_requests(by)})
    looks, copy = _looks(by, at), own_copy(by)
    page = {
        "person": person, "looks": looks[:NEWEST], "n_looks": len(looks), "copy": copy, "requests": own_requests(by),
        "told": _told(by), "kinds": [one for one in RequestKind if one != RequestKind.EXPLAIN],
    }  # fmt: skip
    return _again(render(request, "portal/held/held.html", page), copy)


@account_holder
@require_POST
def counter_code(request: HttpRequest) -> HttpResponse:
    """The code that names this account at the counter for a quarter of an hour."""
    holder_of(request)
    code = make_counter_code(by=resident_in(request), at=clock.now())
    return render(request, "portal/held/unbound.html", {"code": code})


@account_holder
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    by = _joined(request)
    return render(request, "portal/held/looks.html", {"looks": _looks(by, clock.now())})


@account_holder
@require_http_methods(["GET", "POST"])
def everything(request: HttpRequest) -> HttpResponse:
    """POST: have it put together. GET: what is held, once it is; until then how far it is."""
    by = _joined(request)
    if request.method == "POST":
        ask_copy(by=by, at=clock.now())
        return redirect("portal:everything")
    copy = own_copy(by)
    page = {"copy": copy, "holdings": holdings(copy.held) if copy and copy.ready_at else []}
    return _again(render(request, "portal/held/everything.html", page), copy)


@account_holder
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as a file: JSON, a page to read, and tables for a spreadsheet."""
    by, at = _joined(request), clock.now()
    copy = own_copy(by)
    if copy is None or copy.ready_at is None:
        return redirect("portal:everything")
    body = as_zip(copy, _looks(by, at), request=request)
    return HttpResponse(
        body, content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="shouwang-{clock.local_date(at)}.zip"',
                 "Cache-Control": "no-store"},
    )  # fmt: skip


@account_holder
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, kind: str) -> HttpResponse:
    """One request: to put right, to object, to delete, to say why; then its receipt."""
    by = _joined(request)
    if kind not in RequestKind:
        raise NotVisible
    form = WishForm(RequestKind(kind), request.POST or None, initial={"about": request.GET.get("look", "")})
    known: dict[str, Any] = {"form": form, "kind": RequestKind(kind)}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            filed = ask(kind, told["wish"], about=told["about"], by=by, at=clock.now())
        except Problem as problem:
            refuse(form, problem)
        else:
            return render(request, "portal/held/asked.html", known | {"filed": filed})
    return render(request, "portal/held/wish.html", known, status=422 if form.errors else 200)


def _joined(request: HttpRequest) -> Actor:
    """Whoever signed in, where his account is joined to a resident. Raises NotVisible."""
    holder_of(request)
    by = resident_in(request)
    if own_resident(by) is None:
        raise NotVisible
    return by


def _looks(by: Actor, at: dt.datetime) -> list[OwnLook]:
    own, told = opened_matters(by, at), _identities(by)
    return looks_at_oneself(by, identities=told, own_matters=own)


def _identities(by: Actor) -> list[UUID]:
    """What he told himself as a party of his matters."""
    with acting(by):
        rows = Party.objects.filter(person=by.person_id, identity__isnull=False).values_list("identity", flat=True)
        return [one for one in rows if one]


def _told(by: Actor) -> list[tuple[dt.datetime, str]]:
    """What the house told him in his account, newest first."""
    language = get_language() or "zh-hans"
    with acting(by):
        rows = list(Notice.objects.filter(recipient=by.person_id or NOBODY).order_by("-queued_at")[:NEWEST])
    return [
        (row.queued_at, text_of(row.wording, row.values, language=language)) for row in rows if row.wording in WORDINGS
    ]


def _again(response: HttpResponse, copy: Copy | None) -> HttpResponse:
    if copy is not None and copy.ready_at is None:
        response["Refresh"] = AGAIN_S
    return response
