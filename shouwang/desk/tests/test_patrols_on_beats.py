"""Patrols on a beat: its plates are signs of theirs; what is left out is noted; a call breaks them off."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.beats import keeping
from shouwang.beats.models import CheckIn
from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.tests.patrols import mine, order, place, plan, put, shown, slot_of, take
from shouwang.dispatch.dispatching import recall_unit, send_unit
from shouwang.duty.shifts import end_shift
from shouwang.field.patrols import patrol_for
from shouwang.journal.reactions import EntryView
from shouwang.matters.intake import Told, open_matter
from shouwang.patrols import reactions
from shouwang.patrols.models import Mark, Order, Pause
from shouwang.places.models import Area
from shouwang.planning.models import RoutePlan
from shouwang.territory.overlays import draw_areas, make_layer

RING = [[111.42, 27.68], [111.44, 27.68], [111.44, 27.70], [111.42, 27.70], [111.42, 27.68]]


@pytest.fixture
def beat(world):
    """1号巡区 with two points: 南门 and 东口."""
    at = clock.now()
    layer = make_layer(world.station, "巡区", "beat", by=world.lin, at=at)
    draw_areas(layer, [("1号巡区", {"type": "Polygon", "coordinates": [RING]})], by=world.lin, at=at)
    area = Area.objects.get(name="1号巡区")
    found = keeping.make_beat(area, by=world.lin, at=at)
    points = [keeping.NewPoint(name, "square", 111.427 + n / 1000, 27.686) for n, name in enumerate(("南门", "东口"))]
    keeping.add_points(found, points, by=world.lin, at=at)
    return found


def begun(world, desk_of, **given) -> Order:
    """桥头夜巡 with 沈知行 and 周明远 out on it, and three places unless the beat gives them."""
    shen = desk_of(world.shen)
    row = plan(shen, order(world, **given))
    for who in (world.shen, world.ming):
        assert put(shen, row, who) == 302
    if "beat" in given:
        assert shen.post(reverse("desk:patrol_beat_places", args=[row.pk])).status_code == 302
    else:
        for label in ("车棚", "桥头", "码头"):
            assert place(shen, row, label) == 302
    for name in ("brief", "start"):
        assert take(shen, row, name) == 302
    assert mine(desk_of(world.ming), slot_of(row, "周明远"), "begin") == 302
    return row


@pytest.mark.item("S-PAT-008")
def test_the_points_of_a_beat_are_taken_over_and_its_plate_is_a_sign_of_the_patrol(world, desk_of, beat):
    shen, ming = desk_of(world.shen), desk_of(world.ming)
    row = begun(world, desk_of, beat=beat.area_id)
    assert shen.post(reverse("desk:patrol_beat_places", args=[row.pk])).status_code == 409  # people were briefed
    gate = row.points.get(label="南门")
    plate = beat.points.get(name="南门").code

    assert ming.post(reverse("desk:patrol_sign"), {"code": plate}).status_code == 302

    assert Mark.objects.get(point=gate).by_sign
    visit = CheckIn.objects.get()
    assert (visit.point.name, visit.unit, visit.placed) == ("南门", world.qx1.pk, False)
    assert ming.post(reverse("desk:patrol_sign"), {"code": row.points.get(label="东口").code}).status_code == 302
    assert CheckIn.objects.count() == 2  # its own sign counts for the beat, too
    told = str(patrol_for(world.ming.afresh(), clock.now()))
    assert plate not in told
    assert gate.code not in told


@pytest.mark.item("S-PAT-001")
def test_whoever_orders_the_patrol_takes_note_of_a_place_left_out(world, desk_of):
    shen, ming = desk_of(world.shen), desk_of(world.ming)
    row = begun(world, desk_of)
    quay = row.points.get(label="码头")
    assert mine(ming, slot_of(row, "周明远"), "skip", point=quay.pk, reason="码头封路") == 302
    mark = Mark.objects.get(point=quay)
    known = reverse("desk:patrol_mark_known", args=[row.pk, mark.pk])
    assert "知悉" in shown(shen, "patrol", row.pk)
    assert ming.post(known).status_code in (403, 404)

    assert shen.post(known).status_code == 302

    mark.refresh_from_db()
    assert mark.known_by == world.shen.person_id
    assert "沈知行知悉周明远没去码头" in shown(shen, "patrol", row.pk)
    points = patrol_for(world.ming.afresh(), clock.now())["patrol"]["points"]
    assert [one["known"] for one in points if one["label"] == "码头"] == [True]
    assert shen.post(known).status_code == 409


def heard(handler, as_role, topic: str, subject, at, **particulars) -> None:
    """What the jobs do with an entry."""
    told = EntryView(
        subject, topic, topic, subject, "matter", Actor.system(), at, at, None,
        {name: str(value) for name, value in particulars.items()},
    )  # fmt: skip
    with as_role("jobs"):
        handler(told)


def call(world, at):
    told = Told(number="13800002099")
    return open_matter(kind="incident", by=world.fang, at=at, subkind="order.fight", point=(111.428, 27.688),
                       gist="打架", place_text="桥头", told=told)  # fmt: skip


@pytest.mark.item("S-PAT-009")
def test_a_call_pulls_a_crew_off_and_what_is_left_is_proposed_anew(world, desk_of, as_role):
    shen, ming = desk_of(world.shen), desk_of(world.ming)
    row, at = begun(world, desk_of), clock.now()
    shed = row.points.get(label="车棚")
    assert mine(ming, slot_of(row, "周明远"), "mark", point=shed.pk) == 302
    matter = call(world, at)
    task = send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)

    for _again in range(2):
        heard(reactions.pause_the_patrol, as_role, "assignment.sent", matter.pk, at, unit=world.qx1.pk)

    pause = Pause.objects.get()
    assert (pause.order_id, pause.matter_id, pause.ended_at) == (row.pk, matter.pk, None)
    assert f"{matter.number} 号警情" in shown(shen, "patrol", row.pk)
    assert patrol_for(world.ming.afresh(), clock.now())["patrol"]["paused"]["call"] == matter.number
    heard(reactions.go_on, as_role, "unit.recalled", world.qx1.pk, at, unit=world.qx1.pk)  # still at the call
    assert Pause.objects.filter(ended_at=None).exists()

    free = at + dt.timedelta(minutes=20)
    recall_unit(assignment=task, by=world.fang, at=free, reason="派错了")
    heard(reactions.go_on, as_role, "assignment.recalled", matter.pk, free, unit=world.qx1.pk)

    pause.refresh_from_db()
    route = RoutePlan.objects.get(pk=pause.route)
    assert [one["label"] for one in route.places] == ["桥头", "码头"]
    assert (route.order, route.start, route.starts_at) == (row.pk, [111.428, 27.688], free)
    page = shown(shen, "patrol", row.pk)
    assert reverse("desk:patrol_route", args=[route.pk]) in page
    assert "还剩 2 处没去" in page
    assert patrol_for(world.ming.afresh(), clock.now())["patrol"]["paused"] is None


def test_a_crew_that_goes_home_from_a_call_is_proposed_nothing(world, desk_of, as_role):
    begun(world, desk_of)
    at = clock.now()
    matter = call(world, at)
    send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)
    heard(reactions.pause_the_patrol, as_role, "assignment.sent", matter.pk, at, unit=world.qx1.pk)
    end_shift(unit=world.qx1, by=world.zhou, at=at + dt.timedelta(minutes=5))

    heard(reactions.go_home, as_role, "shift.ended", world.qx1.pk, at + dt.timedelta(minutes=5))

    assert Pause.objects.get().ended_at
    assert not RoutePlan.objects.exists()


def test_a_phone_asks_as_much_for_twenty_places_as_for_two(world, desk_of):
    row = begun(world, desk_of)
    with CaptureQueriesContext(connection) as few:
        patrol_for(world.ming.afresh(), clock.now())
    Order.objects.get(pk=row.pk).points.model.objects.bulk_create(
        row.points.model(order=row, place=10 + n, label=f"第{n}处", place_text="桥西路", lon=111.43, lat=27.68,
                         code=f"AAAAAA{n:02}") for n in range(20)
    )  # fmt: skip

    with CaptureQueriesContext(connection) as many:
        patrol_for(world.ming.afresh(), clock.now())

    assert len(many) <= len(few)
