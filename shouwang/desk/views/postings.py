"""Postings: the ledger and its years, the file of it, one with what is open to do, a new one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.desk.staffing_forms import PostingForm, PostingNarrowForm
from shouwang.desk.views.staffing import csv_file
from shouwang.people.access import spans
from shouwang.people.models import Person, Posting, PostingState
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import opens_to, signed_in
from shouwang.people.staffing.moving import (
    acts_open,
    decide_posting,
    goes_down,
    hand_over_of,
    note_return,
    posting_seen,
    postings_seen,
    propose_posting,
    withdraw_posting,
)
from shouwang.people.staffing.strength import sworn_at_headquarters
from shouwang.people.verbs import Verb

ON_A_PAGE = 50
HAPPENED = (PostingState.APPROVED, PostingState.RETURNED)


@opens_to(Verb.STAFFING_READ)
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """The ledger, narrowed by the address; who was posted down, by year; what is still to be passed on."""
    by, at = actor_of(request), clock.now()
    today, every = clock.local_date(at), postings_seen(by, at)
    narrow = PostingNarrowForm(request.GET)
    rows = _narrowed(every, narrow)
    asked = request.GET.copy()
    asked.pop("page", None)
    happened = [one for one in every if one.state in HAPPENED]
    open_ones = [one for one in (hand_over_of(posting, today) for posting in happened) if one and not one.taken_at]
    paged = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    page = {
        "nav": "postings", "narrow": narrow, "query": asked.urlencode(), "page": paged,
        "rows": [(one, _role(one), one.due_back(today)) for one in paged], "years": years_of(happened, at),
        "hand_overs": open_ones, "writes": bool(spans(by, Verb.STAFFING_WRITE, at)),
    }  # fmt: skip
    return render(request, "desk/staffing/postings.html", page)


def years_of(happened: list[Posting], at: dt.datetime) -> list[dict[str, Any]]:
    """Postings that took place, by the year they began: from headquarters, from above, recruits.

    share  of the sworn officers of headquarters who were sent down that year (S-ORG-035), percent
    """
    found: dict[int, Counter[str]] = {}
    for one in happened:
        year = found.setdefault(one.starts_on.year, Counter())
        year["all"] += 1
        year[one.sent_from] += 1
        year["down"] += goes_down(one)
        year["exceptions"] += bool(one.exception)
    there = sworn_at_headquarters(found, at)
    return [
        {"year": year, **counts, "share": 100 * counts["bureau"] / there[year] if there[year] else None}
        for year, counts in sorted(found.items(), reverse=True)
    ]


def _narrowed(rows: QuerySet[Posting], narrow: PostingNarrowForm) -> QuerySet[Posting]:
    narrow.is_valid()
    told = getattr(narrow, "cleaned_data", {})
    for name in ("kind", "sent_from", "state"):
        if told.get(name):
            rows = rows.filter(**{name: told[name]})
    if told.get("year"):
        rows = rows.filter(starts_on__year=told["year"])
    if told.get("q"):
        word = told["q"]
        rows = rows.filter(
            Q(person__name__contains=word) | Q(to_area__name__contains=word) | Q(from_area__name__contains=word)
        )
    return rows


def _role(posting: Posting) -> Any:
    return ROLE_TABLE[posting.role].label if posting.role in ROLE_TABLE else posting.role


@opens_to(Verb.STAFFING_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What the page shows, whole, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    headings = [
        pgettext("staffing", "Who"), pgettext("posting", "Kind"), _("Whence"), _("Where from"),
        pgettext("posting", "Where to"), _("Police room"), _("As"), pgettext("posting", "From"), _("Back on"),
        _("Came back on"), _("Reason"),
        pgettext("equipment", "Standing"),
    ]  # fmt: skip
    rows = (
        (
            one.person.name, one.get_kind_display(), one.get_sent_from_display(), one.whence, one.to_area.name,
            one.room, _role(one), one.starts_on, one.ends_on or "", one.returned_on or "", one.reason,
            one.get_state_display(),
        )
        for one in _narrowed(postings_seen(by, at), PostingNarrowForm(request.GET))
    )  # fmt: skip
    return csv_file(f"postings-{clock.local_date(at)}.csv", write_csv(headings, rows))


@opens_to(Verb.STAFFING_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A proposal; where the staffing page sent one here, its areas are filled in."""
    by, at = actor_of(request), clock.now()
    told = {name: request.GET[name] for name in ("from_area", "to_area", "role") if name in request.GET}
    form, status = PostingForm(request.POST or None, by=by, at=at, initial=told), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect("desk:posting", propose_posting(form.wish(), by=by, at=at).pk)
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "desk/staffing/new.html", {"nav": "postings", "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def posting(request: HttpRequest, key: UUID) -> HttpResponse:
    """One posting, to whoever sees it in the ledger and to the person himself; a POST decides, takes back, ends it."""
    by, at = actor_of(request), clock.now()
    row, refused = posting_seen(key, by, at), None
    if request.method == "POST":
        try:
            _act(request, row)
            return redirect("desk:posting", key)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            refused = problem
    people = [one for one in (row.proposed_by, row.decided_by) if one]
    names: dict[UUID | None, str] = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    today = clock.local_date(at)
    page = {
        "nav": "postings", "posting": row, "role": _role(row), "acts": acts_open(row, by, at), "today": today,
        "proposer": names.get(row.proposed_by), "decider": names.get(row.decided_by), "over": row.due_back(today),
        "hand_over": hand_over_of(row, today), "own": row.person_id == by.person_id,
        "reads": bool(spans(by, Verb.STAFFING_READ, at)), "problem": refused.message if refused else "",
    }  # fmt: skip
    return render(request, "desk/staffing/posting.html", page, status=refused.status if refused else 200)


def _act(request: HttpRequest, row: Posting) -> None:
    by, at, told = actor_of(request), clock.now(), request.POST
    match told.get("act", ""):
        case "approve" | "refuse" as act:
            decide_posting(row, approved=act == "approve", because=told.get("because", ""), by=by, at=at)
        case "withdraw":
            withdraw_posting(row, by=by, at=at)
        case "return":
            note_return(row, on=clock.local_date(at), by=by, at=at)
        case _:
            raise Http404
