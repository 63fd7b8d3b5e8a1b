"""Short messages between the desk and the crews, with read marks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.desk.loading import actor_of, key_in, visible_unit
from shouwang.desk.room import room_of
from shouwang.desk.units import units_for
from shouwang.duty.messages import messages_for, send_message
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.MESSAGE_READ)
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """The list; POST sends to one crew, or to all on duty when none is chosen."""
    by, at = actor_of(request), clock.now()
    room = room_of(by, at)
    if request.method == "POST":
        chosen = request.POST.get("unit", "")
        text = request.POST.get("text", "")
        unit = visible_unit(request, key_in(request, "unit")) if chosen else None
        send_message(text=text, unit=unit, office=None if unit else room.office, by=by, at=at)
        return redirect("desk:messages")
    page = {"room": room, "messages": messages_for(by, at), "units": units_for(by, at), "at": at}
    return render(request, "desk/messages.html", page)
