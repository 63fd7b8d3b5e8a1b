"""The start page, and the report form. No account is needed to report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.matters.inbox import hand_in
from shouwang.people.accounts import account_of
from shouwang.people.models import Account
from shouwang.people.routes import public
from shouwang.places.finding import find_places
from shouwang.portal.asking import resident_in
from shouwang.portal.reporting import FORMS, PAGES, Draft, WhoForm


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"kiosk": request.GET.get("kiosk") == "1"})


@public
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One question a page; the last one hands it in and shows the receipt."""
    draft = Draft.read(request.POST.get("kept", ""))
    page = request.POST.get("page", "now")
    if request.method == "GET" or page not in PAGES:
        return _ask(request, draft, "now")
    if "back" in request.POST:
        draft.lay_by(page, request.POST)
        return _ask(request, draft, PAGES[max(0, PAGES.index(page) - 1)])
    form = _form(request, page, request.POST)
    if not form.is_valid():
        return _ask(request, draft, page, form=form, status=422)
    if page == "where" and not form.cleaned_data["chosen"] and "place" not in request.POST:
        places = find_places(form.cleaned_data["place_text"], limit=5)
        if places:
            return _ask(request, draft, page, form=form, places=places)
    draft.answer(page, form.cleaned_data | {"chosen": request.POST.get("place", "")})
    return _hand_in(request, draft) if page == "check" else _ask(request, draft, draft.next_page)


def _hand_in(request: HttpRequest, draft: Draft) -> HttpResponse:
    by, account = resident_in(request), _account(request)
    if missing := next((page for page in PAGES[:-1] if page not in draft.answers), None):
        return _ask(request, draft, missing, status=422)
    told = draft.report(account)
    at = clock.now()
    hand_in(told, by=by, at=at)
    listed = bool(by.person_id) and not (told.told and told.told.quiet)
    known = {
        "draft": draft, "at": at, "by_phrase": bool(told.told and told.told.pass_phrase),
        "address": settings.ENVIRONMENT.address, "listed": listed, "account": account,
    }  # fmt: skip
    return render(request, "portal/receipt.html", known)


def _ask(
    request: HttpRequest,
    draft: Draft,
    page: str,
    *,
    form: forms.Form | None = None,
    places: Any = None,
    status: int = 200,
) -> HttpResponse:
    form = form or _form(request, page, initial=draft.told_on(page))
    step = PAGES.index(page) + 1
    known = {"draft": draft, "page": page, "form": form, "places": places, "step": step, "steps": len(PAGES)}
    return render(request, f"portal/report_{page}.html", known | {"account": _account(request)}, status=status)


def _form(request: HttpRequest, page: str, *given: Any, **more: Any) -> forms.Form:
    return WhoForm(*given, account=_account(request), **more) if page == "who" else FORMS[page](*given, **more)


def _account(request: HttpRequest) -> Account | None:
    by = resident_in(request)
    return account_of(by) if by.person_id else None


@public
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The short address on paper, for staff: it outlives where the page is."""
    return redirect("/desk/find/")
