"""Video rounds: which cameras there are, looking through one for a purpose, a call from it, and clips by request."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.command import clips, video_rounds
from shouwang.command.models import Camera, ClipRequest, RoundPurpose, VideoRound
from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.commands import NoSuch, number_in
from shouwang.desk.loading import actor_of
from shouwang.desk.video_forms import CameraForm, ClipForm
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.matters.finding import numbered
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 50


@opens_to(Verb.UNIT_SEND)
@require_GET
def cameras(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    mine = _rounds_of(by).filter(ended_at__isnull=True).select_related("camera")
    page = {
        "cameras": video_rounds.cameras_for(by, at)[:500], "purposes": RoundPurpose.choices, "problem": problem,
        "running": mine.first(),
        "sorts": [(name, SUBKINDS[name].label) for name in video_rounds.DISTRESS],
        "leads": may(by, Verb.UNIT_MANAGE, None, at),
    }  # fmt: skip
    return render(request, "desk/video/cameras.html", page, status=problem.status if problem else 200)


@opens_to(Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = CameraForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = video_rounds.register_camera(form.registered(), by=actor_of(request), at=clock.now())
            return redirect("desk:camera", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return render(request, "desk/video/new.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(Verb.UNIT_SEND)
@require_GET
def camera(request: HttpRequest, key: UUID) -> HttpResponse:
    return _camera(request, _visible(request, key), ClipForm())


def _camera(request: HttpRequest, row: Camera, form: ClipForm, problem: Problem | None = None) -> HttpResponse:
    """The camera, who looked through it for what, and the clips that were asked for."""
    by, at = actor_of(request), clock.now()
    rounds = list(video_rounds.rounds_of(row, by, at)[:SHOWN])
    asked = list(row.clips.select_related("matter").order_by("-asked_at")[:SHOWN])
    people = Person.objects.in_bulk({one.person for one in rounds} | {one.asked_by for one in asked})
    seen = set(
        Matter.objects.visible_to(by, at).filter(pk__in=[one.matter_id for one in asked]).values_list("pk", flat=True)
    )
    page = {
        "camera": row, "form": form, "problem": problem, "at": at, "leads": may(by, Verb.UNIT_MANAGE, row, at),
        "rounds": [(one, people.get(one.person)) for one in rounds], "me": by.person_id,
        "clips": [(one, people.get(one.asked_by), one.matter_id in seen) for one in asked],
    }  # fmt: skip
    return render(request, "desk/video/camera.html", page, status=problem.status if problem else 200)


@opens_to(Verb.UNIT_SEND)
@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin to look through this camera; the list shows the running look and what can come of it."""
    row = _visible(request, key)
    try:
        video_rounds.begin_round(row, request.POST.get("purpose", ""), by=actor_of(request), at=clock.now())
    except video_rounds.PurposeMissing as problem:
        return _list(request, problem)
    return redirect("desk:video")


@opens_to(Verb.UNIT_SEND)
@require_POST
def look_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """The look is over; `subkind`: somebody is in distress, on to the call with its ranked crews."""
    by, at = actor_of(request), clock.now()
    row = _rounds_of(by).filter(pk=key).first()
    if row is None:
        raise NotVisible
    try:
        if "distress" in request.POST:
            told = request.POST.get("subkind", ""), request.POST.get("words", "")[:120]
            return redirect("desk:matter", key=video_rounds.report_distress(row, *told, by=by, at=at).pk)
        video_rounds.end_round(row, request.POST.get("words", ""), by=by, at=at)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _list(request, problem)
    return redirect("desk:video")


@opens_to(Verb.UNIT_SEND)
@require_POST
def clip_new(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at, row = actor_of(request), clock.now(), _visible(request, key)
    form = ClipForm(request.POST)
    if not form.is_valid():
        return _camera(request, row, form, clips.ReasonMissing() if "reason" in form.errors else clips.StretchWrong())
    given = form.cleaned_data
    try:
        matter = _matter(given["number"], by, at)
        clips.ask_clip(row, matter, given["starts_at"], given["ends_at"], given["reason"], by=by, at=at)
    except Problem as problem:
        return _camera(request, row, form, problem)
    return redirect("desk:camera", key=row.pk)


@opens_to(Verb.UNIT_SEND)
@require_POST
def clip_act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """`grant`, `refuse` by a lead who did not ask; `take`: what is on it goes into the register."""
    by, at = actor_of(request), clock.now()
    row = ClipRequest.objects.filter(pk=key).select_related("camera").first()
    if row is None or name not in ("grant", "refuse", "take"):
        raise NotVisible
    seen = _visible(request, row.camera_id)
    try:
        if name == "take":
            clips.take_clip(row, request.POST.get("content", ""), by=by, at=at)
        else:
            clips.decide_clip(row, grant=name == "grant", by=by, at=at)
    except Problem as problem:
        if problem.status == 404:
            raise
        return _camera(request, seen, ClipForm(), problem)
    return redirect("desk:camera", key=row.camera_id)


def _visible(request: HttpRequest, key: UUID) -> Camera:
    row = video_rounds.cameras_for(actor_of(request), clock.now()).filter(pk=key).select_related("area").first()
    if row is None:
        raise NotVisible
    return row


def _matter(number: str, by: Actor, at: dt.datetime) -> Matter:
    found = numbered(Matter.objects.visible_to(by, at), number_in(number), at)
    if len(found) != 1:
        raise NoSuch(word=number, known="")
    return found[0]


def _rounds_of(by: Actor) -> QuerySet[VideoRound]:
    return VideoRound.objects.filter(person=by.person_id) if by.person_id else VideoRound.objects.none()
