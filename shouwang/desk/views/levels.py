"""Duty levels at the desk: the set, an order from proposal to its end, and the sheet that is printed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.level_forms import LevelForm, OrderForm
from shouwang.desk.loading import actor_of
from shouwang.duty.levels.checking import days_under, short_rests
from shouwang.duty.levels.in_force import visible_order, visible_orders
from shouwang.duty.levels.ordering import (
    change_level,
    decide_order,
    is_renewed,
    lift_order,
    may_approve,
    propose_order,
)
from shouwang.duty.models import DutyLevel, LevelOrder, OrderState
from shouwang.people.access import may, reaches, spans
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

SHOWN = 30
A_DAY = dt.timedelta(days=1)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest) -> HttpResponse:
    """The set of levels and the orders; a POST proposes one, `?renews=` after the end of another."""
    by, at = actor_of(request), clock.now()
    sets, grounds = list(DutyLevel.objects.order_by("number")), _grounds(request, at)
    key = _key(request.GET.get("renews"))
    renewed = visible_orders(by, at).filter(pk=key).first() if key else None
    form = OrderForm(request.POST or None, initial=_begin(renewed, at), levels=sets, areas=grounds)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        level, area = given.pop("level"), given.pop("area")
        level = next(one for one in sets if str(one.number) == level)
        area = next(one for one in grounds if one.code == area)
        try:
            return redirect("desk:level", propose_order(level, area=area, renews=renewed, by=by, at=at, **given).pk)
        except Problem as refused:
            if refused.status in (403, 404):
                raise
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    page = {
        "nav": "levels", "levels": sets, "orders": visible_orders(by, at)[:SHOWN], "at": at, "form": form,
        "orders_here": bool(grounds), "sets": may(by, Verb.LEVEL_APPROVE_HIGH, None, at), "renewed": renewed,
    }  # fmt: skip
    return render(request, "desk/graded/levels.html", page, status=422 if form.errors else 200)


def _grounds(request: HttpRequest, at: dt.datetime) -> list[Area]:
    paths = spans(actor_of(request), Verb.LEVEL_ORDER, at)
    tiers = (Tier.BUREAU, Tier.STATION, Tier.COMMUNITY)
    return list(Area.objects.filter(reaches(paths), tier__in=tiers).order_by("duty_path")) if paths else []


def _begin(renewed: LevelOrder | None, at: dt.datetime) -> dict[str, Any]:
    if renewed is None:
        return {"begins_at": at, "ends_at": at + A_DAY, "level": "3"}
    end = renewed.during.upper
    return {"begins_at": end, "ends_at": end + A_DAY, "level": str(renewed.level.number), "area": renewed.area.code,
            "reason": renewed.reason, "rest_plan": renewed.rest_plan}  # fmt: skip


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@opens_to(Verb.LEVEL_APPROVE_HIGH)
@require_http_methods(["GET", "POST"])
def level_set(request: HttpRequest, number: int) -> HttpResponse:
    """What one level asks."""
    row = get_object_or_404(DutyLevel, number=number)
    told = {"says": row.says, "longest_h": row.longest_h, "percent": round(row.share * 100), "rest_h": row.rest_h,
            "nights": row.nights}  # fmt: skip
    form = LevelForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change_level(row, share=given.pop("percent") / 100, by=actor_of(request), at=clock.now(), **given)
        return redirect("desk:levels")
    page = {"nav": "levels", "level": row, "form": form}
    return render(request, "desk/graded/level_set.html", page, status=422 if form.errors else 200)


@opens_to(Verb.ROSTER_READ)
@require_safe
def level(request: HttpRequest, key: UUID) -> HttpResponse:
    """The order sheet: everything on it is filled in by itself, and prints."""
    return _sheet(request, visible_order(key, actor_of(request), clock.now()))


@opens_to(Verb.LEVEL_APPROVE, Verb.LEVEL_APPROVE_HIGH)
@require_POST
def level_act(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve, refuse or lift."""
    by, at, told = actor_of(request), clock.now(), request.POST
    row = visible_order(key, by, at)
    try:
        match told.get("act"):
            case "approve":
                decide_order(row, approved=True, by=by, at=at)
            case "refuse":
                decide_order(row, approved=False, why_not=told.get("why", ""), by=by, at=at)
            case "lift":
                lift_order(row, because=told.get("why", ""), by=by, at=at)
            case _:
                raise Http404
    except Problem as refused:
        if refused.status in (403, 404):
            raise
        return _sheet(request, row, refused)
    return redirect("desk:level", key)


def _sheet(request: HttpRequest, row: LevelOrder, refused: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    people = Person.objects.in_bulk([one for one in (row.ordered_by, row.decided_by, row.lifted_by) if one])
    decides = may_approve(row, by, at)
    open_still = row.during.upper > at and row.ended_at is None
    page = {
        "nav": "levels", "order": row, "days": days_under(row, at), "rests": short_rests(row), "at": at,
        "ordered_by": people.get(row.ordered_by), "decided_by": people.get(row.decided_by),
        "lifted_by": people.get(row.lifted_by), "percent": round(row.share * 100),
        "decides": decides and open_still and row.state == OrderState.PROPOSED,
        "lifts": decides and open_still and row.state == OrderState.APPROVED,
        "renews": open_still and row.state == OrderState.APPROVED and may(by, Verb.LEVEL_ORDER, row, at)
        and not is_renewed(row),
        "in_force": row.state == OrderState.APPROVED and row.during.lower <= at < row.during.upper,
        "problem": refused.message if refused else "",
    }  # fmt: skip
    return render(request, "desk/graded/level.html", page, status=refused.status if refused else 200)
