"""A trouble for whatever calls for one: what was screened on a round and is worth a ticket."""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.openings import Wanted, serves


@serves("trouble")
def trouble(matter: Matter, wanted: Wanted, by: Actor, at: dt.datetime) -> Matter:
    """Below the matter, at its place, with its gist."""
    return open_matter(
        kind="trouble", by=by, at=at, verb=None, subkind="small.public_space", channel="own_find", area=matter.area,
        parent=matter, gist=matter.gist, place_text=matter.place_text,
        point=(matter.lon, matter.lat) if matter.lon is not None and matter.lat is not None else None,
    )  # fmt: skip
