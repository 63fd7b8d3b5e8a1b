"""My matters: what an account opens, what is new about it, and how an earlier receipt comes into it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.inbox import hand_in_more
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.receipts import claim_receipt, find_receipt
from shouwang.notices.models import Notice
from shouwang.people.access import opened_matters
from shouwang.people.models import Account
from shouwang.people.routes import account_holder
from shouwang.people.views.arriving import address_of
from shouwang.portal.account_forms import ClaimForm
from shouwang.portal.asking import holder_of, refuse, resident_in
from shouwang.portal.following import STAGE_OF, STAGES


@dataclass(frozen=True)
class Mine:
    """One row: `matter` is None while the report is being taken in."""

    key: UUID
    matter: Matter | None
    kind: str
    stage: Promise
    place: str
    at: dt.datetime
    is_new: bool


@account_holder
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person, by, at = holder_of(request), resident_in(request), clock.now()
    rows = matters_of(by, at)
    return render(
        request, "portal/account/mine.html",
        {"person": person, "open": [one for one in rows if one.matter is None or one.matter.is_open],
         "done": [one for one in rows if one.matter is not None and not one.matter.is_open],
         "claimed": request.GET.get("claimed", ""), "rests": rests_on_number(by)},
    )  # fmt: skip


@account_holder
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """An earlier report into the account: its receipt, and the second proof that opens it."""
    by, at, source = resident_in(request), clock.now(), address_of(request)
    holder_of(request)
    form: ClaimForm = ClaimForm(request.POST or None)
    known: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            receipt = find_receipt(form.cleaned_data["code"], source=source, at=at)
            if "send" in request.POST and receipt.has_number:
                hand_in_more(SubmissionKind.CODE, receipt.matter, {}, by=receipt.holder, at=at)
                return render(request, "portal/account/claim.html", known | {"sent": True})
            new = claim_receipt(receipt, form.cleaned_data["second"], source=source, by=by, at=at)
        except Problem as problem:
            refuse(form, problem)
        else:
            return redirect(f"/account/?claimed={'new' if new else 'known'}")
    return render(request, "portal/account/claim.html", known, status=422 if form.errors else 200)


def matters_of(by: Actor, at: dt.datetime) -> list[Mine]:
    """Newest first; the database shows what the grants open, and nothing else."""
    if by.person_id is None:
        return []
    with acting(by):
        opened = opened_matters(by, at)
        news = set(Notice.objects.filter(recipient=by.person_id, read_at__isnull=True).values_list("matter", flat=True))
        rows = [_row(matter, matter.pk in news) for matter in Matter.objects.filter(pk__in=opened)]
        known = {row.key for row in rows}
        waiting = Submission.objects.filter(
            kind=SubmissionKind.REPORT, matter__in=opened - known, taken_in_at__isnull=True
        )
        rows += [_waiting(one) for one in waiting]
    return sorted(rows, key=lambda one: one.at, reverse=True)


def read_news(by: Actor, matter: UUID, at: dt.datetime) -> None:
    """Whoever opens the page of a matter has read what was new about it."""
    if by.person_id is None:
        return
    with acting(by):
        Notice.objects.filter(recipient=by.person_id, matter=matter, read_at__isnull=True).update(read_at=at)


def rests_on_number(by: Actor) -> bool:
    with acting(by):
        return Account.objects.filter(person=by.person_id).exists()


def _row(matter: Matter, is_new: bool) -> Mine:
    kind = kind_of(matter.kind)
    sort = kind.subkinds.get(matter.subkind)
    stage = STAGES[STAGE_OF.get(matter.state, 0)][1]
    return Mine(
        matter.pk, matter, str(sort.label if sort else kind.label), stage, matter.place_text, matter.opened_at, is_new
    )


def _waiting(row: Submission) -> Mine:
    return Mine(row.matter, None, "", STAGES[0][1], str(row.content.get("place_text", "")), row.received_at, False)
