"""What a matter keeps of tracks: written to a sealed Parquet file before the day is dropped, opened by a named act."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.evidence import storage
from shouwang.evidence.purging import stores_files
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, Verb, require
from shouwang.tracking.keeping import keepings_seen_by, lay_stretches
from shouwang.tracking.models import Fix, KeepingState, KeptStretch, TrackArchive, TrackKeeping
from shouwang.tracking.parquet import pack, unpack
from shouwang.tracking.tracks import SHORTEST_REASON, ReasonNeeded


class KeepingOver(Problem):
    code, status = "track_keeping.over", 410
    says = _("The term of these tracks is over; they are destroyed.")


def archive_kept(*, before: dt.datetime, at: dt.datetime) -> int:
    """Archive what is kept and older than `before`, in the caller's transaction, which then drops it; n files."""
    n_files = 0
    for keeping in TrackKeeping.objects.select_for_update().filter(state=KeepingState.KEPT).order_by("id"):
        lay_stretches(keeping, at)
        due = _due(keeping, before).order_by("unit", "at")
        for unit, fixes in groupby(due, key=lambda fix: fix.unit):
            _archive(keeping, unit, list(fixes), at)
            n_files += 1
        TrackKeeping.objects.filter(pk=keeping.pk).update(kept_to=before)
    return n_files


def waits_for_archive() -> Exists:
    """For a query of fixes: a matter keeps it, and it is in no archive yet."""
    return Exists(
        KeptStretch.objects.filter(
            Q(keeping__kept_to=None) | Q(keeping__kept_to__lte=OuterRef("at")),
            unit=OuterRef("unit"), during__contains=OuterRef("at"), keeping__state=KeepingState.KEPT,
        )
    )  # fmt: skip


def open_archive(key: UUID, *, reason: str, by: Actor, at: dt.datetime) -> tuple[TrackArchive, Unit, list[Fix]]:
    """One entry each time, which the crew can read.

    Raises  NotVisible, NotAllowed, ReasonNeeded, KeepingOver
    """
    words = clean_line(reason, 120, field="reason")
    if len(words) < SHORTEST_REASON:
        raise ReasonNeeded(field="reason")
    rows = TrackArchive.objects.filter(pk=key, keeping__in=keepings_seen_by(by, at)).select_related("keeping")
    found = rows.first()
    if found is None:
        raise NotVisible
    matter = Matter.objects.get(pk=found.keeping.matter)
    require(by, Verb.PAST_REPLAY, matter, at)
    if found.keeping.retain_until is None or found.keeping.retain_until <= local_date(at):
        raise KeepingOver
    unit = Unit.objects.get(pk=found.unit)
    with acting(by):
        record("track_archive.open", topic="track_archive.opened", subject=unit, by=by, at=at, area=unit.home_id,
               unit=unit.pk, matter=matter.pk, archive=found.pk, reason=words)  # fmt: skip
    return found, unit, unpack(storage.fetch(found.pk, found.stored, found.wrapped_key))


def end_keepings(at: dt.datetime) -> int:
    """Destroy what is over: keys, files, stretches. The entries stay. How many keepings."""
    by = Actor.system()
    with acting(by):
        over = list(
            TrackKeeping.objects.select_for_update().filter(
                state=KeepingState.KEPT, retain_until__lte=local_date(at)
            )
        )  # fmt: skip
        for keeping in over:
            archives = list(keeping.archives.all())
            for one in archives:
                record("track_archive.destroy", topic="track_archive.destroyed", subject=("matter", keeping.matter),
                       by=by, at=at, archive=one.pk, unit=one.unit, sha256=one.fingerprint)  # fmt: skip
            keeping.archives.all().delete()
            keeping.stretches.all().delete()
            TrackKeeping.objects.filter(pk=keeping.pk).update(state=KeepingState.ENDED)
            transaction.on_commit(partial(storage.remove_all, [bytes(one.stored) for one in archives]))
    return len(over)


@stores_files
def _stored() -> Iterable[bytes]:
    return map(bytes, TrackArchive.objects.values_list("stored", flat=True))


def _due(keeping: TrackKeeping, before: dt.datetime) -> QuerySet[Fix]:
    mine = keeping.stretches.filter(unit=OuterRef("unit"), during__contains=OuterRef("at"))
    rows = Fix.objects.filter(Exists(mine), at__lt=before, unit__in=keeping.stretches.values("unit"))
    return rows.filter(at__gte=keeping.kept_to) if keeping.kept_to else rows


def _archive(keeping: TrackKeeping, unit: UUID, fixes: list[Fix], at: dt.datetime) -> None:
    data, key = pack(fixes), new_id()
    sealed = storage.keep(data, key)
    row = TrackArchive.objects.create(
        id=key, keeping=keeping, unit=unit, starts_at=fixes[0].at, ends_at=fixes[-1].at, n_fixes=len(fixes),
        sha256=hashlib.sha256(data).digest(), size=len(data), stored=sealed.stored, wrapped_key=sealed.wrapped_key,
        kept_at=at,
    )  # fmt: skip
    area = Matter.objects.filter(pk=keeping.matter).values_list("area", flat=True).first()
    record("track_archive.write", topic="track_archive.written", subject=("matter", keeping.matter),
           by=Actor.system(), at=at, area=area, archive=key, unit=unit, n_fixes=row.n_fixes, size=row.size,
           sha256=row.fingerprint)  # fmt: skip
