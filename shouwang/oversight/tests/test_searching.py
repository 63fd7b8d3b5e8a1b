"""The nightly look in the database: each date once, whatever number of notes, and what was explained stays away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.duty.shifts import on_shift
from shouwang.matters.intake import open_matter
from shouwang.oversight import searching
from shouwang.oversight.findings import explain, settle
from shouwang.oversight.models import Check, Finding
from shouwang.oversight.searching import look_for_findings
from shouwang.oversight.tasks import look_at_yesterday
from shouwang.tracking.models import Fix

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


@pytest.fixture
def arrivals(world: Any) -> list[Assignment]:
    """Three calls one after the other; at each the crew notes that it has arrived, a kilometre and more away."""
    began = clock.now() - 90 * SECOND
    shift = on_shift([world.qx1.pk], began)[world.qx1.pk]
    found = []
    for number in range(3):
        at = began + number * 20 * SECOND
        call = open_matter(
            kind="incident",
            by=world.fang,
            at=at,
            point=(111.42, 27.69),
            place_text="桥西路12号",
            gist="吵架",
            urgency=2,
        )
        assignment = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=at)
        for act in (dispatching.sign, dispatching.depart, dispatching.arrive):
            act(assignment=assignment, by=world.ming.afresh(), at=at + 2 * SECOND)
        Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=at + 2 * SECOND, received_at=at + 2 * SECOND, lon=111.44, lat=27.69,
            source="osmand", in_duty=world.qiaoxi.duty_path,
        )  # fmt: skip
        dispatching.clear(assignment=assignment, by=world.ming.afresh(), at=at + 3 * SECOND)
        found.append(assignment)
    return found


def days_of(assignments: list[Assignment]) -> set[dt.date]:
    rows = Assignment.objects.filter(pk__in=[one.pk for one in assignments])
    return {clock.local_date(row.arrived_at) for row in rows if row.arrived_at}


def test_every_note_of_the_date_is_looked_at_in_pieces_of_any_size(world, arrivals, as_role, monkeypatch):
    monkeypatch.setattr(searching, "PIECE", 1)
    with as_role("jobs"):
        found = sum(look_for_findings(day, by=Actor.system(), at=clock.now()) for day in days_of(arrivals))

        assert found == 3
        assert set(Finding.objects.values_list("subject", flat=True)) == {one.pk for one in arrivals}
        assert set(Finding.objects.values_list("check_name", "person")) == {(Check.FAR, world.ming.person_id)}


def test_the_same_date_again_finds_nothing_new(world, arrivals, as_role):
    with as_role("jobs"):
        days = days_of(arrivals)
        assert sum(look_for_findings(day, by=Actor.system(), at=clock.now()) for day in days) == 3
        assert sum(look_for_findings(day, by=Actor.system(), at=clock.now()) for day in days) == 0


def test_what_was_explained_and_erased_is_not_found_again_the_next_night(world, arrivals, as_role):
    last = max(days_of(arrivals))
    tonight = dt.datetime.combine(last + DAY, dt.time(4, 47), clock.SHANGHAI)
    with as_role("jobs"):
        look_at_yesterday(timestamp=int(tonight.timestamp()))
        keys = list(Finding.objects.values_list("pk", flat=True))
    assert keys
    for key in keys:
        explain(key, "late_stamp", "处置完才补点到场", by=world.ming.afresh(), at=clock.now())
        settle(key, "explained", "", by=world.zhou.afresh(), at=clock.now())
    with as_role("jobs"):
        look_at_yesterday(timestamp=int((tonight + DAY).timestamp()))

        assert not Finding.objects.exists()
