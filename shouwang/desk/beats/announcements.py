"""The loudspeaker library: what may be played now, playing it, writing and approving messages, the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.beats import announcing
from shouwang.beats.announcement_forms import MessageForm, PlayForm, RecordingForm
from shouwang.beats.models import Message, MessageState, Playback, Recording
from shouwang.beats.seeing import visible_messages
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.shifts import unit_of
from shouwang.evidence.storage import FileGone
from shouwang.patrols.ordering import grounds_for
from shouwang.people.access import NotAllowed, NotVisible, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

MOST, LOGGED = 300, 60


@opens_to(Verb.ROSTER_READ)
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """The messages, those that may be played now first, and where they were played of late."""
    return _library(request, None)


@opens_to(Verb.PATROL_WALK)
@require_POST
def plays(request: HttpRequest) -> HttpResponse:
    """Asked before it is heard: noted, or refused with the reason."""
    by, at = actor_of(request), clock.now()
    form = PlayForm(request.POST, auto_id="play_%s", choices={"message": _playable(request)})
    if not form.is_valid():
        return _library(request, form, status=422)
    told = form.cleaned_data
    message = visible_messages(by, at).filter(pk=told["message"]).first()
    if message is None:
        raise NotVisible
    try:
        announcing.play(message, told["place"], by=by, at=at, language=told["language"], level_db=told["level_db"])
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _library(request, form, status=say_in(form, problem))
    return redirect(f"{reverse('desk:announcements')}?noted=1#log")


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    grounds = {str(one.pk): one for one in grounds_for(by, at)}
    form = MessageForm(
        request.POST or None, choices={"ground": [(key, one.name) for key, one in grounds.items()]},
        initial={"begins": "08:00", "ends": "21:00"},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = dict(form.cleaned_data)
            try:
                ground = grounds[told.pop("ground")]
                row = announcing.write_message(ground, announcing.NewMessage(**told), by=by, at=at)
                return redirect("desk:announcement", row.pk)
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "beats/announcement_new.html", {"form": form, "current": "announcements"}, status=status)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def message(request: HttpRequest, key: UUID) -> HttpResponse:
    """One message; a POST records, approves or withdraws it, as its `act` says."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(visible_messages(by, at), pk=key)
    if request.method == "GET":
        return _message(request, row)
    act, form = request.POST.get("act", ""), None
    if act == "record":
        form = RecordingForm(request.POST, request.FILES)
        if not form.is_valid():
            return _message(request, row, form, status=422)
    try:
        _do(request, row, act, form)
    except NotVisible:  # he sees it from below, and it is another's to change
        raise NotAllowed from None
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        if form is not None:
            return _message(request, row, form, status=say_in(form, problem))
        return _message(request, row, problem=problem.message, status=problem.status)
    return redirect("desk:announcement", row.pk)


@opens_to(Verb.ROSTER_READ)
@require_GET
def sound(request: HttpRequest, key: UUID) -> HttpResponse:
    """A recording, to be heard before it is approved and to be played after."""
    messages = visible_messages(actor_of(request), clock.now())
    row = get_object_or_404(Recording, pk=key, message__in=messages)
    try:
        answer = HttpResponse(announcing.sound_of(row), content_type=row.content_type)
    except FileGone:
        raise Http404 from None
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _do(request: HttpRequest, row: Message, act: str, form: forms.Form | None) -> None:
    by, at = actor_of(request), clock.now()
    if act == "record" and form is not None:
        file = form.cleaned_data["file"]
        announcing.add_recording(
            row, form.cleaned_data["language"], file.read(announcing.LARGEST_SOUND + 1), by=by, at=at
        )
    elif act == "approve":
        announcing.approve(row, by=by, at=at)
    elif act == "withdraw":
        announcing.withdraw(row, by=by, at=at)
    else:
        raise Http404


def _library(request: HttpRequest, form: forms.Form | None, status: int = 200) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    seen = visible_messages(by, at).exclude(state=MessageState.WITHDRAWN)
    rows = list(seen.prefetch_related("recordings")[:MOST])
    rows.sort(key=lambda one: (not announcing.may_sound(one, at), one.topic))
    log = Playback.objects.filter(message__in=visible_messages(by, at)).select_related("message", "unit")
    walks = may(by, Verb.PATROL_WALK, None, at)
    crew = unit_of(by.person_id, at) if walks and by.person_id else None
    asked = PlayForm(auto_id="play_%s", choices={"message": _playable(request)}) if walks and crew else None
    page: dict[str, Any] = {
        "rows": [(one, announcing.may_sound(one, at)) for one in rows], "log": log.order_by("-at")[:LOGGED],
        "unit": crew.shift.unit if crew else None, "walks": walks, "form": form or asked,
        "writes": may(by, Verb.PATROL_ORDER, None, at), "noted": "noted" in request.GET, "current": "announcements",
    }  # fmt: skip
    return render(request, "beats/announcements.html", page, status=status)


def _playable(request: HttpRequest) -> list[tuple[str, str]]:
    """Approved messages: out of their hours too, so that the refusal says when."""
    rows = visible_messages(actor_of(request), clock.now()).filter(state=MessageState.APPROVED)
    return [(str(one.pk), f"{one.topic} {one.hours}") for one in rows[:MOST]]


def _message(
    request: HttpRequest, row: Message, form: forms.Form | None = None, problem: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    by, at = actor_of(request), clock.now()
    known = Person.objects.filter(pk__in=[row.written_by, row.approved_by])
    who: dict[UUID | None, str] = {one.pk: one.name for one in known}
    keeps = may(by, Verb.PATROL_ORDER, row, at)
    page = {
        "message": row, "recordings": row.recordings.all(), "keeps": keeps, "own": row.written_by == by.person_id,
        "written_by": who.get(row.written_by, ""), "approved_by": who.get(row.approved_by, ""),
        "log": row.playbacks.select_related("unit").order_by("-at")[:LOGGED], "form": form or RecordingForm(),
        "problem": problem, "current": "announcements",
    }  # fmt: skip
    return render(request, "beats/announcement.html", page, status=status)
