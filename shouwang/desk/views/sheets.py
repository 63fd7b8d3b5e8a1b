"""Hand-over sheets: what is open when a shift or a post passes on, signed by both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.beside import PURPOSES, REASONS
from shouwang.desk.board import label_of
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.duty.models import Unit
from shouwang.matters.handover import draw_up, sheet_matters, sign
from shouwang.matters.models import Sheet
from shouwang.matters.models.sheet import SheetKind
from shouwang.people.access import NotVisible, may, posts_of, spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.sentences import ROLE_LABELS
from shouwang.people.verbs import Verb


@dataclass(frozen=True)
class UnitThen:
    """A unit as it was when the sheet was drawn up."""

    name: str
    crew: list[str]
    number: str


@opens_to(Verb.SHIFT_HAND_OVER, Verb.MATTER_HAND_OVER)
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of this office, and drawing up a new one: of the shift, or (`post`) of a post that is left."""
    by, at = actor_of(request), clock.now()
    room, posts = room_of(by, at), posts_of(by, at)
    if request.method == "POST":
        left = next((one for one in posts if str(one.pk) == request.POST.get("post", "")), None)
        area = left.area if left else None if "post" in request.POST else room.office
        if area is not None:
            kind, remark = (SheetKind.LEAVING if left else SheetKind.SHIFT), request.POST.get("remark", "")
            return redirect("desk:sheet", key=draw_up(kind, area=area, post=left, remark=remark, by=by, at=at).pk)
    seen = Sheet.objects.filter(_reach(by, at)).select_related("area")
    page = {
        "room": room, "sheets": seen.order_by("-made_at")[:30], "at": at,
        "hands_over": may(by, Verb.SHIFT_HAND_OVER, None, at),
        "posts": [(one, ROLE_LABELS.get(one.role, one.role)) for one in posts],
    }  # fmt: skip
    return render(request, "desk/sheets.html", page)


@opens_to(Verb.SHIFT_HAND_OVER, Verb.MATTER_HAND_OVER)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """One sheet, to read, print and sign."""
    by, at = actor_of(request), clock.now()
    found = Sheet.objects.filter(_reach(by, at), pk=key).select_related("area").first()
    if found is None:
        raise NotVisible
    if request.method == "POST":
        sign(found, by=by, at=at)
        return redirect("desk:sheet", key=key)
    people = Person.objects.in_bulk([one for one in (found.giver, found.taker) if one])
    matters = sheet_matters(found, by, at)
    due, known = set(found.contents.get("due", [])), {str(one.pk): one for one in matters}
    asked = [
        (known[one["matter"]], PURPOSES.get(one["purpose"], one["purpose"]), REASONS.get(one["why"], one["why"]))
        for one in found.contents.get("asked", [])
        if one["matter"] in known
    ]
    page = {
        "sheet": found, "rows": [(one, label_of(one), str(one.pk) in due) for one in matters], "asked": asked,
        "hidden": len(found.contents.get("open", [])) - len(matters), "units": _units_then(found),
        "giver": people.get(found.giver), "taker": people.get(found.taker) if found.taker else None,
        "waits_for_me": not (found.giver_signed_at if by.person_id == found.giver else found.taker_signed_at),
    }  # fmt: skip
    return render(request, "desk/sheet.html", page)


def _reach(by: Actor, at: dt.datetime) -> Q:
    return within(spans(by, Verb.SHIFT_HAND_OVER, at) + spans(by, Verb.MATTER_HAND_OVER, at))


def _units_then(found: Sheet) -> list[UnitThen]:
    rows = found.contents.get("units", [])
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    names = Person.objects.in_bulk([person for row in rows for person in row["crew"]])
    return [
        UnitThen(units[UUID(row["unit"])].name, [names[UUID(one)].name for one in row["crew"]], row["reference"] or "")
        for row in rows
    ]
