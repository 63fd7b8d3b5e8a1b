"""Requests of residents about their own records: what waits, one opened with its record, and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in, visible_matter
from shouwang.desk.records import facts_of, say_in, shown_again, signed
from shouwang.desk.register_forms import AnswerForm, CorrectionForm
from shouwang.journal.timeline import line_of
from shouwang.matters.steps import take_step
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.lists import Register, RequestKind, RequestState
from shouwang.registry.opening import Seen, open_here
from shouwang.registry.purposes import Purpose
from shouwang.registry.registering import correct_resident
from shouwang.registry.requests import requests_waiting

PAGE = "desk/finding/request.html"


@opens_to(Verb.REGISTER_KEEP)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    return render(request, "desk/finding/requests.html", {"waiting": requests_waiting(by, at), "at": at})


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def open_request(request: HttpRequest) -> HttpResponse:
    """What is asked, and where it is about the record, the record: each a look that the person can see."""
    return render(request, PAGE, _opened(request, key_in(request, "request")))


def _opened(request: HttpRequest, key: UUID) -> dict[str, Any]:
    by, at = actor_of(request), clock.now()
    (seen,) = open_here([key], register=Register.REQUEST, purpose=Purpose.OWN_REQUEST, by=by, at=at)
    kind = RequestKind(seen["kind"])
    page: dict[str, Any] = {
        "seen": seen, "request_key": key, "kind": kind, "waits": seen["state"] == RequestState.FILED,
        "answer": AnswerForm(),
    }  # fmt: skip
    if kind == RequestKind.EXPLAIN:
        about = seen["about"]
        return page | {"looked": line_of(UUID(about), get_language() or "zh-hans") if about else None}
    if not page["waits"]:
        return page
    (record,) = open_here(
        [UUID(seen["resident"])], register=Register.RESIDENT, purpose=Purpose.OWN_REQUEST, by=by, at=at
    )  # fmt: skip
    return page | _record_in(page["kind"], record, request)


def _record_in(kind: RequestKind, record: Seen, request: HttpRequest) -> dict[str, Any]:
    known = {"record": record, "facts": facts_of(record), "signed": signed(record, actor_of(request))}
    if kind == RequestKind.CORRECT:
        known["correction"] = CorrectionForm(initial={one: record[one] for one in CorrectionForm.base_fields})
    return known


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Done, deleted or refused; a correction is made in the same press and before its answer."""
    by, at, key = actor_of(request), clock.now(), key_in(request, "request")
    matter, form = visible_matter(request, key), AnswerForm(request.POST)
    correction = CorrectionForm(request.POST) if "correct" in request.POST else None
    if correction is not None and not correction.is_valid():
        return render(request, PAGE, _opened(request, key) | {"answer": form, "correction": correction}, status=422)
    try:
        if correction is not None:
            correct_resident(shown_again(request), correction.cleaned_data, by=by, at=at)
        take_step(matter, request.POST.get("step", ""), by=by, at=at, **_given(request))
    except Problem as problem:
        page = _opened(request, key) | {"answer": form}
        form.is_valid()
        return render(request, PAGE, page, status=say_in(form, problem))
    return render(request, "desk/finding/done.html", {"what": "answered"})


def _given(request: HttpRequest) -> dict[str, Any]:
    names = ("reason", "remedy") if request.POST.get("step") == "refuse" else ("done",)
    return {name: request.POST.get(name, "") for name in names}
