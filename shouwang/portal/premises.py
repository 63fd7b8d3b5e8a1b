"""The page of whoever runs a place, by the paper he was left: a hazard to be mended, or a briefing with its self-check.

An allow-list: what was found and until when, what he sent himself. Nothing of reporters, notes or looks, and its cookie
opens no other page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.limits import check_size
from shouwang.evidence.models import Evidence
from shouwang.evidence.opening import evidence_seen_by
from shouwang.kinds.advice.words import CHECKS, SAYS
from shouwang.matters.inbox import hand_in_more
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.owners import last_minute
from shouwang.people.access import NotVisible
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.people.routes import public

COOKIE = "sw_premises"
SALT = "portal.premises"
LASTS_S = 30 * 60
MOST_AT_ONCE = 6
PAGES = {"hazard": "portal/premises/hazard.html", "advice": "portal/premises/briefing.html"}
STAGES: tuple[tuple[str, Promise], ...] = (
    ("found", _("Hazard found")), ("notified", _("You were told")), ("mended", _("Said to be mended")),
    ("closed", _("Re-checked: gone")),
)  # fmt: skip
STAGE_OF = {"found": 0, "notified": 1, "mending": 1, "mended": 2, "closed": 3}


class ScanAgain(Problem):
    code, status = "portal.scan_again", 403
    says = _("Scan the code on your paper once more; for your safety this page closes after 30 minutes.")


class SayWhat(Problem):
    code, status = "portal.say_what", 422
    says = _("Write in a few words what was mended, or what you think.")


@dataclass(frozen=True)
class Seen:
    """What the page may show. `waiting`: sent, not taken in yet."""

    matter: Matter
    sort: str
    stages: list[tuple[Promise, str]]
    sent: list[Submission]
    photos: list[Evidence]
    waiting: bool
    refused: bool


@public
@require_GET
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """The code of a paper. The secret leaves the address at once; a cookie carries it for half an hour."""
    grant = grant_of(token, GrantKind.PARTY, clock.now())
    if grant is None or grant.person_id is not None:
        raise NotVisible
    _seen(grant.subject, Actor(grant_id=grant.pk, kind="nobody"), clock.now())
    response = redirect("portal:premises_in", key=grant.subject)
    told = signing.dumps([str(grant.subject), str(grant.pk)], salt=SALT)
    response.set_cookie(
        COOKIE, told, max_age=LASTS_S, httponly=True, secure=request.is_secure(), samesite="Lax", path="/premises/"
    )
    return response


@public
@require_GET
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, key, _holder(request, key))


@public
@require_POST
def say(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mended, the re-check asked for, an answer, or the self-check; photos with any of them."""
    holder, at = _holder(request, key), clock.now()
    seen = _seen(key, holder, at)
    text = request.POST.get("text", "").strip()
    try:
        if seen.matter.kind == "hazard" and not text and "recheck" not in request.POST:
            raise SayWhat
        for file in request.FILES.getlist("files")[:MOST_AT_ONCE]:
            check_size(file.size or 0)
            keep_evidence(file.read(), matter=key, by=holder, at=at)
        hand_in_more(*_told(request, seen, text), by=holder, at=at)
    except Problem as problem:
        return _page(request, key, holder, problem, text=text)
    return redirect("portal:premises_in", key=key)


def _told(request: HttpRequest, seen: Seen, text: str) -> tuple[SubmissionKind, UUID, dict[str, Any]]:
    """What goes to the inbox, for this matter."""
    key = seen.matter.pk
    if seen.matter.kind == "advice":
        ticked = [name for name in CHECKS if name in request.POST.getlist("in_order")]
        return SubmissionKind.SELF_CHECK, key, {"in_order": ticked}
    if "mended" in request.POST:
        return SubmissionKind.MENDED, key, {"mended_by": text[:200]}
    if "recheck" in request.POST:
        return SubmissionKind.ADDITION, key, {"text": str(_("The owner asks for the re-check."))}
    return SubmissionKind.ADDITION, key, {"text": text[:2000]}


def _page(request: HttpRequest, key: UUID, holder: Actor, problem: Problem | None = None, **known: Any) -> HttpResponse:
    seen = _seen(key, holder, clock.now())
    known |= {"seen": seen, "key": key, "problem": problem.message if problem else ""}
    known |= {
        "until": last_minute(seen.matter.due_at),
        "says": SAYS.get(seen.matter.subkind, ()),
        "checks": CHECKS.items(), "in_order": seen.matter.facts.get("in_order", ()), "facts": seen.matter.facts,
    }  # fmt: skip
    return render(request, PAGES[seen.matter.kind], known, status=problem.status if problem else 200)


def _holder(request: HttpRequest, key: UUID) -> Actor:
    """Whoever scanned the paper in this browser. Raises ScanAgain"""
    try:
        matter, grant = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        raise ScanAgain from None
    if matter != str(key):
        raise ScanAgain
    return Actor(grant_id=UUID(grant), kind="nobody")


def _seen(key: UUID, by: Actor, at: dt.datetime) -> Seen:
    """Read as the holder of the paper: the database shows nothing else. Raises NotVisible once it was taken back."""
    with acting(by):
        matter = Matter.objects.filter(pk=key, kind__in=PAGES).first()
        if matter is None:
            raise NotVisible
        sent = [
            one for one in Submission.objects.filter(matter=key).order_by("received_at") if one.grant == by.grant_id
        ]
        kind = kind_of(matter.kind)
        sort = kind.subkinds.get(matter.subkind)
        return Seen(
            matter, str(sort.label if sort else kind.label), _stages(matter.state), sent, evidence_seen_by(by, key, at),
            any(one.taken_in_at is None for one in sent), any(one.refused for one in sent),
        )  # fmt: skip


def _stages(state: str) -> list[tuple[Promise, str]]:
    now, last = STAGE_OF.get(state, len(STAGES) - 1), len(STAGES) - 1
    looks = ["ok" if n < now or now == last else "now" if n == now else "" for n in range(len(STAGES))]
    return [(label, look) for (_name, label), look in zip(STAGES, looks, strict=True)]
