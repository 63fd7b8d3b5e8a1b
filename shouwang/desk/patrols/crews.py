"""People and places of a patrol: put on, taken off, paired, signed for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.patrols.forms import PointForm, PutOnForm
from shouwang.desk.patrols.orders import order_page, visible_order
from shouwang.desk.records import say_in
from shouwang.patrols import crewing, walking
from shouwang.patrols.beat_places import take_beat_places
from shouwang.patrols.deviating import take_note
from shouwang.patrols.models import Mark, Point, Slot
from shouwang.patrols.ordering import drop_point, set_point
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

ACTS: dict[str, Callable[..., Any]] = {
    "off": crewing.take_off, "begin": walking.step_on, "end": walking.step_off, "sign": walking.sign_off,
}  # fmt: skip


@opens_to(Verb.PATROL_ORDER)
@require_POST
def put(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at, row = actor_of(request), clock.now(), visible_order(request, key)
    form = PutOnForm(request.POST, by=by, at=at, order=row)
    if form.is_valid():
        leg, wanted = form.wanted()
        try:
            crewing.put_on(leg, wanted, by=by, at=at)
            return redirect("desk:patrol", key=key)
        except Problem as problem:
            say_in(form, problem)
    return order_page(request, row, forms={"put_form": form})


@opens_to(Verb.PATROL_ORDER)
@require_POST
def act(request: HttpRequest, key: UUID, slot: UUID, name: str) -> HttpResponse:
    """Take off, pair, begin or end for somebody, sign for his hours."""
    by, at, row = actor_of(request), clock.now(), visible_order(request, key)
    one = get_object_or_404(Slot.objects.select_related("leg__order", "person", "partner"), pk=slot, leg__order=row)
    if name not in (*ACTS, "pair"):
        raise Http404
    try:
        if name == "pair":
            buddy = Slot.objects.filter(pk=key_in(request, "buddy"), leg__order=row).first()
            if buddy is None:
                raise crewing.WrongPair(field="buddy")
            crewing.pair(one, buddy, by=by, at=at)
        else:
            ACTS[name](one, by=by, at=at)
    except Problem as problem:
        if problem.status == 404:
            raise
        return order_page(request, visible_order(request, key), problem)
    return redirect("desk:patrol", key=key)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def point(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at, row = actor_of(request), clock.now(), visible_order(request, key)
    form = PointForm(request.POST)
    if form.is_valid() and form.place is not None:
        said = form.cleaned_data
        try:
            set_point(
                row, said["label"], form.place.full_text or said["place_text"], (form.place.lon, form.place.lat),
                stay_minutes=said["stay_minutes"] or 0, by=by, at=at,
            )  # fmt: skip
            return redirect("desk:patrol", key=key)
        except Problem as problem:
            say_in(form, problem)
    return order_page(request, row, forms={"point_form": form})


@opens_to(Verb.PATROL_ORDER)
@require_POST
def point_drop(request: HttpRequest, key: UUID, point: UUID) -> HttpResponse:
    row = visible_order(request, key)
    drop_point(get_object_or_404(Point, pk=point, order=row), by=actor_of(request), at=clock.now())
    return redirect("desk:patrol", key=key)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def beat_places(request: HttpRequest, key: UUID) -> HttpResponse:
    """The points of its beat become places of the patrol."""
    row = visible_order(request, key)
    try:
        take_beat_places(row, by=actor_of(request), at=clock.now())
    except Problem as problem:
        return order_page(request, visible_order(request, key), problem)
    return redirect("desk:patrol", key=key)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def known(request: HttpRequest, key: UUID, mark: UUID) -> HttpResponse:
    """Take note of a place that was left out."""
    row = visible_order(request, key)
    left_out = get_object_or_404(Mark.objects.select_related("slot__leg__order"), pk=mark, slot__leg__order=row)
    try:
        take_note(left_out, by=actor_of(request), at=clock.now())
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return order_page(request, visible_order(request, key), problem)
    return redirect("desk:patrol", key=key)
