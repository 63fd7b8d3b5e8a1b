"""The daily purge: every retention class of every app, batch by batch, and the proof of it in the journal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Model, QuerySet

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date, now
from shouwang.core.ids import new_id
from shouwang.core.retention import BATCH, PURGES, Purge, delete, purge
from shouwang.journal.record import record
from shouwang.registry.bulk import erase_identities
from shouwang.registry.grounds import KEEPERS
from shouwang.registry.models import (
    CounterCode,
    Declaration,
    Dwelling,
    Edit,
    Emergency,
    Identity,
    Look,
    LookToken,
    OddLook,
    Organisation,
    OwnCopy,
    Request,
    Residence,
    Resident,
    Search,
    Sitting,
    Vehicle,
    VehicleAsk,
)
from shouwang.registry.models.edit import UNSETTLED


class PurgeStuck(RuntimeError):
    """A batch was erased and the same rows are still overdue: the purge of this model is wrong."""


def run_purges(*, at: dt.datetime) -> dict[str, int]:
    """Erase what is overdue; model → how many rows. One transaction a batch, one entry a purge."""
    counts: Counter[str] = Counter()
    for one in PURGES:
        if one.rows(at).exists():
            counts[one.model] += _run(one, at)
    return dict(counts)


def overdue_rows(at: dt.datetime) -> dict[str, int]:
    """Model → rows whose time is over and that are still there; empty after a purge."""
    counts: Counter[str] = Counter()
    for one in PURGES:
        counts[one.model] += one.rows(at).count()
    return {model: n for model, n in counts.items() if n}


def _run(one: Purge, at: dt.datetime) -> int:
    by, n_erased = Actor.system(), 0
    before = one.rows(at).count()
    while True:
        with acting(by):
            n_batch = one.run_batch(at)
        n_erased += n_batch
        if n_batch < BATCH:
            break
        if n_erased > before + BATCH:
            raise PurgeStuck(one.model)
    with acting(by):
        record(
            "retention.purge", topic="retention.purged", subject=("purge", new_id()), by=by, at=at,
            retention=one.retention, model=one.model, n_erased=n_erased, n_left=one.rows(at).count(),
        )  # fmt: skip
    return n_erased


def _unneeded(before: dt.datetime) -> QuerySet[Identity]:
    """Identities told before `before` that no matter still needs."""
    rows = Identity.objects.filter(created_at__lt=before)
    for needed in KEEPERS:
        rows = rows.exclude(id__in=needed(before))
    return rows


purge(
    "ticket",
    "registry.Identity",
    overdue=_unneeded,
    erase=lambda rows: erase_identities(rows, by=Actor.system(), at=now()),
)
purge("access", "registry.Look", overdue=lambda before: Look.objects.filter(at__lt=before))
purge("access", "registry.LookToken", overdue=lambda before: LookToken.objects.filter(created_at__lt=before))
purge("access", "registry.Search", overdue=lambda before: Search.objects.filter(began_at__lt=before))
purge("access", "registry.Emergency", overdue=lambda before: Emergency.objects.filter(began_at__lt=before))
purge("access", "registry.OddLook", overdue=lambda before: OddLook.objects.filter(at__lt=before))
purge("access", "registry.Sitting", overdue=lambda before: Sitting.objects.filter(began_at__lt=before))
purge("session", "registry.CounterCode", overdue=lambda before: CounterCode.objects.filter(made_at__lt=before))
PURGES.append(  # a day, whatever its class says
    Purge("session", "registry.OwnCopy", lambda at: OwnCopy.objects.filter(ends_at__lt=at), delete, dt.timedelta(0))
)


TOLD_KEPT = dt.timedelta(days=31)  # as long as a phone may bring an edit that contradicts


def _edits_done_with() -> QuerySet[Edit]:
    return Edit.objects.exclude(state__in=UNSETTLED)


def _forget_what_was_told(rows: list[Edit]) -> None:
    Edit.objects.filter(pk__in=[row.pk for row in rows]).update(told_enc=None)


purge("ticket", "registry.Edit", overdue=lambda before: _edits_done_with().filter(received_at__lt=before))
PURGES.append(
    Purge(
        "register",
        "registry.Edit",
        lambda before: _edits_done_with().filter(received_at__lt=before, told_enc__isnull=False),
        _forget_what_was_told,
        TOLD_KEPT,
    )
)


def _forget_plates(rows: list[Any]) -> None:
    """What names a vehicle goes; street, hour and reason stay as a count."""
    asked = VehicleAsk.objects.filter(pk__in=[row.pk for row in rows])
    asked.update(plate="", place_text="", vehicle=None)


purge(
    "plate",
    "registry.VehicleAsk",
    overdue=lambda before: VehicleAsk.objects.filter(at__lt=before).exclude(plate=""),
    erase=_forget_plates,
)
PURGES.append(
    Purge("life", "registry.Vehicle", lambda at: Vehicle.objects.filter(ends_on__lt=local_date(at)), delete,
          dt.timedelta(0))
)  # fmt: skip


def _purge_on_its_own_day(model: type[Model], keep_while: str = "") -> None:
    """Records of the registers say themselves until when they are kept; a dwelling stays while somebody lives there."""

    def overdue(at: dt.datetime) -> QuerySet[Any]:
        rows = model._default_manager.filter(retain_until__lt=local_date(at))
        return rows.filter(**{f"{keep_while}__isnull": True}) if keep_while else rows

    PURGES.append(Purge("register", model._meta.label, overdue, delete, dt.timedelta(0)))


for _model, _keep_while in (
    (Residence, ""), (Resident, "residences"), (Dwelling, "residences"), (Organisation, ""), (Declaration, ""),
    (Request, ""),
):  # fmt: skip
    _purge_on_its_own_day(_model, _keep_while)
