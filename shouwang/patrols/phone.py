"""Steps that a phone sends from a patrol. Kept on it first, taken here once, with the time of the tap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.matters.replay import NotAStep, phone_act
from shouwang.patrols import walking
from shouwang.patrols.models import Point, Slot
from shouwang.people.access import NotVisible

Given = Mapping[str, Any]


def _key(given: Given, name: str) -> UUID:
    try:
        return UUID(str(given[name]))
    except (KeyError, ValueError) as fault:
        raise NotAStep(what=name) from fault


def _slot(given: Given, by: Actor) -> Slot:
    row = Slot.objects.filter(pk=_key(given, "slot"), person=by.person_id).first()
    if row is None:
        raise NotVisible
    return row


def _point(given: Given) -> Point:
    row = Point.objects.filter(pk=_key(given, "point")).first()
    if row is None:
        raise NotVisible
    return row


@phone_act("patrol.begin")
def begin(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.step_on(_slot(given, by), by=by, at=at)


@phone_act("patrol.mark")
def mark(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.mark(_slot(given, by), _point(given), by=by, at=at, code=str(given.get("code", ""))[:16])


@phone_act("patrol.skip")
def skip(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.skip(_slot(given, by), _point(given), reason=str(given.get("reason", ""))[:120], by=by, at=at)


@phone_act("patrol.safe")
def safe(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.say_safe(_slot(given, by), by=by, at=at)


@phone_act("patrol.help")
def call_for_help(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.call_for_help(_slot(given, by), by=by, at=at)


@phone_act("patrol.end")
def end(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    walking.step_off(_slot(given, by), by=by, at=at)
