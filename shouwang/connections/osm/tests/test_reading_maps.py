"""Every extract at hand is read; a file that is none, or ends too early, changes nothing and says why."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path

import osmium
import pytest

from shouwang.connections.osm.reading import (
    MapEmpty,
    MapNotFound,
    MapTruncated,
    MapUnreadable,
    MapWithoutRoads,
    read_map,
)
from shouwang.core.actor import Actor
from shouwang.places.finding import find_places
from shouwang.places.loading import load_ground, road_graph
from shouwang.places.models import GroundLoad, MapFeature
from shouwang.solvers.roads import seconds_to

DATA = Path(os.environ.get("SHOUWANG_DATA", Path(__file__).parents[5] / "shared" / "data"))
EXTRACTS = sorted([*DATA.glob("osm_cn/*.osm.pbf"), *DATA.glob("osm_other/*.osm.pbf")])
NOON = dt.datetime(2026, 10, 15, 4, tzinfo=dt.UTC)
extract = pytest.mark.parametrize("path", EXTRACTS, ids=lambda path: path.name.split(".")[0])
needs_extracts = pytest.mark.skipif(not EXTRACTS, reason="the extracts are not on this machine")


@extract
def test_an_extract_gives_roads_buildings_and_names(path):
    ground = read_map(path)

    layers = Counter(feature.layer for feature in ground.features)
    assert layers["road"] > 100
    assert layers["building"] > 100
    assert layers["water"] > 0
    assert len(ground.stretches) > 1000
    assert any(stretch.one_way for stretch in ground.stretches)
    assert any(address.kind == "street" for address in ground.addresses)
    assert any(site.kind == "crossing" for site in ground.sites)


@extract
def test_what_reaches_beyond_the_streets_is_cut_off(path):
    ground = read_map(path)
    lons, lats = zip(*ground.nodes, strict=True)

    west, south, east, north = ground.bounds()

    assert west >= min(lons) - 0.0031
    assert south >= min(lats) - 0.0031
    assert east <= max(lons) + 0.0031
    assert north <= max(lats) + 0.0031


@extract
def test_the_same_file_is_the_same_ground(path):
    assert read_map(path).digest() == read_map(path).digest()


@extract
def test_bans_name_stretches_that_meet_at_their_node(path):
    ground = read_map(path)

    for into, node, out in ground.bans:
        assert node in (ground.stretches[into].a, ground.stretches[into].b)
        assert node in (ground.stretches[out].a, ground.stretches[out].b)


@extract
def test_an_extract_becomes_the_ground_in_use(path, as_role):
    with as_role("jobs"):
        load = load_ground(read_map(path), by=Actor.system(), at=NOON)

    graph = road_graph()
    assert MapFeature.objects.filter(load=load).count() == load.n_features
    assert graph is not None
    a, b = graph.a[0], graph.b[len(graph.b) // 2]
    there = seconds_to(graph, (graph.lon[b], graph.lat[b]), [(graph.lon[a], graph.lat[a])])
    assert there.shape == (1,)
    name = next(f.name for f in read_map(path).features if f.layer == "road" and len(f.name) > 2)
    assert any(match.full_text == name for match in find_places(name))


def test_the_street_and_its_turn_bans_are_read_as_they_are_drawn(tmp_path):
    """Four streets meet at node 1; from way 10 only straight on, and way 13 is one way against its nodes."""
    path = tmp_path / "cross.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for key, (lon, lat) in enumerate([(0.01, 0.01), (0, 0.01), (0.02, 0.01), (0.01, 0.02), (0.01, 0)], start=1):
            writer.add_node(osmium.osm.mutable.Node(id=key, location=(lon, lat)))
        ends = {10: 2, 11: 3, 12: 4, 13: 5}
        for way, end in ends.items():
            tags = {"highway": "residential", "name": f"路{way}", "maxspeed": "50"}
            if way == 13:
                tags["oneway"] = "-1"
            writer.add_way(osmium.osm.mutable.Way(id=way, nodes=[end, 1], tags=tags))
        for key, (kind, into, out) in enumerate([("only_straight_on", 10, 11), ("no_left_turn", 11, 13)], start=1):
            members = [("w", into, "from"), ("n", 1, "via"), ("w", out, "to")]
            tags = {"type": "restriction", "restriction": kind}
            writer.add_relation(osmium.osm.mutable.Relation(id=key, members=members, tags=tags))

    ground = read_map(path)

    by_way = {stretch.way: number for number, stretch in enumerate(ground.stretches)}
    node = ground.nodes.index((0.01, 0.01))
    assert set(ground.bans) == {
        (by_way[10], node, by_way[10]), (by_way[10], node, by_way[12]), (by_way[10], node, by_way[13]),
        (by_way[11], node, by_way[13]),
    }  # fmt: skip
    against = ground.stretches[by_way[13]]
    assert (against.a, against.one_way, against.speed_kmh) == (node, True, 40.0)
    assert {site.name for site in ground.sites} >= {"路10路11口"}


@needs_extracts
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused(tmp_path, share):
    whole = EXTRACTS[0].read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises((MapTruncated, MapWithoutRoads)):
        read_map(path)


def test_a_file_cut_between_two_blocks_is_refused(tmp_path):
    """Such a file ends cleanly: its ways never came."""
    path = tmp_path / "nodes.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(osmium.osm.mutable.Node(id=1, location=(111.4, 27.7)))

    with pytest.raises(MapWithoutRoads):
        read_map(path)


@pytest.mark.parametrize("content", [b"\x00" * 500, b"no map at all\n" * 50, os.urandom(3000), b"PK\x03\x04zip"])
def test_what_is_no_map_is_refused(tmp_path, content):
    path = tmp_path / "other.osm.pbf"
    path.write_bytes(content)

    with pytest.raises((MapUnreadable, MapTruncated)) as caught:
        read_map(path)
    assert "other.osm.pbf" in caught.value.message


def test_an_empty_or_absent_file_is_refused(tmp_path):
    (tmp_path / "empty.osm.pbf").touch()

    with pytest.raises(MapEmpty):
        read_map(tmp_path / "empty.osm.pbf")
    with pytest.raises(MapNotFound):
        read_map(tmp_path / "none.osm.pbf")
    with pytest.raises(MapNotFound):
        read_map(tmp_path)


def test_a_refused_file_leaves_the_ground_in_use(tmp_path, db, capsys):
    from argparse import Namespace

    from shouwang.config.commands import import_osm

    before = list(GroundLoad.objects.values_list("pk", "digest"))
    (tmp_path / "bad.osm.pbf").write_bytes(b"rubbish" * 100)

    assert import_osm.run(Namespace(file=tmp_path / "bad.osm.pbf")) == 1

    assert list(GroundLoad.objects.values_list("pk", "digest")) == before
    assert "bad.osm.pbf" in capsys.readouterr().err
