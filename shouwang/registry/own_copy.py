"""Everything held about one person, put together part by part by a job, sealed for him alone, gone after a day.

A higher app adds what it holds with `@part(...)` in its `grounds.py` or when it starts. A value names its field, so the
page says beside it what the data map says: class, purpose, basis, how long, and what one may do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.registry.looking import ask_database
from shouwang.registry.models import OwnCopy
from shouwang.registry.requests import NotJoined

TABLE, COLUMN = "registry_owncopy", "content"
Row = dict[str, Any]  # field of its model → plain value; what is None or empty is left out


@dataclass(frozen=True)
class Whose:
    """Of whom a copy is made."""

    resident: UUID
    account: UUID
    at: dt.datetime


@dataclass(frozen=True)
class Part:
    """One kind of thing that is held: `rows(whose)` in the words of the fields of `model` (app_label.Model)."""

    model: str
    label: Promise
    rows: Callable[[Whose], Iterable[Row]]


PARTS: list[Part] = []


def part(model: str, label: Promise) -> Callable[[Callable[[Whose], Iterable[Row]]], Callable[[Whose], Iterable[Row]]]:
    """Register what an app holds of a person; in the order in which it is shown."""

    def keep(rows: Callable[[Whose], Iterable[Row]]) -> Callable[[Whose], Iterable[Row]]:
        PARTS.append(Part(model, label, rows))
        return rows

    return keep


@dataclass(frozen=True)
class Copy:
    """As its owner sees it: how far it is, and once it is ready what it holds (model → rows)."""

    id: UUID
    asked_at: dt.datetime
    ready_at: dt.datetime | None
    n_parts: int
    n_done: int
    held: dict[str, list[Row]]


def ask_copy(*, by: Actor, at: dt.datetime) -> UUID:
    """Have everything put together; a copy that is being made already is not begun twice. Raises NotJoined."""
    from shouwang.registry.tasks import make_own_copy

    key = new_id()
    with acting(by):
        ((found,),) = ask_database("SELECT ask_copy(%s, %s)", [key, at], refusal=NotJoined)
        if found == key:
            record("own_copy.ask", topic="register.copy_asked", subject=("own_copy", key), by=by, at=at)
            make_own_copy.defer(copy=str(key))
    made: UUID = found
    return made


def own_copy(by: Actor) -> Copy | None:
    """The newest copy of whoever signed in."""
    with acting(by):
        rows = ask_database("SELECT id, asked_at, ready_at, n_parts, n_done, content FROM own_copies()", [])
    if not rows:
        return None
    key, asked_at, ready_at, n_parts, n_done, content = rows[0]
    held = json.loads(keyring.unseal(content, table=TABLE, column=COLUMN, row=key)) if content else {}
    return Copy(key, asked_at, ready_at, n_parts, n_done, held)


def make_copy(copy: UUID, *, at: dt.datetime) -> None:
    """The job. One part is one transaction, so that its progress can be seen."""
    by = Actor.system()
    row = OwnCopy.objects.filter(pk=copy, ready_at__isnull=True).first()
    if row is None:
        return
    whose = Whose(row.resident, row.account, at)
    held: dict[str, list[Row]] = {}
    for number, one in enumerate(PARTS, 1):
        with acting(by):
            found = [_plain(line) for line in one.rows(whose)]
            held.setdefault(one.model, []).extend(line for line in found if line)
            OwnCopy.objects.filter(pk=copy).update(n_parts=len(PARTS), n_done=number)
    told = json.dumps(held, ensure_ascii=False).encode()
    with acting(by):
        sealed = keyring.seal(told, table=TABLE, column=COLUMN, row=copy)
        OwnCopy.objects.filter(pk=copy).update(content_enc=sealed, ready_at=at)
        record(
            "own_copy.make", topic="register.copy_made", subject=("resident", row.resident), by=by, at=at,
            n_rows=sum(map(len, held.values())),
        )  # fmt: skip


def _plain(row: Row) -> Row:
    return {name: _written(value) for name, value in row.items() if value not in (None, "", b"", [])}


def _written(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value if isinstance(value, bool | int | list) else str(value)
