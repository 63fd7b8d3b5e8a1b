"""Linkage with branches: the inbox of a branch, what the ground asked, and the rules by which it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.command import linkage, linkage_rules
from shouwang.command.models import LinkageRequest, LinkageRule
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.linkage_forms import AnswerForm, DeskForm, RuleForm
from shouwang.desk.loading import actor_of
from shouwang.kinds.incident.calls import GROUPS, SUBKINDS
from shouwang.people.access import NotVisible, may
from shouwang.people.models import Post
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

SHOWN = 100
SHOWS = ("inbox", "ground")


@opens_to(Verb.MATTER_READ)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """`?show=ground`: what calls of one's ground asked; otherwise what was asked of one's own branch."""
    by, at = actor_of(request), clock.now()
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWS else "inbox"
    asked = linkage.requests_to(by, at) if show == "inbox" else linkage.requests_on_ground(by, at)
    page = {
        "nav": "linkage", "at": at, "show": show, "form": AnswerForm(), "problem": problem,
        "rows": [(row, label_of(row.matter)) for row in asked[:SHOWN]],
        "rules": may(by, Verb.UNIT_MANAGE, None, at), "sends": may(by, Verb.UNIT_SEND, None, at),
    }  # fmt: skip
    return render(request, "desk/directives/linkage.html", page, status=problem.status if problem else 200)


@opens_to(Verb.MATTER_READ)
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    row = LinkageRequest.objects.filter(pk=key).first()
    if row is None:
        raise NotVisible
    told = request.POST.get("answer", ""), request.POST.get("words", "")
    try:
        linkage.answer_request(row, *told, by=actor_of(request), at=clock.now())
    except Problem as problem:
        if problem.status == 404:
            raise
        return _page(request, problem)
    return redirect("desk:linkage")


@opens_to(Verb.UNIT_SEND)
@require_POST
def notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """The alert stops; whoever presses it rings the branch."""
    row = LinkageRequest.objects.filter(pk=key).first()
    if row is None:
        raise NotVisible
    try:
        linkage.take_notice(row, by=actor_of(request), at=clock.now())
    except linkage.AnsweredAlready as problem:
        return _page(request, problem)
    return redirect(reverse("desk:linkage") + "?show=ground")


@opens_to(Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force and who answers for a branch; posting sets one of either."""
    by, at = actor_of(request), clock.now()
    what = request.POST.get("what", "")
    rule = RuleForm(request.POST if what == "rule" else None)
    desk = DeskForm(request.POST if what == "desk" else None, by=by, at=at)
    form: Any = {"rule": rule, "desk": desk}.get(what)
    office = linkage_rules.office_of(by, at)
    if request.method == "POST" and form is not None and office is not None and form.is_valid():
        try:
            (_set_rule if what == "rule" else _set_desk)(request, form, office)
            return redirect("desk:linkage_rules")
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {
        "nav": "linkage", "rule_form": rule, "desk_form": desk, "office": office,
        "rules": [(row, _sort_label(row)) for row in linkage_rules.rules_on(by, at)],
        "desks": linkage_rules.desks_on(by, at),
    }  # fmt: skip
    return render(request, "desk/directives/rules.html", page, status=422 if rule.errors or desk.errors else 200)


def _set_rule(request: HttpRequest, form: RuleForm, office: Area) -> None:
    told = form.cleaned_data
    linkage_rules.set_rule(
        area=office, sort=told["sort"], level=told["level"], branch=told["branch"], answer_s=told["minutes"] * 60,
        by=actor_of(request), at=clock.now(),
    )  # fmt: skip


def _set_desk(request: HttpRequest, form: DeskForm, office: Area) -> None:
    post = Post.objects.get(pk=form.cleaned_data["post"])
    linkage_rules.set_desk(
        area=office, branch=form.cleaned_data["branch"], post=post, by=actor_of(request), at=clock.now()
    )


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def end(request: HttpRequest, what: str, key: UUID) -> HttpResponse:
    """End a rule, or that a post answers for a branch."""
    by, at = actor_of(request), clock.now()
    rows: dict[str, Callable[..., QuerySet[Any]]] = {"rule": linkage_rules.rules_on, "desk": linkage_rules.desks_on}
    row = rows[what](by, at).filter(pk=key).first() if what in rows else None
    if row is None:
        raise Http404
    linkage_rules.end(row, by=by, at=at)
    return redirect("desk:linkage_rules")


def _sort_label(rule: LinkageRule) -> object:
    return SUBKINDS[rule.sort].label if rule.sort in SUBKINDS else GROUPS.get(rule.sort.removesuffix("."), rule.sort)
