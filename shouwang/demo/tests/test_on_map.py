"""The demo on a real map: the cast's areas lie over it and tile, and every door number that is made says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shouwang.connections.osm.reading import read_map
from shouwang.core.actor import Actor
from shouwang.demo.on_map import boxes_over, cast_areas, town_on
from shouwang.demo.world_ground import PLOTS, SINCE, TOWN, moved
from shouwang.matters.ground import Ground as Areas
from shouwang.places.finding import find_places
from shouwang.places.ground import Ground
from shouwang.places.loading import load_ground
from shouwang.places.models import Area, AreaVersion
from shouwang.territory.tiling import faults_of

DATA = Path(os.environ.get("SHOUWANG_DATA", Path(__file__).parents[4] / "shared" / "data"))
EXTRACTS = sorted([*DATA.glob("osm_cn/*.osm.pbf"), *DATA.glob("osm_other/*.osm.pbf")])
GUIXI = DATA / "osm_cn" / "guixi_jiangxi.osm.pbf"
extract = pytest.mark.parametrize("path", EXTRACTS, ids=lambda path: path.name.split(".")[0])


@extract
def test_made_numbers_are_marked_odd_on_one_side_even_on_the_other_and_never_twice(path):
    ground = read_map(path)

    town = town_on(ground)

    made = [one for one in town.addresses if one.made]
    texts = [one.full_text for one in town.addresses if one.kind == "building"]
    assert len(made) > 500
    assert len(texts) == len(set(texts))
    assert not any(one.made for one in ground.addresses)
    assert {one.parent for one in made} <= {one.key for one in ground.addresses if one.kind == "street"}
    assert {int(one.name) % 2 for one in made} == {0, 1}
    assert town_on(read_map(path)).digest() == town.digest()


@extract
def test_the_casts_areas_tile_each_other_on_the_map(path):
    ground = read_map(path)
    boxes = boxes_over(ground)
    areas = {one.code: one for one in cast_areas(boxes)}

    for key in ("station", "street", "qiaoxi", "hebu"):
        plot = next(one for one in PLOTS if one.key == key)
        under = [one for one in PLOTS if key in (one.duty, one.government)]
        children = {one.name: areas[one.code].boundary for one in under}
        assert faults_of(areas[plot.code].boundary, children) == []
    west, south, east, north = boxes["bureau"]
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in ground.nodes)


@pytest.mark.skipif(not GUIXI.exists(), reason="the extract is not on this machine")
def test_the_cast_lives_on_the_map_of_guixi(db, as_role, owner_sql):
    from shouwang.demo.world import make_world

    owner_sql("TRUNCATE places_area, people_person CASCADE")
    ground = town_on(read_map(GUIXI))
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=SINCE, since=SINCE)

    world = make_world()

    station = AreaVersion.objects.get(area=world.station)
    assert station.boundary["coordinates"][0][0] != [TOWN[0], TOWN[1]]
    assert Area.objects.count() == len(PLOTS)
    match = find_places(next(one.full_text for one in ground.addresses if one.made))[0]
    assert match.made
    assert Areas(SINCE).smallest_at(match.lon, match.lat).tier in ("grid", "grid_point")
    assert Areas(SINCE).smallest_at(world.booth.lon, world.booth.lat) == world.hebu_02


def test_a_point_keeps_its_place_in_its_grid():
    boxes = {plot.key: plot.box for plot in PLOTS} | {"hebu_02": (1.0, 2.0, 3.0, 6.0)}

    assert moved((111.436, 27.690), boxes) == (2.0, 4.0)


def test_an_empty_ground_has_no_bounds():
    with pytest.raises(ValueError, match="nothing"):
        boxes_over(Ground("empty"))
