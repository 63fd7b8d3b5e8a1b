"""Hand-over sheets: what is open when a shift or a post passes on, signed by both."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.desk.board import label_of
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.desk.units import units_for
from shouwang.matters.handover import draw_up, sheet_matters, sign
from shouwang.matters.models import Sheet
from shouwang.people.access import NotVisible, spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.SHIFT_HAND_OVER)
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of this office, and drawing up a new one."""
    by, at = actor_of(request), clock.now()
    room = room_of(by, at)
    if request.method == "POST" and room.office is not None:
        remark = request.POST.get("remark", "")
        sheet = draw_up("shift", area=room.office, remark=remark, by=by, at=at)
        return redirect("desk:sheet", key=sheet.pk)
    seen = Sheet.objects.filter(within(spans(by, Verb.SHIFT_HAND_OVER, at))).select_related("area")
    return render(request, "desk/sheets.html", {"room": room, "sheets": seen.order_by("-made_at")[:30], "at": at})


@opens_to(Verb.SHIFT_HAND_OVER)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """One sheet, to read, print and sign."""
    by, at = actor_of(request), clock.now()
    reach = within(spans(by, Verb.SHIFT_HAND_OVER, at))
    found = Sheet.objects.filter(reach, pk=key).select_related("area").first()
    if found is None:
        raise NotVisible
    if request.method == "POST":
        sign(found, by=by, at=at)
        return redirect("desk:sheet", key=key)
    people = Person.objects.in_bulk([one for one in (found.giver, found.taker) if one])
    matters = [(one, label_of(one)) for one in sheet_matters(found, by, at)]
    page = {"sheet": found, "matters": matters, "units": units_for(by, at), "giver": people.get(found.giver),
            "taker": people.get(found.taker) if found.taker else None}  # fmt: skip
    return render(request, "desk/sheet.html", page)
