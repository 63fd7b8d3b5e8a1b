"""The demo's recorders: in the ledger, uploaded but for one; no check-in timer is left running."""

from __future__ import annotations

import datetime as dt

from shouwang.core import clock
from shouwang.demo import recorded
from shouwang.duty.checking_in import running
from shouwang.duty.equipment.keeping import keep_kind
from shouwang.duty.equipment.recordings import overdue, worn
from shouwang.duty.models import EquipmentKind
from shouwang.duty.shifts import end_shift


def test_recorders_are_worn_and_one_upload_is_overdue(world):
    ended = clock.now()
    at = ended + dt.timedelta(hours=30)
    if not EquipmentKind.objects.filter(form="recorder").exists():
        keep_kind(name="执法记录仪", form="recorder", planned=10, by=world.lin, at=ended)
    end_shift(unit=world.qx1, by=world.zhou, at=ended)

    recorded.play(world, at)

    rows = worn(world.zhou, at)
    assert rows.filter(upload__isnull=False).count() == 1
    assert overdue(rows, at).count() == 1
    assert not list(running(world.fang, at))  # a demo left alone raises no alarm
