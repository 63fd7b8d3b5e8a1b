"""What a device sent in, what it gets back: many at once, each judged by itself, stored together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from shouwang.core.problem import Problem
from shouwang.tracking.limits import READINGS, STRANGERS, TooMany
from shouwang.tracking.pipeline import Passing, checked, keep, learned
from shouwang.tracking.pipeline.authenticate import UnknownUnit
from shouwang.tracking.pipeline.gate import BeforeShift, UnitOffDuty
from shouwang.tracking.sources import Incoming, Source, source_of

DROPPED_BY_DESIGN = (UnitOffDuty, BeforeShift)
RETRY_S = 5
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class _Taken:
    """One message on its way: what it brings to the store, and its answer once that is certain."""

    tokens: list[str] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    answer: Answer | None = None


def take_all(messages: Sequence[tuple[str, Incoming]], at: dt.datetime) -> list[Answer]:
    """Take messages, each with the name of its source; the answers in the same order, given after the commit."""
    taken = [_take(name, incoming, at) for name, incoming in messages]
    stored = [one for one in taken if one.passings]
    try:
        keep([passing for one in stored for passing in one.passings])
    except DatabaseError:
        for one in stored:
            one.answer = Answer(503, "", TEXT, {"Retry-After": str(RETRY_S)})
    else:
        for one in stored:
            for token, passing in zip(one.tokens, one.passings, strict=True):
                learned(token, passing)
    return [one.answer or Answer(500, "", TEXT) for one in taken]


def _take(name: str, incoming: Incoming, at: dt.datetime) -> _Taken:
    with translation.override(_language(incoming)):
        try:
            source = source_of(name)
            if incoming.method not in source.methods:
                return _Taken(answer=Answer(405, "", TEXT, {"Allow": ", ".join(source.methods)}))
            return _judged(source, incoming, at)
        except Problem as problem:
            return _Taken(answer=_refused(problem))


def _judged(source: Source, incoming: Incoming, at: dt.datetime) -> _Taken:
    taken = _Taken()
    try:
        decoded = source.decode(incoming)
        READINGS.take(decoded.token or incoming.sender, at)
        for reading in decoded.readings:
            passing = checked(decoded.token, reading, source=source.name, at=at)
            if passing is not None:
                taken.tokens.append(decoded.token)
                taken.passings.append(passing)
    except UnknownUnit:
        STRANGERS.take(incoming.sender, at)
        raise
    except DROPPED_BY_DESIGN as dropped:
        if not source.patient:
            raise
        return _Taken(answer=_dropped(dropped))
    taken.answer = Answer(200, source.accepted, JSON if source.accepted.startswith("[") else TEXT)
    return taken


def _dropped(problem: Problem) -> Answer:
    """An app that repeats until it is believed would repeat this for ever, and nothing newer would come through."""
    return Answer(200, json.dumps([{"_type": "dropped", **_said(problem)}], ensure_ascii=False))


def _refused(problem: Problem) -> Answer:
    headers = {"Retry-After": str(problem.given["seconds"])} if isinstance(problem, TooMany) else {}
    return Answer(problem.status, json.dumps(_said(problem), ensure_ascii=False), JSON, headers)


def _said(problem: Problem) -> dict[str, str | None]:
    return {"code": problem.code, "says": problem.message, "field": problem.field}


def _language(incoming: Incoming) -> str:
    """The first language of the device that we speak."""
    for wanted, _weight in parse_accept_lang_header(incoming.headers.get("accept-language", "").lower()):
        try:
            return translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)
