"""Boards of stations: figures by part of the ground, equal to the lists they lead to; whose they are; what they ask."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.desk.board import Filters, rows_for
from shouwang.desk.boards import board_of
from shouwang.dispatch import dispatching
from shouwang.dispatch.rapid import rapids_below, set_rapid
from shouwang.dispatch.tests.ground import laid, place
from shouwang.matters.intake import open_matter
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Status
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading


def call(world, point, subkind="order.fight"):  # type: ignore[no-untyped-def]
    return open_matter(kind="incident", by=world.fang, at=clock.now(), subkind=subkind, point=point, gist="打架")


@pytest.fixture
def board(world):  # type: ignore[no-untyped-def]
    """Two calls in 桥西 and one in 河埠; 桥西1组 is sent to the first."""
    first = call(world, (111.4215, 27.6905))
    call(world, (111.4217, 27.6907), "help.lost_item")
    call(world, (111.4370, 27.6905))
    dispatching.send_unit(matter=first, unit=world.qx1, by=world.fang, at=clock.now())
    return lambda by, name="station": board_of(world.areas[name], by, clock.now())


@pytest.mark.item("S-CMD-016", "S-CMD-002")
def test_each_part_of_the_ground_has_the_figures_of_the_lists_it_leads_to(world, board):
    found = board(world.fang)
    assert found.whole.busy == 1
    receive_from_crew(world.qx1, Reading(111.4215, 27.6905, None), source="osmand", at=clock.now())
    found = board(world.fang)

    parts = {line.area.name: line for line in found.parts}
    assert (parts["桥西社区"].open, parts["桥西社区"].unsent, parts["桥西社区"].busy) == (2, 1, 1)
    assert (parts["河埠社区"].open, parts["河埠社区"].busy) == (1, 0)
    assert found.whole.open == 3
    for line in (found.whole, *found.parts):
        assert line.open == len(rows_for(world.fang, clock.now(), Filters(area=line.area.duty_path)))
        assert line.over == len(rows_for(world.fang, clock.now(), Filters(show="over", area=line.area.duty_path)))


@pytest.mark.item("S-CMD-017")
def test_the_level_above_sees_its_stations_and_goes_down_to_the_board_of_one(world, board, desk):
    page = desk("cheng").get("/desk/boards/", follow=True).content.decode()

    assert "青石县公安局看板" in page
    assert f"/desk/boards/{world.areas['station'].code}/" in page
    below = desk("cheng").get(f"/desk/boards/{world.areas['station'].code}/").content.decode()
    assert "桥西社区" in below
    assert "上一级：青石县公安局" in below
    assert "上一级" not in desk("fang").get(f"/desk/boards/{world.areas['station'].code}/").content.decode()


def test_each_call_is_in_time_by_what_its_own_ground_was_promised(world, board, as_role):
    set_rapid(world.areas["station"], "level", {"1": 60, "2": 60, "3": 60, "4": 60}, by=world.lin, at=clock.now())
    set_rapid(world.areas["qiaoxi"], "level", {"1": 1, "2": 1, "3": 1, "4": 1}, by=world.lin, at=clock.now())
    promised = rapids_below(world.areas["bureau"].duty_path, clock.now())

    assert promised(world.areas["qiaoxi_03"].duty_path).minutes["1"] == 1
    assert promised(world.areas["hebu"].duty_path).minutes["1"] == 60
    assert promised(world.areas["bureau"].duty_path).area is None


def test_a_board_above_ones_own_ground_does_not_exist(world, board, desk):
    assert desk("fang").get(f"/desk/boards/{world.areas['bureau'].code}/").status_code == 404
    assert desk("fang").get("/desk/boards/nowhere/").status_code == 404
    assert desk("fang").get("/desk/boards/").headers["Location"].endswith(f"{world.areas['station'].code}/")


def test_homes_in_reach_are_those_of_each_part(world, board, as_role):
    assert board(world.fang).whole.homes.percent == "—"
    laid(as_role, clock.now())
    receive_from_crew(world.hb1, Reading(*place(10), None), source="osmand", at=clock.now())
    whole = board(world.fang).whole.homes
    assert 0 < whole.n <= whole.of


def test_twenty_parts_cost_as_many_questions_as_two(world, board):
    def asked() -> int:
        by = world.fang.afresh()
        with CaptureQueriesContext(connection) as said:
            board(by)
        return len(said)

    asked()
    before, station = asked(), world.areas["station"]
    mine = AreaVersion.objects.filter(area=world.areas["qiaoxi"], layer="duty").first()
    for number in range(18):
        path = f"{station.duty_path}9{number:04}/"
        told = {"code": f"QS-X{number}", "number": 90_000 + number, "name": f"新{number}社区", "duty_path": path}
        area = Area.objects.create(scheme="own", tier="community", **told)
        AreaVersion.objects.create(
            area=area, layer="duty", parent=station, name=area.name, ordinal=number + 50, boundary=mine.boundary,
            status=Status.IN_FORCE, during=TimestamptzRange(clock.now() - dt.timedelta(hours=1), None),
        )  # fmt: skip
    assert len(board(world.fang).parts) >= 20
    assert asked() == before


def test_lists_are_narrowed_to_the_part_a_figure_stands_for(world, board, desk):
    qiaoxi = world.areas["qiaoxi"].duty_path
    page = desk("fang").get(f"/desk/crews/?area={qiaoxi}").content.decode()
    assert "只看桥西社区" in page
    assert "河埠1组" not in page
    assert "河埠1组" in desk("fang").get("/desk/crews/?area=nowhere").content.decode()
    assert "只看桥西社区" in desk("fang").get(f"/desk/directives/?area={qiaoxi}").content.decode()
