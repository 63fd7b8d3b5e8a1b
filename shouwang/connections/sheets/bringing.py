"""Acts on batches at a page: bring a file, confirm its columns, have it taken over, undo it, drop it.

The work is done by jobs (checking.py, taking_over.py); a page follows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.columns import guessed_places, require_needed
from shouwang.connections.sheets.models import Batch, BatchState, Part, SheetKind
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.streaming import cut, headings_of
from shouwang.connections.sheets.tasks import check_batch, forget_batch, take_over_batch, undo_batch
from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import EVERYWHERE, NotVisible, reaches, require, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

LARGEST = 48 * 1024 * 1024
PART_BYTES = 2 * 1024 * 1024
UNDONE_WITHIN = dt.timedelta(days=30)
CONTENT = {"table": "sheets_part", "column": "content"}


class SheetTooLarge(Problem):
    code, status = "sheets.too_large", 413
    says = _("This file is larger than {most} MB. Divide it, or have it taken over on the machine.")


class NotTheMoment(Problem):
    code, status = "sheets.not_the_moment", 409
    says = _("This sheet is “{state}”; that does not apply now.")


class TooLateToUndo(Problem):
    code, status = "sheets.too_late_to_undo", 409
    says = _("A sheet can be undone within 30 days. Correct the records one by one.")


def visible_batches(by: Actor, at: dt.datetime) -> QuerySet[Batch]:
    """One's own, and those of one's ground."""
    ground = reaches(spans(by, Verb.REGISTER_IMPORT, at), "area__")
    return Batch.objects.filter(Q(asked_by=by.person_id) | ground).select_related("area")


def visible_batch(key: UUID, by: Actor, at: dt.datetime) -> Batch:
    """Raises NotVisible."""
    found = visible_batches(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def bring_sheet(
    kind: str, content: bytes, *, file_name: str, language: str, by: Actor, at: dt.datetime, most: int = LARGEST
) -> Batch:
    """Keep a file, sealed, with what its columns seem to be: as with the last file that was headed like this.

    Raises  NotAllowed, SheetTooLarge, SheetUnreadable, SheetEmpty, TooManyColumns
    """
    require(by, Verb.REGISTER_IMPORT, None, at)
    if len(content) > most:
        raise SheetTooLarge(field="file", most=most // 1024**2)
    headings = headings_of(lambda: cut(content, PART_BYTES))
    paths = spans(by, Verb.REGISTER_IMPORT, at)
    with acting(by):
        batch = Batch(
            kind=SheetKind(kind), area=_area_of(paths), paths=paths, file_name=file_name[-120:], n_bytes=len(content),
            headings=headings, columns=remembered(kind, headings), language=language, asked_by=by.person_id,
            asked_at=at,
        )  # fmt: skip
        batch.save(force_insert=True)
        for n, part in enumerate(cut(content, PART_BYTES)):
            Part.objects.create(batch=batch, number=n, content_enc=keyring.seal(part, row=f"{batch.pk} {n}", **CONTENT))
        _record("sheet.bring", batch, by, at, kind=batch.kind, n_bytes=len(content))
    return batch


def remembered(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands: as last confirmed for these headings, else as they say."""
    last = Batch.objects.filter(kind=kind, headings=list(headings), checked_at__isnull=False).order_by("-asked_at")
    columns = last.values_list("columns", flat=True).first()
    return columns or guessed_places(headings, REGISTERS[kind].columns)


def check_sheet(
    batch: Batch, columns: Mapping[str, int], *, by: Actor, at: dt.datetime, now_here: bool = False
) -> None:
    """Confirm the columns and have every line looked over: by a job, unless the caller does it `now_here`.

    Raises  NotTheMoment, ColumnMissing, NotAllowed
    """
    sheet = REGISTERS[batch.kind]
    known = {column.key for column in sheet.columns}
    placed = {key: n for key, n in columns.items() if key in known and 0 <= n < len(batch.headings)}
    require_needed(placed, sheet.columns)
    with acting(by):
        row = _locked(batch, by, at, BatchState.UPLOADED)
        row.columns, row.state, row.n_done = placed, BatchState.CHECKING, 0
        row.save(update_fields=["columns", "state", "n_done"])
        if not now_here:
            check_batch.defer(batch=str(row.pk))
        _record("sheet.check", row, by, at, kind=row.kind)


def take_sheet(batch: Batch, *, by: Actor, at: dt.datetime, now_here: bool = False) -> None:
    """Have the good lines taken over. Raises NotTheMoment, NotAllowed"""
    with acting(by):
        row = _locked(batch, by, at, BatchState.CHECKED)
        row.state, row.n_done = BatchState.TAKING, 0
        row.save(update_fields=["state", "n_done"])
        if not now_here:
            take_over_batch.defer(batch=str(row.pk))
        _record("sheet.ask_take", row, by, at, kind=row.kind)


def undo_sheet(batch: Batch, *, by: Actor, at: dt.datetime) -> None:
    """Have all of it taken back that nobody worked on since, also of one that stopped half way.

    Raises  NotTheMoment, TooLateToUndo, NotAllowed
    """
    with acting(by):
        row = _locked(batch, by, at, BatchState.TAKEN, BatchState.FAILED)
        if row.checked_at is None:
            raise NotTheMoment(state=row.get_state_display())
        if at - row.checked_at > UNDONE_WITHIN:
            raise TooLateToUndo
        row.state, row.n_done = BatchState.UNDOING, 0
        row.save(update_fields=["state", "n_done"])
        undo_batch.defer(batch=str(row.pk))
        _record("sheet.ask_undo", row, by, at, kind=row.kind)


def drop_sheet(batch: Batch, *, by: Actor, at: dt.datetime) -> None:
    """Leave it; what came with it is erased. Raises NotTheMoment, NotAllowed"""
    with acting(by):
        row = _locked(batch, by, at, BatchState.UPLOADED, BatchState.CHECKED, BatchState.FAILED)
        row.state = BatchState.DROPPED
        row.save(update_fields=["state"])
        forget_batch.defer(batch=str(row.pk))
        _record("sheet.drop", row, by, at, kind=row.kind)


def content_of(batch: UUID) -> Iterator[bytes]:
    """The file, part by part, never two of them in memory; only a job can read them."""
    parts = Part.objects.filter(batch=batch).order_by("number")
    for number in list(parts.values_list("number", flat=True)):
        sealed = parts.values_list("content_enc", flat=True).get(number=number)
        yield keyring.unseal(sealed, row=f"{batch} {number}", **CONTENT)


def _locked(batch: Batch, by: Actor, at: dt.datetime, *states: BatchState) -> Batch:
    """Only whoever brought a file goes on with it, or who stands above him there."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
    require(by, Verb.REGISTER_IMPORT, row.area, at)
    if row.state not in states:
        raise NotTheMoment(state=row.get_state_display())
    return row


def _area_of(paths: Sequence[str]) -> Area | None:
    """The area a batch is filed under: the ground of the first post, or the whole town."""
    if tuple(paths) == EVERYWHERE:
        return Area.objects.order_by("duty_path").exclude(duty_path="").first()
    return Area.objects.filter(Q(duty_path=paths[0]) | Q(government_path=paths[0])).first()


def _record(verb: str, batch: Batch, by: Actor, at: dt.datetime, **told: object) -> None:
    record(verb, topic="register.sheet", subject=("sheet", batch.pk), area=batch.area, by=by, at=at, **told)
