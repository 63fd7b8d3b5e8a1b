"""Taking a batch over, and back. Some thousands of lines a transaction; a job that was killed goes on where it was."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from shouwang.connections.sheets.checking import paths_now, recognise
from shouwang.connections.sheets.declared import left_of, note_filed, note_taken_back
from shouwang.connections.sheets.models import Batch, BatchState, Fault, Line, Part, SheetKind, Staged
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.working import Work, working_on
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.people.access import NotAllowed
from shouwang.places.models import Address, AddressAlias, FoundPlace
from shouwang.places.tree import index

LINES_AT_ONCE = 10_000
DECLARATIONS_AT_ONCE = 1_000  # each has its own entry in the journal
ADDRESSES_AT_ONCE = 500


def take_over(key: UUID, *, at: dt.datetime) -> None:
    """Write the records of a batch that was looked over."""
    with working_on(key, BatchState.TAKING, at=at) as work:
        if work is None:
            return
        batch = work.batch
        if set(paths_now(batch, at)) != set(batch.paths):
            raise NotAllowed
        recognise(key, since=batch.checked_at)
        last, at_once = _last(Staged, batch), _at_once(batch)
        for start in range(0, last + 1, at_once):
            with acting(Actor.system()), connection.cursor() as cursor:
                cursor.execute("SELECT n_made FROM take_over_sheet(%s, %s, %s)", [key, start, start + at_once - 1])
                if batch.kind == SheetKind.DECLARATIONS:
                    note_filed(batch, start, start + at_once - 1)
            work.step(min(start + at_once, batch.n_lines))
        if batch.kind == SheetKind.ADDRESSES:
            _index(work)
        made = Line.objects.filter(batch=batch, made=True).count()
        counts = batch.counts | {"new": made, "known": batch.n_lines - made - batch.counts.get("faulty", 0)}
        work.finish("sheet.take_over", BatchState.TAKEN, at=at, counts=counts, n_done=batch.n_lines, taken_at=now())


def undo(key: UUID, *, at: dt.datetime) -> None:
    """Take back what a batch made and nobody worked on since."""
    with working_on(key, BatchState.UNDOING, at=at) as work:
        if work is None:
            return
        batch = work.batch
        steps, last, at_once = REGISTERS[batch.kind].undone_by, _last(Line, batch), _at_once(batch)
        made = Line.objects.filter(batch=batch, made=True).count()
        for step in steps:
            if step == "addresses":
                _remove_addresses(batch)
            for start in range(0, last + 1, at_once):
                lines = (start, start + at_once - 1)
                with acting(Actor.system()), connection.cursor() as cursor:
                    before = left_of(batch, *lines) if step == "declarations" else []
                    cursor.execute("SELECT undo_sheet(%s, %s, %s, %s)", [key, step, *lines])
                    note_taken_back(batch, before, at=at)
                work.step(batch.n_lines * steps.index(step) // len(steps))
        left = Line.objects.filter(batch=batch, made=True).count()
        counts = batch.counts | {"left": left, "undone": made - left}
        work.finish("sheet.undo", BatchState.UNDONE, at=at, counts=counts, n_done=batch.n_lines, undone_at=now())


def forget(key: UUID) -> None:
    """Erase what came with a batch that was dropped."""
    with acting(Actor.system()):
        for model in (Part, Fault, Staged):
            model._default_manager.filter(batch=key, batch__state=BatchState.DROPPED).delete()


def _at_once(batch: Batch) -> int:
    return DECLARATIONS_AT_ONCE if batch.kind == SheetKind.DECLARATIONS else LINES_AT_ONCE


def _last(model: type[Staged] | type[Line], batch: Batch) -> int:
    rows = model._default_manager.filter(batch=batch)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0


def _index(work: Work) -> None:
    """Let the new addresses be found by words; rooms are found below their building."""
    made = Line.objects.filter(batch=work.batch, made=True).values("id")
    rows = Address.objects.filter(pk__in=made).exclude(element="room").order_by("number")
    for start in range(0, rows.count(), ADDRESSES_AT_ONCE):
        with acting(Actor.system()):
            for address in rows[start : start + ADDRESSES_AT_ONCE].select_related("parent"):
                index(address)


def _remove_addresses(batch: Batch) -> None:
    """The deepest first; what something else stands on by now stays."""
    made = Line.objects.filter(batch=batch, made=True).values("id")
    for address in Address.objects.filter(pk__in=made, verified_at__isnull=True).order_by("-number").iterator():
        with acting(Actor.system()):
            try:
                with transaction.atomic():
                    if AddressAlias.objects.filter(address=address).exists():
                        continue
                    FoundPlace.objects.filter(pk=address.pk).delete()
                    Address.objects.filter(pk=address.pk).delete()
            except IntegrityError:  # a dwelling, a unit, a matter: whatever points to it
                continue
