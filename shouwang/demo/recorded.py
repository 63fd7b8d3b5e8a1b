"""The recorders that the demo's crews wear: in the ledger, uploaded after each shift but one; and a check-in timer that
was ended."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from shouwang.demo.world import World
from shouwang.duty.checking_in import begin_check_in, check_in, end_check_in
from shouwang.duty.equipment.handling import Given, handle_items
from shouwang.duty.equipment.keeping import Wanted, take_in
from shouwang.duty.equipment.recordings import keep_for_good, note_upload, overdue, worn
from shouwang.duty.models import Crew, EquipmentForm, EquipmentKind, Kept

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
FILE_BYTES = 734_003_200


def play(world: World, at: dt.datetime) -> None:
    """What crews wear goes into the ledger and out to them; what is past is uploaded but for one; one timer ran."""
    rows = worn(world.zhou, at)
    wearers = {crew.recorder: crew.person for crew in reversed(rows)}
    kind = EquipmentKind.objects.filter(form=EquipmentForm.RECORDER).order_by("name")[0]
    take_in([Wanted(one, kind, world.station, "DSJ 64G") for one in wearers], by=world.lin, at=at - 30 * DAY)
    for recorder, person in wearers.items():
        handle_items("issue", [recorder], Given(holder=person), by=world.zhou, at=at - 29 * DAY)
    for n, crew in enumerate(overdue(rows, at)[1:]):
        done_at = crew.during.upper + 20 * MINUTE
        made = note_upload(crew, manifest=_manifest(crew), by=world.zhou, at=done_at)
        if n % 5 == 1:
            keep_for_good(made, kept=Kept.OBSTRUCTED, by=world.zhou, at=done_at + HOUR)
    _check_in(world, at)


def _manifest(crew: Crew) -> str:
    """Three files, as the docking station lists them."""
    names = [f"{crew.recorder}_{crew.during.lower + n * 20 * MINUTE:%Y%m%d_%H%M}.mp4" for n in range(3)]
    return "\n".join(f"{sha256(name.encode()).hexdigest()} {FILE_BYTES + len(name)} {name}" for name in names)


def _check_in(world: World, at: dt.datetime) -> None:
    """The one officer who was alone on a unit had a timer and ended it: nobody taps in a demo, and a timer left running
    would call for help in his name."""
    begin_check_in(every=HOUR, by=world.guan, at=at - HOUR)
    check_in(by=world.guan, at=at - 40 * MINUTE)
    end_check_in(by=world.guan, at=at - 10 * MINUTE)
