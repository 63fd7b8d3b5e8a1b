"""Directives on the phone: signed, started and fed back there, perhaps without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.matters.replay import NotAStep, phone_act
from shouwang.matters.steps import take_step


def _take(name: str, matter: Matter | None, by: Actor, at: dt.datetime, **given: Any) -> None:
    if matter is None or matter.kind != "directive":
        raise NotAStep(what="matter")
    take_step(matter, name, by=by, at=at, **given)


@phone_act("directive.sign")
def sign(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    _take("sign", matter, by, at)


@phone_act("directive.start")
def start(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    _take("start", matter, by, at)


@phone_act("directive.feed_back")
def feed_back(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """`given`: effect and feedback."""
    told = {name: str(given[name]) for name in ("effect", "feedback") if given.get(name)}
    _take("feed_back", matter, by, at, **told)
