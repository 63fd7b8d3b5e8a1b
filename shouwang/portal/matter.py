"""One matter: opened by its receipt and a second proof or by an account; followed, added to, corrected, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.limits import check_size
from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.opening import shown_copy
from shouwang.kinds.incident.forms import AnswerForm
from shouwang.matters.inbox import hand_in_more
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.receipts import Receipt, find_receipt, open_receipt, tidy
from shouwang.people.access import NotVisible, opened_matters
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.people.routes import public
from shouwang.people.views.arriving import address_of
from shouwang.places.finding import find_places
from shouwang.places.tiles import newest_load
from shouwang.portal.asking import resident_in
from shouwang.portal.following import following, kept_until
from shouwang.portal.mine import read_news
from shouwang.portal.reporting import read_chosen
from shouwang.portal.where import bounds_around

OPENED = "sw_opened"
OPENED_SALT = "portal.opened"
OPENED_LASTS_S = 30 * 60
MOST_AT_ONCE = 6
MOST_BYTES = 10 * 1024 * 1024  # together, as the page says; the front takes a little more


class Closed(Problem):
    code, status = "portal.closed", 403
    says = _("Open your report with its receipt first; for your safety it closes after 30 minutes.")


class NoFile(Problem):
    code, status = "portal.no_file", 422
    says = _("No file was chosen. Choose a photo or a recording first.")


class NothingAdded(Problem):
    code, status = "portal.nothing_added", 422
    says = _("Nothing was written. Write what you want to add first.")


@public
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, code: str = "") -> HttpResponse:
    """Opens a report: the code on the receipt, then a one-time code or the pass phrase."""
    typed = code or request.POST.get("code", "") or request.GET.get("code", "")
    code = tidy(typed)
    if not typed.strip():
        return render(request, "portal/open.html", {"code": ""})
    source, at = address_of(request), clock.now()
    found: Receipt | None = None
    try:
        found = find_receipt(code, source=source, at=at)
        if request.method == "GET":
            return render(request, "portal/open.html", {"code": code, "receipt": found})
        if "send" in request.POST and found.has_number:
            hand_in_more(SubmissionKind.CODE, found.matter, {}, by=found.holder, at=at)
            return render(request, "portal/open.html", {"code": code, "receipt": found, "sent": True})
        holder = open_receipt(found, request.POST.get("second", ""), source=source, at=at)
    except Problem as problem:
        known = {"code": code or typed[:20], "problem": problem.message, "receipt": found}
        return render(request, "portal/open.html", known, status=problem.status)
    return _opened(request, found.matter, holder)


def _opened(request: HttpRequest, matter: UUID, holder: Actor) -> HttpResponse:
    response = redirect("portal:follow", key=matter)
    told = signing.dumps([str(matter), str(holder.grant_id)], salt=OPENED_SALT)
    secure = request.is_secure()
    response.set_cookie(OPENED, told, max_age=OPENED_LASTS_S, httponly=True, secure=secure, samesite="Lax")
    return response


def _holder(request: HttpRequest, key: UUID) -> Actor:
    """The account that holds it, or the holder of what this browser has opened. Raises Closed."""
    by = resident_in(request)
    if by.person_id and key in opened_matters(by, clock.now()):
        return by
    try:
        told = request.COOKIES.get(OPENED, "")
        matter, grant = signing.loads(told, salt=OPENED_SALT, max_age=OPENED_LASTS_S)
    except signing.BadSignature:
        raise Closed from None
    if matter != str(key):
        raise Closed
    return Actor(grant_id=UUID(grant), kind="nobody")


@public
@require_GET
def follow(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        holder = _holder(request, key)
    except Closed:
        return redirect("portal:open")
    if holder.person_id:
        read_news(holder, key, clock.now())
    return _page(request, key, holder)


def _page(request: HttpRequest, key: UUID, holder: Actor, problem: Problem | None = None, **known: Any) -> HttpResponse:
    """The page of the matter; with what was wrong, and what was typed still in it."""
    seen = following(key, holder, get_language() or "zh-hans", clock.now())
    if seen.matter is None and not seen.waiting:
        raise NotVisible
    known |= {"seen": seen, "key": key, "until": kept_until(seen.matter.opened_at) if seen.matter else None}
    known |= {"most": MOST_BYTES, "by_account": bool(holder.person_id), "problem": problem.message if problem else ""}
    return render(request, "portal/follow.html", known, status=problem.status if problem else 200)


@public
@require_POST
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Something to add, or withdrawn: each goes to the inbox as the reporter's own act."""
    holder, at = _holder(request, key), clock.now()
    text = request.POST.get("text", "").strip()
    if "withdraw" in request.POST:
        hand_in_more(SubmissionKind.WITHDRAWAL, key, {"reason": request.POST.get("reason", "")[:200]}, by=holder, at=at)
    elif text:
        hand_in_more(SubmissionKind.ADDITION, key, {"text": text[:4000]}, by=holder, at=at)
    else:
        return _page(request, key, holder, NothingAdded())
    return redirect("portal:follow", key=key)


@public
@require_http_methods(["GET"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asked once more before a report is withdrawn: it cannot be taken back."""
    _holder(request, key)
    return render(request, "portal/withdraw.html", {"key": key})


@public
@require_POST
def photos(request: HttpRequest, key: UUID) -> HttpResponse:
    """Photos or recordings to one's own report; each is kept as it came before this answers."""
    holder, at = _holder(request, key), clock.now()
    files = request.FILES.getlist("files")[:MOST_AT_ONCE]
    try:
        if not files:
            raise NoFile
        for file in files:
            check_size(file.size or 0)
            keep_evidence(file.read(), matter=key, by=holder, at=at)
    except Problem as problem:
        return _page(request, key, holder, problem)
    return redirect("portal:follow", key=key)


@public
@require_GET
def photo(request: HttpRequest, key: UUID, evidence: UUID) -> HttpResponse:
    """The small copy of what the reporter gave himself."""
    holder = _holder(request, key)
    with acting(holder):
        data, content_type = shown_copy(evidence, CopyForm.SMALL, by=holder, at=clock.now())
    return HttpResponse(data, content_type=content_type, headers={"Cache-Control": "private, no-store"})


@public
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct the place: words and one of the places they may mean, or a tap on the map."""
    holder = _holder(request, key)
    words = request.POST.get("place_text", "")[:300]
    point, address, text = read_chosen(request.POST.get("place", ""))
    if point is not None:
        point, text = check_lonlat(*point), text or words or str(_("The place tapped on the map"))
        content = {"lon": point[0], "lat": point[1], "place_text": text, "address": str(address) if address else None}
        hand_in_more(SubmissionKind.PLACE, key, content, by=holder, at=clock.now())
        return redirect("portal:follow", key=key)
    places = find_places(words, limit=5) if words.strip() else []
    bounds = bounds_around(None, newest_load())
    known = {"key": key, "places": places, "words": words, "asked": request.method == "POST", "bounds": bounds}
    return render(request, "portal/place.html", known, status=422 if known["asked"] and not places else 200)


@public
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions afterwards, by the link of the message."""
    grant = grant_of(token, GrantKind.PARTY, clock.now())
    if grant is None:
        raise NotVisible
    return _answer(request, grant.subject, Actor(grant_id=grant.pk, kind="nobody"))


@public
@require_http_methods(["GET", "POST"])
def answer_here(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same questions for whoever has the matter open."""
    return _answer(request, key, _holder(request, key))


def _answer(request: HttpRequest, matter: UUID, holder: Actor) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        hand_in_more(SubmissionKind.ANSWER, matter, given, by=holder, at=clock.now())
        return render(request, "portal/thanks.html", {})
    return render(request, "portal/answer.html", {"form": form}, status=422 if form.errors else 200)
