"""Reviews of a serious case: the list, the time line with findings, the report; and the page of whoever is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.desk.lookback.named import matter_named
from shouwang.desk.lookback.review_forms import CloseForm, FindingForm, ReviewForm
from shouwang.desk.lookback.review_showing import answer_page, people_named, review_page
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.reviewing.deciding import close_review, find, take_back
from shouwang.oversight.reviewing.hearing import answer, own_hearing
from shouwang.oversight.reviewing.opening import open_review
from shouwang.oversight.reviewing.reporting import make_report
from shouwang.oversight.reviewing.seeing import review_seen, reviews_seen_by
from shouwang.people.access import Verb, may
from shouwang.people.routes import opens_to


@opens_to(Verb.PAST_REVIEW, Verb.AUDIT_READ)
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = reviews_seen_by(by, at)
    names = people_named(one.opened_by for one in rows)
    page = {
        "rows": [(one, names.get(one.opened_by, "—"), PURPOSES.get(one.purpose, "")) for one in rows],
        "opens": may(by, Verb.PAST_REVIEW, None, at),
    }  # fmt: skip
    return render(request, "desk/lookback/reviews.html", page)


@opens_to(Verb.PAST_REVIEW)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form = ReviewForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        matter = matter_named(given.pop("number"), by, at)
        if matter is None:
            form.add_error("number", _("No matter of yours has this number."))
        else:
            try:
                row = open_review(matter=matter, by=by, at=at, **given)
            except Problem as refused:
                form.add_error(refused.field or "number", refused.message)
            else:
                return redirect("desk:review", key=row.pk)
    return render(request, "desk/lookback/review_new.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(Verb.PAST_REVIEW, Verb.AUDIT_READ)
@require_GET
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    return _shown(request, review_page(review_seen(key, by, at), by, at, _language()))


@opens_to(Verb.PAST_REVIEW)
@require_POST
def acts(request: HttpRequest, key: UUID) -> HttpResponse:
    """A finding, one taken back, or the end."""
    by, at = actor_of(request), clock.now()
    page = review_page(review_seen(key, by, at), by, at, _language())
    act = request.POST.get("act", "")
    if act not in ("find", "take_back", "close"):
        raise NotChosen(field="act")
    form: FindingForm | CloseForm | None = None
    try:
        if act == "take_back":
            take_back(key, _key(request.POST.get("finding", "")), by=by, at=at)
        elif act == "close":
            form = page["close"] = CloseForm(request.POST)
            if form.is_valid():
                close_review(key, measures=form.cleaned_data["measures"], by=by, at=at)
        else:
            form = page["find"] = FindingForm(request.POST, posts=page["posts"], entries=page["entries"])
            if form.is_valid():
                given = form.cleaned_data
                given |= {"post": UUID(given["post"]), "entry": UUID(given["entry"])}
                find(key, by=by, at=at, **given)
    except Problem as refused:
        if form is None:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return _shown(request, page, 422) if form and form.errors else redirect("desk:review", key=key)


@opens_to(Verb.PAST_REVIEW)
@require_POST
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    made = make_report(key, by=actor_of(request), at=clock.now(), language=_language())
    told = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return HttpResponse(made.data, content_type="application/zip", headers=told)


@opens_to(Verb.SHIFT_SIGN, Verb.ROUND_WALK, Verb.MESSAGE_READ)
@require_http_methods(["GET", "POST"])
def answered(request: HttpRequest, key: UUID) -> HttpResponse:
    """For whoever is asked: what is said of his posts, the record, and his words."""
    by, at = actor_of(request), clock.now()
    if request.method == "POST":
        answer(key, request.POST.get("words", ""), by=by, at=at)
        return redirect("desk:review_answer", key=key)
    page = answer_page(own_hearing(key, by), by, at, _language())
    made = render(request, "desk/lookback/review_answer.html", page)
    made["Cache-Control"] = "no-store"
    return made


def _shown(request: HttpRequest, page: dict[str, Any], status: int = 200) -> HttpResponse:
    made = render(request, "desk/lookback/review.html", page, status=status)
    made["Cache-Control"] = "no-store"
    return made


def _language() -> str:
    return get_language() or "zh-hans"


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotChosen(field="finding") from None
