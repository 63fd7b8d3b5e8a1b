"""The doors for positions: `/ingest/<source>`. Whatever is wrong is said in a translated sentence, naming the field."""

from __future__ import annotations

import datetime as dt
import json

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people.routes import public
from shouwang.tracking.limits import READINGS, STRANGERS, TooMany
from shouwang.tracking.pipeline import receive
from shouwang.tracking.pipeline.authenticate import UnknownUnit
from shouwang.tracking.pipeline.gate import BeforeShift, UnitOffDuty
from shouwang.tracking.sources import Decoded, Incoming, Source, source_of

DROPPED_BY_DESIGN = (UnitOffDuty, BeforeShift)


@csrf_exempt
@public  # a unit's token opens it; the pipeline asks for it
def ingest(request: HttpRequest, source: str) -> HttpResponse:
    """Take what a device sent, all of it or nothing."""
    at = clock.now()
    try:
        door = source_of(source)
        if request.method not in door.methods:
            return HttpResponseNotAllowed(door.methods)
        _take(door, door.decode(_incoming(request)), _sender(request), at)
    except DROPPED_BY_DESIGN as dropped:
        return _dropped(door, dropped)
    except Problem as problem:
        return _refused(problem)
    kind = "application/json" if door.accepted.startswith("[") else "text/plain"
    return HttpResponse(door.accepted, content_type=f"{kind}; charset=utf-8")


def _take(door: Source, decoded: Decoded, sender: str, at: dt.datetime) -> None:
    READINGS.take(decoded.token or sender, at)
    try:
        for reading in decoded.readings:
            receive(decoded.token, reading, source=door.name, at=at)
    except UnknownUnit:
        STRANGERS.take(sender, at)
        raise


def _incoming(request: HttpRequest) -> Incoming:
    body = request.body  # before POST, which would read the stream away
    return Incoming(
        method=request.method or "",
        query=request.GET.dict(),
        form=request.POST.dict() if request.method == "POST" else {},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )


def _sender(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _dropped(door: Source, problem: Problem) -> HttpResponse:
    """An app that repeats until it is believed would repeat this for ever, and nothing newer would come through."""
    if not door.patient:
        return _refused(problem)
    body = [{"_type": "dropped", "code": problem.code, "says": problem.message, "field": problem.field}]
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _refused(problem: Problem) -> HttpResponse:
    body = {"code": problem.code, "says": problem.message, "field": problem.field}
    answer = JsonResponse(body, status=problem.status, json_dumps_params={"ensure_ascii": False})
    if isinstance(problem, TooMany):
        answer["Retry-After"] = str(problem.given["seconds"])
    return answer
