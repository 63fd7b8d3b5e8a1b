"""Past its day a record is stale: marked by a nightly job, shown as such, and no decision rests on it (REG-05)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.registry.models import Dwelling, Organisation, Residence, Resident

KEPT: tuple[type[Model], ...] = (Resident, Residence, Dwelling, Organisation)


def mark_stale(*, by: Actor, at: dt.datetime) -> int:
    """Mark whatever was due to be verified before today; how many rows. One entry a run, none where nothing changed."""
    today, n_marked = local_date(at), 0
    with acting(by):
        for model in KEPT:
            rows: Any = model._default_manager.filter(verify_by__lt=today, stale=False)
            n_marked += rows.update(stale=True)
        if n_marked:
            record(
                "register.mark_stale", topic="register.aged", subject=("run", new_id()), by=by, at=at, n_rows=n_marked
            )
    return n_marked
