"""The slow layers of the map: own ground, reach of free crews with its holes, the ways of those that were sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely
from django.test import Client

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.together import Together
from shouwang.desk import ground
from shouwang.dispatch import dispatching
from shouwang.duty import shifts
from shouwang.matters.intake import open_matter
from shouwang.people.screens import give_screen
from shouwang.places.ground import Ground, GroundStretch
from shouwang.places.loading import load_ground
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading

WEST, EAST, LAT, STEP = 111.419, 111.445, 27.690, 0.00125
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "_reached", Together())


@pytest.fixture
def street(world: Any, as_role: Any) -> None:
    """One long lane from west to east through both communities."""
    nodes = [(WEST + n * STEP, LAT) for n in range(round((EAST - WEST) / STEP) + 1)]
    stretches = [GroundStretch(n, n + 1, "living_street") for n in range(len(nodes) - 1)]
    ground = Ground(source="drawn by hand", features=[], addresses=[], sites=[], nodes=nodes, stretches=stretches)
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=clock.now())


def reports(unit: Any, lon: float) -> None:
    receive_from_crew(unit, Reading(lon, LAT, None), source="osmand", at=clock.now())


def test_the_own_border_is_marked_and_the_grids_are_named(world, desk):
    found = desk("fang").get("/desk/ground.json").json()

    mine = [one for one in found["grids"]["features"] if one["properties"].get("mine")]
    assert [one["properties"]["name"] for one in mine] == ["青石桥派出所"]
    names = {one["properties"]["name"] for one in found["grids"]["features"]} - {"青石桥派出所"}
    assert "桥西04网格" in names
    assert found["rings"]["features"] == []  # no roads were loaded


def test_rings_reach_as_far_as_a_free_crew_drives_and_a_hole_says_where_nobody_comes(world, desk, street):
    reports(world.qx1, WEST + STEP)
    shifts.end_shift(unit=world.hb1, by=world.guan, at=clock.now())

    rings = desk("fang").get("/desk/ground.json").json()["rings"]["features"]

    minutes = {one["properties"]["minutes"]: shapely.geometry.shape(one["geometry"]) for one in rings
               if "minutes" in one["properties"]}  # fmt: skip
    assert list(minutes) == [5, 3, 1]  # the widest below
    assert minutes[5].contains(minutes[3].centroid)
    assert minutes[5].area > minutes[3].area > minutes[1].area
    holes = [one for one in rings if one["properties"].get("hole")]
    assert [one["properties"]["words"] for one in holes] == ["5 分钟内没人能到"]
    assert holes[0]["properties"]["at"][0] > minutes[5].bounds[2]


def test_a_crew_that_is_out_reaches_nothing_and_its_way_is_drawn(world, desk, street):
    reports(world.qx1, WEST + STEP)
    shifts.end_shift(unit=world.hb1, by=world.guan, at=clock.now())
    client, by, at = desk("fang"), world.fang, clock.now()
    call = open_matter(kind="incident", by=by, at=at, point=(WEST + 4 * STEP, LAT), subkind="order.fight")
    assert client.get("/desk/routes.json").json()["route"]["features"] == []

    task = dispatching.send_unit(matter=call, unit=world.qx1, by=by, at=at)

    way = client.get("/desk/routes.json").json()["route"]["features"][0]
    assert way["properties"] == {"unit": str(world.qx1.pk), "matter": str(call.pk), "proposed": True}
    line = way["geometry"]["coordinates"]
    assert line[0] == pytest.approx([WEST + STEP, LAT], abs=1e-4)
    assert line[-1] == pytest.approx([WEST + 4 * STEP, LAT], abs=1e-4)
    rings = client.get("/desk/ground.json").json()["rings"]["features"]
    assert not [one for one in rings if "minutes" in one["properties"]]
    dispatching.sign(assignment=task, by=world.ming, at=clock.now())
    assert not client.get("/desk/routes.json").json()["route"]["features"][0]["properties"]["proposed"]
    dispatching.arrive(assignment=task, by=world.ming, at=clock.now())
    assert client.get("/desk/routes.json").json()["route"]["features"] == []


def test_ways_to_calls_that_one_may_not_see_are_not_drawn(world, desk, street):
    reports(world.qx1, WEST + STEP)
    at = clock.now()
    call = open_matter(kind="incident", by=world.fang, at=at, point=(WEST + 2 * STEP, LAT), subkind="order.fight")
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=at)

    assert len(desk("shen").get("/desk/routes.json").json()["route"]["features"]) == 1
    assert desk("zhao").get("/desk/routes.json").json()["route"]["features"] == []


def test_while_nobody_knows_where_the_free_crews_are_no_hole_is_claimed(world, desk, street):
    assert desk("fang").get("/desk/ground.json").json()["rings"]["features"] == []


def test_while_nobody_is_on_duty_the_whole_ground_is_a_hole(world, desk, street):
    for unit in (world.qx1, world.hb1):
        shifts.end_shift(unit=unit, by=world.zhou, at=clock.now())
    rings = desk("fang").get("/desk/ground.json").json()["rings"]["features"]

    assert [one["properties"].get("hole") for one in rings] == [True]


def test_a_wall_screen_sees_its_ground_and_how_much_of_it_is_reached(world, street):
    reports(world.qx1, WEST + STEP)
    wall = Client()
    wall.cookies["sw_screen"] = give_screen(world.station, by=world.zhou, at=clock.now())[1]

    assert wall.get("/desk/ground.json").json()["grids"]["features"]
    assert wall.get("/desk/wall/map.json").json()["units"]["features"]
    assert wall.get("/desk/routes.json").status_code == 403
    page = wall.get("/desk/wall/").content.decode()
    assert "空闲警组此刻能到的街道" in page


def test_a_board_asks_for_ways_only_for_whom_they_open(desk):
    assert "data-routes" in desk("fang").get("/desk/").content.decode()
    assert "data-routes" not in desk("an").get("/desk/").content.decode()
