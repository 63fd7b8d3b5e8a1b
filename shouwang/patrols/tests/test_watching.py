"""A crew on patrol: its points and the zones open now are noticed in its positions, and between two of them."""

import datetime as dt

import pytest

from shouwang.beats.models import NightZone
from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.journal.models import Entry
from shouwang.patrols.models import Leg, Order, Point, Slot, State
from shouwang.patrols.watching import forget_patrols
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.pipeline.notice import forget_states
from shouwang.tracking.reading import Reading

LAT, WEST = 27.6905, 111.4200
STEP = 0.001  # 98 m


@pytest.fixture
def patrol(world):  # type: ignore[no-untyped-def]
    """桥西1组 on patrol past a point at step 5; a zone from step 10 to 12, open at this hour."""
    now = clock.now()
    row = Order.objects.create(
        name="夜巡", ground=world.qiaoxi, duty_path=world.qiaoxi.duty_path, on=clock.local_date(now),
        starts_at=now, ends_at=now + dt.timedelta(hours=4), lead=world.shen.person, channel="350M",
        state=State.ON_DUTY, began_at=now,
    )  # fmt: skip
    leg = Leg.objects.create(order=row, place=1, starts_at=row.starts_at, ends_at=row.ends_at)
    Slot.objects.create(leg=leg, party="police", person=world.ming.person, until=row.ends_at, on_at=now, heads=True,
                        unit=world.qx1)  # fmt: skip
    point = Point.objects.create(order=row, place=1, label="桥头", place_text="桥头", lon=WEST + 5 * STEP, lat=LAT,
                                 code="QT000001")  # fmt: skip
    here = now.astimezone(SHANGHAI)
    hours = {"begins": (here - dt.timedelta(hours=2)).time(), "ends": (here + dt.timedelta(hours=2)).time()}
    edge = [WEST + 10 * STEP, WEST + 12 * STEP]
    ring = [[edge[0], LAT - STEP], [edge[1], LAT - STEP], [edge[1], LAT + STEP], [edge[0], LAT + STEP],
            [edge[0], LAT - STEP]]  # fmt: skip
    zone = NightZone.objects.create(
        name="河畔夜市", ground=world.qiaoxi, duty_path=world.qiaoxi.duty_path, made_at=now,
        boundary={"type": "Polygon", "coordinates": [ring]}, **hours,
    )  # fmt: skip
    forget_patrols()
    forget_states()
    yield {"point": str(point.pk), "zone": str(zone.pk)}
    forget_patrols()


def drive(unit, *steps):  # type: ignore[no-untyped-def]
    """What is noticed of a way along these steps, a minute each."""
    began = clock.now() - dt.timedelta(minutes=len(steps))
    for number, step in enumerate(steps):
        at = began + dt.timedelta(minutes=number)
        receive_from_crew(unit, Reading(WEST + step * STEP, LAT, at), source="pwa", at=at)
    found = Entry.objects.filter(topic="track.noticed", subject=unit.pk).select_related("particulars").order_by("at")
    return [(one.particulars.values["what"], one.particulars.values["key"]) for one in found]


def test_a_point_is_reached_and_a_zone_entered_and_left(patrol, world):
    told = drive(world.qx1, 0, 4, 5, 8, 11, 14)

    assert [one for one in told if one[0] in ("point", "zone_entered", "zone_left")] == [
        ("point", patrol["point"]), ("zone_entered", patrol["zone"]), ("zone_left", patrol["zone"]),
    ]  # fmt: skip


def test_both_are_noticed_between_two_positions(patrol, world):
    told = drive(world.qx1, 2, 8, 14)
    assert ("point", patrol["point"]) in told
    assert ("fence_crossed", patrol["zone"]) in told


def test_nothing_is_looked_for_of_a_crew_that_is_on_no_patrol(patrol, world):
    assert [what for what, _key in drive(world.hb1, 2, 5, 11, 14) if what in ("point", "zone_entered")] == []
