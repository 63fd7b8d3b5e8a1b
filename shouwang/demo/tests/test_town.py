"""The made town: whole, exact, and the same for the same seed."""

from collections import Counter, defaultdict

import pytest
import shapely

from shouwang.demo.town import make_town
from shouwang.demo.world_ground import PLOTS
from shouwang.solvers.roads import Road, make_graph, seconds_to


@pytest.fixture(scope="module")
def town():
    return make_town(20_000)


def shape(area):
    return shapely.geometry.shape(area.boundary)


def test_the_same_seed_makes_the_same_town_and_another_seed_another():
    assert make_town(9_000, seed=3).digest() == make_town(9_000, seed=3).digest()
    assert make_town(9_000, seed=3).digest() != make_town(9_000, seed=4).digest()


def test_grids_tile_their_community_and_communities_their_station_exactly(town):
    parents = {(area.scheme, area.code): area for area in town.areas}
    children = defaultdict(list)
    for area in town.areas:
        for layer, scheme, code in area.parents:
            if code and area.tier in ("community", "grid"):
                children[layer, scheme, code].append(shape(area))

    assert children
    for (_layer, scheme, code), parts in children.items():
        whole = shape(parents[scheme, code])
        assert shapely.union_all(parts).symmetric_difference(whole).area < 1e-14
        assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-9)


def test_every_household_has_a_house_inside_its_own_grid(town):
    grids = [area for area in town.areas if area.tier == "grid"]
    tree = shapely.STRtree([shape(area) for area in grids])
    housed = Counter()
    for address in town.addresses:
        if address.households:
            found = tree.query(shapely.Point(address.lon, address.lat), predicate="within")
            assert len(found) == 1, address.name
            housed[grids[found[0]].code] += address.households

    assert housed == {area.code: area.households for area in grids}


def test_the_world_of_the_cast_lies_in_its_middle(town):
    by_code = {area.code: area for area in town.areas}
    named = {address.name: address for address in town.addresses} | {site.name: site for site in town.sites}

    assert {plot.code: plot.name for plot in PLOTS} == {plot.code: by_code[plot.code].name for plot in PLOTS}
    for name in ("桥西路12号", "桥西里3幢", "河埠广场", "中山路学前街口", "书院街", "文庙巷", "南塘新村", "川味小馆"):
        assert name in named
    place = named["桥西路12号"]
    assert shape(by_code["431399001001004"]).contains(shapely.Point(place.lon, place.lat))
    assert any(feature.name == "青溪" for feature in town.features if feature.layer == "water")


def test_odd_numbers_stand_on_one_side_of_a_street_and_even_ones_on_the_other(town):
    along = shapely.geometry.shape(next(f.geometry for f in town.features if f.layer == "road" and f.name == "书院街"))
    sides = defaultdict(set)
    for address in town.addresses:
        if address.kind == "building" and address.name.startswith("书院街") and address.name[3:-1].isdigit():
            point = shapely.Point(address.lon, address.lat)
            foot = along.interpolate(along.project(point))
            sides[int(address.name[3:-1]) % 2].add(point.y > foot.y)

    assert sides == {1: {False}, 0: {True}} or sides == {1: {True}, 0: {False}}


def test_parents_stand_before_their_children(town):
    seen = set()
    for address in town.addresses:
        assert not address.parent or address.parent in seen
        assert address.key not in seen
        seen.add(address.key)


def test_a_crew_reaches_every_police_room_by_road(town):
    lon, lat = zip(*town.nodes, strict=True)
    graph = make_graph(lon, lat, [Road(**vars(one)) for one in town.stretches], town.bans)
    rooms = [(site.lon, site.lat) for site in town.sites if site.kind in ("police_room", "police_station")]

    times = seconds_to(graph, (111.4289777, 27.689753), rooms)

    assert len(rooms) > 5
    assert all(10 < time < 600 for time in times)


def test_every_name_of_a_place_is_given_once(town):
    names = Counter(address.name for address in town.addresses)

    assert [name for name, n in names.items() if n > 1] == []


def test_a_town_of_200_000_has_estates_of_2_500_households_and_eight_stations():
    town = make_town(200_000)

    estates = Counter()
    for address in town.addresses:
        if address.parent.startswith("estate:") and address.kind == "building":
            estates[address.parent] += address.households
    assert max(estates.values()) >= 2_500
    assert sum(area.tier == "station" for area in town.areas) >= 8
    assert sum(address.households for address in town.addresses) == pytest.approx(200_000 / 2.8, rel=0.01)
