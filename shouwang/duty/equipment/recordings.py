"""Recorders on shifts: when each ran, the record of its upload within a day, how long that is kept, who looked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.equipment.acts import ISSUED, STOCK
from shouwang.duty.equipment.serials import serial_of
from shouwang.duty.models import Crew, EquipmentForm, Item, Kept, Unit, Upload, UploadView
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, may, require, spans, within

UPLOADED_WITHIN = dt.timedelta(hours=24)  # BWC-03
SHOWN = dt.timedelta(days=30)
MOST_FILES = 2000
_LINE = re.compile(r"([0-9a-fA-F]{64})\s+(\d{1,15})\s+(\S.*)")


class StillOnDuty(Problem):
    code, status = "recording.still_on_duty", 409
    says = _("The shift is still on. Its recording is uploaded afterwards.")


class UploadedAlready(Problem):
    code, status = "recording.uploaded", 409
    says = _("The upload of this recorder is on record and stays as it is.")


class ManifestUnusable(Problem):
    code, status = "recording.manifest", 400
    says = _("Line {n} cannot be read. Each is: SHA-256 of the file, its bytes, its name.")


class NotOfTheLedger(Problem):
    code, status = "recording.not_of_the_ledger", 409
    says = _("“{serial}” is no recorder of the ledger. Take it in first.")


class KeptForGood(Problem):
    code, status = "recording.kept_for_good", 409
    says = _("This recording is kept for good already. Its time is never made shorter.")


class WhyLooking(Problem):
    code, status = "recording.why", 400
    says = _("Write why you look. It is kept with your name.")


@dataclass(frozen=True)
class Worn:
    """One recorder on one person's time on a shift."""

    crew: Crew
    upload: Upload | None
    at: dt.datetime

    @property
    def ended_at(self) -> dt.datetime | None:
        """None while it is still running."""
        ended: dt.datetime | None = self.crew.during.upper
        return ended

    @property
    def due_at(self) -> dt.datetime | None:
        return self.ended_at + UPLOADED_WITHIN if self.ended_at else None

    @property
    def late(self) -> bool:
        """Not uploaded within a day, or uploaded later than that."""
        done_at = self.upload.uploaded_at if self.upload else self.at
        return self.due_at is not None and done_at > self.due_at


def worn(by: Actor, at: dt.datetime) -> QuerySet[Crew]:
    """Every recorder on a shift of the last 30 days on the ground of `by`, the newest first."""
    units = Unit.objects.filter(within(spans(by, Verb.EQUIPMENT_READ, at)))
    rows = Crew.objects.filter(shift__unit__in=units, during__overlap=(at - SHOWN, at)).exclude(recorder="")
    return rows.select_related("person", "shift__unit", "upload__item").order_by("-during", "pk")


def overdue(rows: QuerySet[Crew], at: dt.datetime) -> QuerySet[Crew]:
    """Those of them that should be uploaded by now and are not."""
    return rows.filter(upload__isnull=True, during__endswith__lt=at - UPLOADED_WITHIN)


def worn_seen(key: UUID, by: Actor, at: dt.datetime) -> Worn:
    """Raises NotVisible"""
    rows = Crew.objects.exclude(recorder="").select_related("person", "shift__unit", "upload__item")
    row = rows.filter(pk=key).first()
    if row is None or not may(by, Verb.EQUIPMENT_READ, row.shift.unit, at):
        raise NotVisible
    return Worn(row, getattr(row, "upload", None), at)


def as_worn(rows: Iterable[Crew], at: dt.datetime) -> list[Worn]:
    return [Worn(row, getattr(row, "upload", None), at) for row in rows]


def files_of(manifest: str) -> list[dict[str, Any]]:
    """`sha256 bytes name`, a file a line, as docking stations write it. Raises ManifestUnusable. Pure."""
    found = []
    for n, line in enumerate((one for one in manifest.splitlines() if one.strip()), start=1):
        read = _LINE.fullmatch(line.strip())
        if read is None or n > MOST_FILES:
            raise ManifestUnusable(field="manifest", n=n)
        found.append({"sha256": read[1].lower(), "bytes": int(read[2]), "file": clean_line(read[3], 120)})
    if not found:
        raise ManifestUnusable(field="manifest", n=1)
    return found


def note_upload(crew: Crew, *, manifest: str, kept: str = Kept.ORDINARY, by: Actor, at: dt.datetime) -> Upload:
    """The files are in the evidence store; here is what they are. Nothing of it is changed afterwards (BWC-04).

    Raises  StillOnDuty, UploadedAlready, ManifestUnusable, NotOfTheLedger
    """
    files = files_of(manifest)
    with acting(by):
        row = Crew.objects.select_for_update(of=("self",)).select_related("shift__unit").get(pk=crew.pk)
        require(by, Verb.EQUIPMENT_KEEP, row.shift.unit, at)
        if row.during.upper is None:
            raise StillOnDuty
        if Upload.objects.filter(crew=row).exists():
            raise UploadedAlready
        item = recorder_item(row.recorder)
        if item is None:
            raise NotOfTheLedger(serial=row.recorder)
        return put_upload(item, row, files, kept=Kept(kept), by=by, at=at)


def put_upload(
    item: Item, crew: Crew, files: list[dict[str, Any]], *, by: Actor, at: dt.datetime, kept: str = Kept.ORDINARY,
    storage_pct: int | None = None,
) -> Upload:  # fmt: skip
    """Inside an act that has locked the crew's row: the record of the upload, and what the ledger says since."""
    made = Upload.objects.create(
        item=item, crew=crew, files=files, n_bytes=sum(one["bytes"] for one in files), uploaded_at=at,
        by=by.person_id, kept=kept,
    )  # fmt: skip
    item.uploaded_at, item.storage_pct = at, storage_pct
    item.save(update_fields=["uploaded_at", "storage_pct"])
    record("recording.upload", topic="recording.uploaded", subject=made, by=by, at=at, area=crew.shift.unit.home_id,
           unit=crew.shift.unit_id, n_files=len(files), kept=kept)  # fmt: skip
    return made


def recorder_item(number: str) -> Item | None:
    """The recorder of the ledger with this number."""
    recorders = Item.objects.filter(kind__form=EquipmentForm.RECORDER).select_related("holder", "unit", "home")
    return recorders.filter(serial=serial_of(number)).first()


def keep_for_good(upload: Upload, *, kept: str, by: Actor, at: dt.datetime) -> Upload:
    """It becomes evidence, or turns out to be grave: kept for good. Never the other way round (BWC-02)."""
    with acting(by):
        rows = Upload.objects.select_for_update(of=("self",)).select_related("crew__shift__unit")
        row = rows.get(pk=upload.pk)
        unit = row.crew.shift.unit
        require(by, Verb.EQUIPMENT_KEEP, unit, at)
        if row.kept != Kept.ORDINARY or kept not in Kept.values or kept == Kept.ORDINARY:
            raise KeptForGood
        row.kept = kept
        row.save(update_fields=["kept"])
        record("recording.keep", topic="recording.kept", subject=row, by=by, at=at, area=unit.home_id, kept=kept)
    return row


def look_at_files(upload: Upload, *, why: str, by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """The list of files; the look is on record first. Raises WhyLooking"""
    words = clean_line(why, 120, field="why")
    if not words:
        raise WhyLooking(field="why")
    unit = upload.crew.shift.unit
    with acting(by):
        require(by, Verb.EQUIPMENT_READ, unit, at)
        UploadView.objects.create(upload=upload.pk, person=cast(UUID, by.person_id), at=at, why=words)
        record("recording.look", topic="recording.looked", subject=upload, by=by, at=at, area=unit.home_id)
    files: list[dict[str, Any]] = upload.files
    return files


def recorder_doubt(item: Item | None, people: Collection[UUID]) -> str:
    """Why the ledger speaks against one of `people` wearing it: whose it is, or its standing; "" where nothing does.

    A number the ledger does not know is taken as typed; so is one issued to a unit, or lying in stock.
    """
    if item is None or item.state == STOCK:
        return ""
    if item.state != ISSUED:
        return str(item.get_state_display())
    return item.with_whom if item.holder_id is not None and item.holder_id not in people else ""
