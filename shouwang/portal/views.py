"""Pages for residents. No account is needed to report; a receipt and a second proof open one matter."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.limits import check_size
from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.opening import shown_copy
from shouwang.kinds.incident.forms import AnswerForm
from shouwang.matters.inbox import hand_in, hand_in_more
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.receipts import find_receipt, open_receipt, tidy
from shouwang.people.access import NotVisible
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.people.routes import public
from shouwang.places.finding import find_places
from shouwang.portal.following import following, kept_until
from shouwang.portal.reporting import FORMS, PAGES, Draft

OPENED = "sw_opened"
OPENED_SALT = "portal.opened"
OPENED_LASTS_S = 30 * 60
MOST_AT_ONCE = 6


class Closed(Problem):
    code, status = "portal.closed", 403
    says = _("Open your report with its receipt first; for your safety it closes after 30 minutes.")


def source_of(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "") or request.META.get("REMOTE_ADDR", ""))


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
        return _ask(request, draft, PAGES[max(0, PAGES.index(page) - 1)])
    form = FORMS[page](request.POST)
    if not form.is_valid():
        return _ask(request, draft, page, form=form, status=422)
    if page == "where" and not form.cleaned_data["chosen"] and "place" not in request.POST:
        places = find_places(form.cleaned_data["place_text"], limit=5)
        if places:
            return _ask(request, draft, page, form=form, places=places)
    draft.answers[page] = form.cleaned_data | {"chosen": request.POST.get("place", "")}
    if page == "check":
        hand_in(draft.report(), by=_resident(request), at=clock.now())
        return render(request, "portal/receipt.html", {"draft": draft, "address": settings.ENVIRONMENT.address})
    return _ask(request, draft, draft.next_page)


def _ask(request: HttpRequest, draft: Draft, page: str, *, form=None, places=None, status=200) -> HttpResponse:  # type: ignore[no-untyped-def]
    form = form or FORMS[page](initial=draft.answers.get(page))
    step = PAGES.index(page) + 1
    known = {"draft": draft, "page": page, "form": form, "places": places, "step": step, "steps": len(PAGES)}
    return render(request, f"portal/report_{page}.html", known, status=status)


def _resident(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@public
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, code: str = "") -> HttpResponse:
    """Opens a report: the code on the receipt, then a one-time code or the pass phrase."""
    code = tidy(code or request.POST.get("code", "") or request.GET.get("code", ""))
    if not code:
        return render(request, "portal/open.html", {"code": ""})
    source, at = source_of(request), clock.now()
    try:
        found = find_receipt(code, source=source, at=at)
        if request.method == "GET":
            return render(request, "portal/open.html", {"code": code, "receipt": found})
        if "send" in request.POST:
            hand_in_more(SubmissionKind.CODE, found.matter, {}, by=found.holder, at=at)
            return render(request, "portal/open.html", {"code": code, "receipt": found, "sent": True})
        holder = open_receipt(found, request.POST.get("second", ""), source=source, at=at)
    except Problem as problem:
        known = {"code": code, "problem": problem.message, "receipt": locals().get("found")}
        return render(request, "portal/open.html", known, status=problem.status)
    return _opened(request, found.matter, holder)


def _opened(request: HttpRequest, matter: UUID, holder: Actor) -> HttpResponse:
    response = redirect("portal:follow", key=matter)
    told = signing.dumps([str(matter), str(holder.grant_id)], salt=OPENED_SALT)
    secure = request.is_secure()
    response.set_cookie(OPENED, told, max_age=OPENED_LASTS_S, httponly=True, secure=secure, samesite="Lax")
    return response


def _holder(request: HttpRequest, key: UUID) -> Actor:
    """The holder of what this browser has opened, or the account that filed it. Raises Closed."""
    try:
        told = request.COOKIES.get(OPENED, "")
        matter, grant = signing.loads(told, salt=OPENED_SALT, max_age=OPENED_LASTS_S)
    except signing.BadSignature:
        matter, grant = "", ""
    if matter == str(key):
        return Actor(grant_id=UUID(grant), kind="nobody")
    if _resident(request).person_id:
        return _resident(request)
    raise Closed


@public
@require_GET
def follow(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        holder = _holder(request, key)
    except Closed:
        return redirect("portal:open")
    seen = following(key, holder, get_language() or "zh-hans", clock.now())
    if seen.matter is None and not seen.waiting:
        raise NotVisible
    until = kept_until(seen.matter.opened_at) if seen.matter else None
    return render(request, "portal/follow.html", {"seen": seen, "key": key, "until": until})


@public
@require_POST
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Something to add, the place corrected, or withdrawn: each goes to the inbox as the reporter's own act."""
    holder, at = _holder(request, key), clock.now()
    if request.POST.get("text", "").strip():
        hand_in_more(SubmissionKind.ADDITION, key, {"text": request.POST["text"][:4000]}, by=holder, at=at)
    if "withdraw" in request.POST:
        hand_in_more(SubmissionKind.WITHDRAWAL, key, {"reason": request.POST.get("reason", "")[:200]}, by=holder, at=at)
    return redirect("portal:follow", key=key)


@public
@require_POST
def photos(request: HttpRequest, key: UUID) -> HttpResponse:
    """Photos or recordings to one's own report; each is kept as it came before this answers."""
    holder, at = _holder(request, key), clock.now()
    files = request.FILES.getlist("files")[:MOST_AT_ONCE]
    for file in files:
        check_size(file.size or 0)
        keep_evidence(file.read(), matter=key, by=holder, at=at)
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
    """Correct the place: words, then one of the places they may mean."""
    holder = _holder(request, key)
    places = find_places(request.POST.get("place_text", ""), limit=5) if request.method == "POST" else []
    if request.POST.get("place"):
        point, address, text = request.POST["place"].split("|", 2)
        lon, lat = (float(part) for part in point.split(","))
        content = {"lon": lon, "lat": lat, "place_text": text, "address": address or None}
        hand_in_more(SubmissionKind.PLACE, key, content, by=holder, at=clock.now())
        return redirect("portal:follow", key=key)
    words = request.POST.get("place_text", "")
    return render(request, "portal/place.html", {"key": key, "places": places, "words": words})


@public
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions afterwards, by the link of the message."""
    grant = grant_of(token, GrantKind.PARTY, clock.now())
    if grant is None:
        raise NotVisible
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        holder = Actor(grant_id=grant.pk, kind="nobody")
        hand_in_more(SubmissionKind.ANSWER, grant.subject, given, by=holder, at=clock.now())
        return render(request, "portal/thanks.html", {})
    return render(request, "portal/answer.html", {"form": form}, status=422 if form.errors else 200)
