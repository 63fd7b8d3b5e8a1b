"""The lines of a batch that cannot be taken, as a file to mend: each as it was, and beside it what is wrong."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict

from shouwang.connections.sheets.models import Batch, Fault
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.writing import COMMENT, write_csv
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.keyring import unseal
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed


def lines_to_mend(batch: Batch, *, by: Actor, at: dt.datetime, told: object) -> bytes:
    """The file, with a column `told` that says what is wrong. Only for whoever brought it. Raises NotAllowed"""
    if batch.asked_by is None or batch.asked_by != by.person_id:
        raise NotAllowed
    columns = REGISTERS[batch.kind].columns
    titles = {column.key: str(column.title) for column in columns}
    says: dict[int, list[str]] = defaultdict(list)
    cells: dict[int, dict[str, str]] = {}
    for fault in Fault.objects.filter(batch=batch).order_by("number", "id"):
        says[fault.number].append(f"{titles.get(fault.column, fault.column)}: {fault.says}")
        if fault.cells_enc:
            opened = unseal(fault.cells_enc, table=Fault._meta.db_table, column="cells", row=fault.pk)
            cells[fault.number] = json.loads(opened)
    with acting(by):
        record("sheet.take_faults", topic="register.sheet", subject=("sheet", batch.pk), area=batch.area, by=by, at=at,
               n_lines=len(cells))  # fmt: skip
    lines = (
        [*(cells[number].get(column.key, "") for column in columns), " / ".join(says[number])]
        for number in sorted(cells)
    )
    return write_csv([*titles.values(), f"{COMMENT} {told}"], lines)
