"""A call about something that is known already: kept for the record and joined to it, in one act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step


def open_joined(into: Matter, *, by: Actor, at: dt.datetime, **told: Any) -> Matter:
    """Open a matter as `open_matter` does and join it to `into`. Raises what both raise; then neither is done."""
    with acting(by):
        opened = open_matter(by=by, at=at, **told)
        return take_step(opened, "merge", by=by, at=at, into=into.pk)
