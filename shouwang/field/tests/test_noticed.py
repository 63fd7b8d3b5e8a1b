"""What positions tell of a crew stands on the phone of that crew, and goes with the shift."""

import datetime as dt
from typing import Any

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.field.now import now_for
from shouwang.journal.record import record
from shouwang.people.models import Person


def test_the_crew_reads_on_its_phone_what_positions_told_of_it_on_this_shift(world: Any) -> None:
    at = clock.now()
    for ago in (dt.timedelta(days=4000), dt.timedelta()):
        with acting(Actor.system()):
            record(
                "track.notice", topic="track.noticed", subject=("unit", world.qx1.pk), by=Actor.system(), at=at - ago,
                unit=world.qx1.pk, what="battery",
            )  # fmt: skip

    phone = now_for(Person.objects.get(pk=world.ming.person_id), world.ming.afresh(), at)
    other = now_for(Person.objects.get(pk=world.guan.person_id), world.guan.afresh(), at)

    assert [line["what"] for line in phone["noticed"]] == ["桥西1组电量不足"]
    assert other["noticed"] == []
