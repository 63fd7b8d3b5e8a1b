"""Plans of grids: ask for proposals, see them side by side, move ground by hand, make one a draft of borders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.planning.models import Plan, PlanState
from shouwang.planning.planning import MOST_GRIDS, MOST_HOUSEHOLDS, ask_plan, draw, move, visible_plan, visible_plans
from shouwang.planning.presets import Limits, preset_of
from shouwang.planning.showing import show

SHOWN = 30


class Count(forms.IntegerField):
    widget = forms.NumberInput(attrs={"class": "form-control"})


class LimitsForm(forms.Form):
    lower = Count(label=_("Households a grid, at least"), min_value=0, max_value=MOST_HOUSEHOLDS)
    upper = Count(label=_("and at most"), min_value=1, max_value=MOST_HOUSEHOLDS)
    fewest = Count(label=_("Grids, at least"), min_value=1, max_value=MOST_GRIDS)
    most = Count(label=_("Grids, at most"), min_value=1, max_value=MOST_GRIDS)


@opens_to(Verb.AREA_DRAW, Verb.AREA_CHECK, Verb.AREA_APPROVE)
@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of this ground; with `area`, asking for one."""
    by, at = actor_of(request), clock.now()
    mine = Area.objects.filter(reaches(spans(by, Verb.AREA_DRAW, at)), tier=Tier.COMMUNITY).order_by("code")
    area = mine.filter(code=request.GET.get("area") or request.POST.get("area")).first() or mine.first()
    preset = preset_of(area.code, area.urban_rural_code) if area else None
    form = LimitsForm(request.POST or None, initial=preset.limits.as_json() if preset else None)
    problem: object = ""
    if request.method == "POST" and area and preset and form.is_valid():
        try:
            plan = ask_plan(area, preset=preset.key, limits=Limits(**form.cleaned_data), by=by, at=at)
            return redirect("desk:plan", plan.pk)
        except Problem as refused:
            problem = refused.message
    page = {"areas": mine, "area": area, "preset": preset, "form": form, "problem": problem,
            "plans": visible_plans(by, at).defer("ground", "alternatives").order_by("-asked_at")[:SHOWN]}  # fmt: skip
    return render(request, "desk/plans.html", page, status=422 if form.errors or problem else 200)


@opens_to(Verb.AREA_DRAW, Verb.AREA_CHECK, Verb.AREA_APPROVE)
@require_GET
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    found = visible_plan(key, actor_of(request), clock.now())
    template = "planning/_plan.html" if request.headers.get("HX-Request") else "desk/plan.html"
    return render(request, template, _page(request, found, _number(request.GET.get("alternative"))))


@opens_to(Verb.AREA_DRAW)
@require_POST
def plan_move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ground to another grid; checked again at once."""
    by, at = actor_of(request), clock.now()
    found = visible_plan(key, by, at)
    asked = [_number(request.POST.get(name), -1) for name in ("alternative", "atom", "grid")]
    number = move(found, asked[0], asked[1], asked[2] - 1, by=by, at=at)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('desk:plan', args=[key])}?alternative={number}#plan")
    found = visible_plan(key, by, at)
    return render(request, "planning/_plan.html", _page(request, found, number))


@opens_to(Verb.AREA_DRAW)
@require_POST
def plan_draw(request: HttpRequest, key: UUID) -> HttpResponse:
    """The chosen alternative as a draft of borders."""
    by, at = actor_of(request), clock.now()
    found, number = visible_plan(key, by, at), _number(request.POST.get("alternative"), -1)
    try:
        cut = draw(found, number, reason=request.POST.get("reason", ""), by=by, at=at)
    except Problem as refused:
        if refused.status in (403, 404):
            raise
        page = _page(request, found, max(number, 0)) | {"problem": refused.message}
        return render(request, "desk/plan.html", page, status=refused.status)
    return redirect("territory:cut", cut.key)


def _page(request: HttpRequest, found: Plan, number: int) -> dict[str, Any]:
    by, at = actor_of(request), clock.now()
    chosen = number if 0 <= number < len(found.alternatives) else 0
    shown = show(found, chosen)
    open_yet = found.state == PlanState.READY and may(by, Verb.AREA_DRAW, found.area, at)
    urls = {name: reverse(f"desk:{name}", args=[found.pk]) for name in ("plan", "plan_move", "plan_draw")}
    cut = reverse("territory:cut", args=[found.cut]) if found.cut else ""
    return {"plan": found, "shown": shown, "open_yet": open_yet, "urls": urls, "cut": cut,
            "waits": found.state in (PlanState.WAITING, PlanState.WORKING)}  # fmt: skip


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise
