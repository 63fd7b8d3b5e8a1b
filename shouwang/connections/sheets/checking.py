"""Looking a batch over: every line becomes a record to be, or faults that say how to mend it. No register changes.

Lines are written to the staging table by COPY, some thousands a transaction; which are known is asked of the database
in sets. A job that was killed begins anew.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from shouwang.connections.sheets.bringing import content_of
from shouwang.connections.sheets.cells import Cells, Faulty
from shouwang.connections.sheets.columns import Row
from shouwang.connections.sheets.ground import Ground
from shouwang.connections.sheets.models import Batch, BatchState, Fault, Line, Part, Staged
from shouwang.connections.sheets.reading import SheetEmpty
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.registers.addresses import Tree, look_ahead
from shouwang.connections.sheets.registers.register_sheet import Making, RegisterSheet, Told
from shouwang.connections.sheets.streaming import filled_lines
from shouwang.connections.sheets.working import Work, working_on
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.core.keyring import hasher, seal
from shouwang.people.access import EVERYWHERE, paths_of, posts_of
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.keeping import copy_rows

LINES_AT_ONCE = 2000
RECOGNISED_AT_ONCE = 5000
MOST_FAULTY = 5000  # lines that are handed back to be mended
DIGEST_BYTES = 16
_TAKEN = """
SELECT one.digest FROM sheets_line AS one JOIN sheets_batch AS batch ON batch.id = one.batch_id
WHERE batch.kind = %s AND one.digest = ANY(%s)
"""
STAGED = "id, batch_id, number, digest, match, bucket, address, person, known, given"


@dataclass
class Looking:
    """One batch being looked over."""

    work: Work
    sheet: RegisterSheet
    ground: Ground
    making: Making
    digest: Callable[[str], bytes]
    n_lines: int = 0
    n_faulty: int = 0
    n_same: int = 0  # lines that an earlier batch brought in these very words
    staged: list[Sequence[Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def look_at(self, rows: Sequence[Row]) -> None:
        """A handful of lines, in one transaction."""
        keys = [one.key for one in self.sheet.columns]
        digests = [self.digest("\x1f".join([row[key] for key in keys]))[:DIGEST_BYTES] for row in rows]
        taken = _taken_before(self.work.batch.kind, digests)
        new = [(row, digest) for row, digest in zip(rows, digests, strict=True) if digest not in taken]
        if self.sheet.addressed:
            standings = self.ground.standings(row["address"] for row, _ in new)
        else:
            standings = {}
            look_ahead([row for row, _ in new], self.making.tree)
        for row, digest in new:
            cells = Cells(row, self.sheet.columns)
            try:
                self._stage(row, digest, self.sheet.tell(cells, self.making, standings))
            except Faulty as faulty:
                self._hand_back(row, faulty)
        self.n_lines += len(rows)
        self.n_same += len(rows) - len(new)
        with acting(Actor.system()):
            copy_rows(Staged._meta.db_table, STAGED, self.staged)
            Fault.objects.bulk_create(self.faults)
        self.staged.clear()
        self.faults.clear()

    def _stage(self, row: Row, digest: bytes, told: Told) -> None:
        given = AS_JSON.encode(told.given)
        self.staged.append(
            (told.id, self.work.batch.pk, row.number, digest, told.match, told.bucket, told.address, told.person,
             False, given)
        )  # fmt: skip

    def _hand_back(self, row: Row, faulty: Faulty) -> None:
        self.n_faulty += 1
        if self.n_faulty > MOST_FAULTY:
            return
        cells = json.dumps(row.cells, ensure_ascii=False).encode()
        for n, (key, problem) in enumerate(faulty.faults.items()):
            fault = Fault(batch=self.work.batch, number=row.number, column=key, says=problem.message[:400])
            if n == 0:
                fault.cells_enc = seal(cells, table=Fault._meta.db_table, column="cells", row=fault.pk)
            self.faults.append(fault)


def check(key: UUID, *, at: dt.datetime) -> None:
    """Look over a batch that waits for it."""
    with working_on(key, BatchState.CHECKING, at=at) as work:
        if work is None:
            return
        batch = work.batch
        with acting(Actor.system()):
            Staged.objects.filter(batch=batch).delete()
            Fault.objects.filter(batch=batch).delete()
        looking = _begin(work, at)
        for rows in _handfuls(batch):
            looking.look_at(rows)
            work.step(looking.n_lines, n_lines=looking.n_lines)
        if not looking.n_lines:
            raise SheetEmpty(field="file")
        recognise(batch.pk)
        _finish(looking, at)


def recognise(batch: UUID, since: dt.datetime | None = None) -> None:
    """Mark the lines that speak of what is there already; with `since`, of what came there since."""
    last = Staged.objects.filter(batch=batch).order_by("-number").values_list("number", flat=True).first() or 0
    step = RECOGNISED_AT_ONCE if since is None else last + 1
    for start in range(0, last + 1, step):
        with acting(Actor.system()), connection.cursor() as cursor:
            cursor.execute("SELECT recognise_sheet(%s, %s, %s, %s)", [batch, start, start + step - 1, since])


def paths_now(batch: Batch, at: dt.datetime) -> tuple[str, ...]:
    """The ground that the bringer still has."""
    if batch.asked_by is None:
        return EVERYWHERE
    posts = posts_of(Actor(batch.asked_by), at)
    held = {
        path for post in posts if Verb.REGISTER_IMPORT in ROLE_TABLE[post.role].verbs for path in paths_of(post.area)
    }
    return tuple(path for path in batch.paths if path in held)


def _begin(work: Work, at: dt.datetime) -> Looking:
    batch = work.batch
    ground, making = Ground(paths_now(batch, at)), Making(at, batch.asked_by)
    making.tree = Tree(at, ground.mine)
    return Looking(work, REGISTERS[batch.kind], ground, making, hasher(f"{Line._meta.db_table}.digest.{batch.kind}"))


def _finish(looking: Looking, at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_new, n_known, n_people FROM count_staged(%s)", [looking.work.batch.pk])
        n_new, n_known, n_people = cursor.fetchone()
    counts = {"new": n_new, "known": n_known + looking.n_same, "faulty": looking.n_faulty}
    if n_people:
        counts["people"] = n_people
    with acting(Actor.system()):
        Part.objects.filter(batch=looking.work.batch).delete()
    looking.work.finish(
        "sheet.look_over", BatchState.CHECKED, at=at, counts=counts, n_lines=looking.n_lines, n_done=looking.n_lines,
        checked_at=now(),
    )  # fmt: skip


def _handfuls(batch: Batch) -> Iterator[list[Row]]:
    columns = sorted(batch.columns.items())
    lines = filled_lines(lambda: content_of(batch.pk))
    rows = (
        Row(number, {key: cells[place] if place < len(cells) else "" for key, place in columns})
        for number, cells in lines
    )
    while handful := list(islice(rows, LINES_AT_ONCE)):
        yield handful


def _taken_before(kind: str, digests: Sequence[bytes]) -> set[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [kind, list(digests)])
        return {bytes(digest) for (digest,) in cursor.fetchall()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else str(value)


AS_JSON = json.JSONEncoder(default=_plain, ensure_ascii=False, check_circular=False)
