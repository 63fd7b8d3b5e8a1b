"""What a phone sends about duty: that its person comes when called, and that he is well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.duty.checking_in import begin_check_in, check_in, end_check_in
from shouwang.duty.mobilising.calling import acknowledge
from shouwang.duty.models import Answered, MobilisationCall
from shouwang.matters.models import Matter
from shouwang.matters.replay import NotAStep, phone_act


@phone_act("mobilisation.acknowledge")
def acknowledged(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """`given`: the id of the call."""
    try:
        call = MobilisationCall.objects.get(pk=UUID(str(given.get("call"))))
    except (ValueError, MobilisationCall.DoesNotExist) as fault:
        raise NotAStep(what="call") from fault
    acknowledge(call, how=Answered.PHONE, by=by, at=at)


@phone_act("check_in.begin")
def begun(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """`given`: every how many minutes."""
    try:
        every = dt.timedelta(minutes=int(given.get("minutes", 0)))
    except (TypeError, ValueError, OverflowError) as fault:
        raise NotAStep(what="minutes") from fault
    begin_check_in(every=every, by=by, at=at)


@phone_act("check_in.well")
def well(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    check_in(by=by, at=at)


@phone_act("check_in.end")
def ended(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    end_check_in(by=by, at=at)
