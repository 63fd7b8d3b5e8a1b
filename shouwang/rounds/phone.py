"""Steps that a phone sends: setting out, each stop, coming back. Kept on it first, taken here once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.matters.replay import NotAStep, phone_act
from shouwang.people.access import NotVisible
from shouwang.rounds.models import Round, Stop
from shouwang.rounds.walking import begin_round, end_round, note_stop

Given = Mapping[str, Any]


def _key(given: Given, name: str) -> UUID:
    try:
        return UUID(str(given[name]))
    except (KeyError, ValueError) as fault:
        raise NotAStep(what=name) from fault


def _round(given: Given) -> Round:
    row = Round.objects.filter(pk=_key(given, "round")).first()
    if row is None:
        raise NotVisible
    return row


@phone_act("round.begin")
def begin(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    begin_round(row=_round(given), by=by, at=at)


@phone_act("round.end")
def end(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    end_round(row=_round(given), by=by, at=at)


@phone_act("round.stop")
def stop(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    row = Stop.objects.filter(pk=_key(given, "stop")).first()
    if row is None:
        raise NotVisible
    said = {name: str(given.get(name, ""))[:200] for name in ("outcome", "code", "remark")}
    note_stop(stop=row, by=by, at=at, **said)
