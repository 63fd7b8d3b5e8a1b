"""The queue: what stands in it for whom, under which head, and that more rows cost no more questions."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.desk.board import Filters, rows_for, sections
from shouwang.desk.layers import matters_layer, units_layer
from shouwang.desk.panel import panel_of
from shouwang.desk.units import units_for
from shouwang.dispatch.dispatching import arrive, depart, send_unit, sign
from shouwang.matters.intake import open_matter

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


def call(world, n=0, **more):
    given = {"subkind": "order.fight", "words": f"第{n}起", "point": (111.427 + n * 1e-4, 27.686)} | more
    return open_matter(kind="incident", by=world.fang, at=NOON, channel="phone", **given)


def heads(world, at=NOON):
    return {section.status: len(section.rows) for section in sections(rows_for(world.fang, at, Filters()))}


def test_a_call_moves_from_head_to_head_as_its_crew_works(world):
    matter = call(world)
    before = heads(world)

    task = send_unit(matter=matter, unit=world.qx1, by=world.fang, at=NOON)
    sent = heads(world)
    sign(assignment=task, by=world.ming, at=NOON + dt.timedelta(seconds=20))
    depart(assignment=task, by=world.ming, at=NOON + dt.timedelta(seconds=40))
    way = heads(world)
    arrive(assignment=task, by=world.ming, at=NOON + dt.timedelta(minutes=4))

    assert before == {"new": 1, "sign": 0}
    assert sent["sign"] == 1
    assert way["way"] == 1
    assert heads(world)["scene"] == 1


def test_an_unsigned_task_is_over_time_after_a_minute(world):
    send_unit(matter=call(world), unit=world.qx1, by=world.fang, at=NOON)

    (row,) = rows_for(world.fang, NOON + dt.timedelta(seconds=61), Filters(show="over"))

    assert (row.shape, row.units) == ("over", ("桥西1组",))


@pytest.mark.parametrize("who", ["zhao", "stranger", "xi"])
def test_others_do_not_see_qiaoxis_calls(world, who):
    call(world)

    assert rows_for(getattr(world, who), NOON, Filters()) == []


def test_twenty_rows_cost_no_more_questions_than_two(world):
    for n in range(2):
        call(world, n)
    with CaptureQueriesContext(
        connection,
    ) as few:
        matters_layer(rows_for(world.fang.afresh(), NOON, Filters()))
        units_layer(units_for(world.fang.afresh(), NOON))
    for n in range(2, 20):
        call(world, n)

    with CaptureQueriesContext(connection) as many:
        assert len(rows_for(world.fang.afresh(), NOON, Filters())) == 20
        units_layer(units_for(world.fang.afresh(), NOON))

    assert len(many) <= len(few) + 1


def test_the_panel_shows_the_likely_twin_and_the_stamps(world):
    first = call(world)
    second = call(world, 1)

    panel = panel_of(second, world.fang, NOON + dt.timedelta(minutes=1))

    assert [twin.matter.pk for twin in panel.twins] == [first.pk]
    assert panel.stamps[0].at is not None
    assert panel.kind == "打架"


def test_the_queue_holds_calls_and_what_is_late_and_the_rest_when_its_type_is_chosen(world):
    open_matter(
        kind="hazard", by=world.shen, at=NOON, area=world.qiaoxi_04, point=(111.427, 27.686), urgency=3,
        subkind="fire.wiring", channel="own_find", gist="电线老化", place_text="桥西路12号",
    )  # fmt: skip

    late = NOON + dt.timedelta(days=60)
    assert rows_for(world.fang, NOON, Filters()) == []
    assert [row.says for row in rows_for(world.fang, NOON, Filters(kind="hazard"))] == ["电线老化"]
    assert [(row.says, row.status, row.over) for row in rows_for(world.fang, late, Filters())] == [
        ("电线老化", "wait", True)  # late, and nobody is to be sent
    ]
