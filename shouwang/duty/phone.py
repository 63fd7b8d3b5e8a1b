"""What a phone sends about duty: that its person has read a mobilisation and comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
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
