"""Who is responsible where: the chain and its gaps, the policy, wall screens and workstations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people import chain, cookies, policy, screens, tiers, workstations
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, spans
from shouwang.people.forms import LabelForm, NarrowForm
from shouwang.people.models import Grant, RoleNarrowing, Workstation
from shouwang.people.models.grant import GrantKind
from shouwang.people.narrowing import narrow_role
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import opens_to, signed_in
from shouwang.people.views.asking import by_of, key_in
from shouwang.people.views.colleagues import reached_areas
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

TIERED = (Tier.COUNTY, Tier.TOWNSHIP, Tier.STATION, Tier.COMMUNITY)  # where a set of tiers may begin


@opens_to(Verb.AREA_READ)
def responsibility(request: HttpRequest) -> HttpResponse:
    """The tree of areas with whoever holds each today, and where nobody does."""
    by, at = by_of(request), clock.now()
    found = chain.gaps(spans(by, Verb.AREA_READ, at), at)
    by_area = {gap.area.pk: gap for gap in found}
    areas = list(reached_areas(by, Verb.AREA_READ, at))
    holders = chain.holders_of(areas, at)
    rows: list[dict[str, Any]] = []
    for area in areas:
        post = holders.get(area.pk)
        rows.append({
            "area": area, "depth": (area.duty_path or area.government_path).count("/") - 2, "post": post,
            "role": ROLE_TABLE[post.role].label if post and post.role in ROLE_TABLE else "",
            "cover": bool(post and post.acting_for_id), "gap": by_area.get(area.pk),
        })  # fmt: skip
    top = min((row["depth"] for row in rows), default=0)
    for row in rows:
        row["depth"] = min(row["depth"] - top, 5)
    borders = any(may(by, verb, None, at) for verb in (Verb.AREA_DRAW, Verb.AREA_CHECK, Verb.AREA_APPROVE))
    page = {
        "rows": rows, "gaps": found, "n_areas": len(areas), "borders": borders,
        "models": tiers.models_on(areas, at), "presets": tiers.PRESETS.items(),
        "approves": reached_areas(by, Verb.AREA_APPROVE, at).filter(tier__in=TIERED),
    }  # fmt: skip
    return render(request, "people/responsibility.html", page)


@opens_to(Verb.AREA_APPROVE)
@require_POST
def tiers_adopt(request: HttpRequest) -> HttpResponse:
    """Put a set of tiers in force on an area."""
    by, at = by_of(request), clock.now()
    key = key_in(request, "area")
    area = reached_areas(by, Verb.AREA_READ, at).filter(pk=key).first() if key else None
    if area is None:
        raise NotVisible
    tiers.adopt(area, preset=request.POST.get("preset", ""), by=by, at=at)
    return redirect("people:chain")


@signed_in
@require_http_methods(["GET", "POST"])
def policy_page(request: HttpRequest) -> HttpResponse:
    """The whole policy; whoever may narrow a role does it here."""
    by, at = by_of(request), clock.now()
    form = NarrowForm(request.POST or None, areas=reached_areas(by, Verb.ROLE_NARROW, at))
    narrows = may(by, Verb.ROLE_NARROW, None, at)
    if request.method == "POST" and not narrows:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            narrow_role(
                given["role"], Verb(given["verb"]), area=given["area"], until=form.until_at(), reason=given["reason"],
                by=by, at=at,
            )  # fmt: skip
        except Problem as problem:
            form.add_error(problem.field, problem.message)
        else:
            return redirect("people:policy")
    page = {
        "policy": policy.tables(), "form": form if narrows else None,
        "narrowings": RoleNarrowing.objects.filter(during__contains=at).select_related("area"),
    }  # fmt: skip
    return render(request, "people/policy.html", page, status=422 if form.errors else 200)


@opens_to(Verb.SCREEN_GIVE)
@require_http_methods(["GET", "POST"])
def screens_page(request: HttpRequest) -> HttpResponse:
    """Wall screens of the ground: signing one in, taking one back."""
    by, at = by_of(request), clock.now()
    areas = reached_areas(by, Verb.SCREEN_GIVE, at)
    given = Grant.objects.filter(
        kind=GrantKind.SCREEN, subject__in=areas.values("pk"), revoked_at__isnull=True, ends_at__gt=at
    ).order_by("given_at")
    link = ""
    if request.method == "POST":
        area = areas.filter(pk=key).first() if (key := key_in(request, "area")) else None
        if area is None:
            raise NotVisible
        _grant, token = screens.give_screen(area, by=by, at=at)
        link = request.build_absolute_uri(reverse("people:screen", args=[token]))
    names = dict(areas.values_list("pk", "name"))
    rows = [(grant, names.get(grant.subject, "")) for grant in given]
    return render(request, "people/screens.html", {"rows": rows, "areas": areas, "link": link})


@opens_to(Verb.SCREEN_GIVE)
@require_POST
def screen_end(request: HttpRequest, key: UUID) -> HttpResponse:
    grant = Grant.objects.filter(pk=key, kind=GrantKind.SCREEN).first()
    if grant is None or not Area.objects.filter(pk=grant.subject).exists():
        raise NotVisible
    screens.take_screen_back(grant, by=by_of(request), at=clock.now())
    return redirect("people:screens")


@opens_to(Verb.DEVICE_APPROVE)
@require_http_methods(["GET", "POST"])
def workstation_new(request: HttpRequest) -> HttpResponse:
    """Register the machine on which this page is open."""
    by, at = by_of(request), clock.now()
    form = LabelForm(request.POST or None, areas=reached_areas(by, Verb.DEVICE_APPROVE, at))
    if request.method == "POST" and form.is_valid():
        _machine, token = workstations.register_workstation(**form.cleaned_data, by=by, at=at)
        response = redirect("people:me")
        cookies.write(request, response, cookies.WORKSTATION, token, lasts=workstations.LASTS)
        return response
    page = {
        "form": form, "title": _("Register this machine as a desk"), "act": _("Register this machine"),
        "lead": _("On a registered desk the page stays open while its shift is on. Sign in once more afterwards."),
        "machines": Workstation.objects.filter(
            ended_at__isnull=True, area__in=reached_areas(by, Verb.DEVICE_APPROVE, at)
        ).select_related("area"),
    }  # fmt: skip
    return render(request, "people/workstations.html", page)


@opens_to(Verb.DEVICE_APPROVE)
@require_POST
def workstation_end(request: HttpRequest, key: UUID) -> HttpResponse:
    machine = Workstation.objects.select_related("area").filter(pk=key).first()
    if machine is None:
        raise NotVisible
    workstations.end_workstation(machine, by=by_of(request), at=clock.now())
    return redirect("people:workstations")
