"""A hazard that a phone noted, perhaps without a network: taken once, under the key of its step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.kinds.hazard.words import SUBKINDS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.replay import NotAStep, phone_act
from shouwang.people.verbs import Verb


@phone_act("hazard.note")
def note(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """`given`: subkind, gist, place_text, and lon and lat of where it is; urgency by its sort."""
    try:
        point = (float(given["lon"]), float(given["lat"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise NotAStep(what="lon") from fault
    subkind = str(given.get("subkind", ""))
    if subkind not in SUBKINDS:
        raise NotAStep(what="subkind")
    open_matter(
        id=step_id, kind="hazard", by=by, at=at, verb=Verb.HAZARD_NOTE, subkind=subkind, channel="own_find",
        point=point, place_text=str(given.get("place_text", "")), gist=str(given.get("gist", "")),
    )  # fmt: skip
