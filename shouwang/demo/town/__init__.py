"""A made Chinese town of any size, the same for the same seed: streets, estates, villages, door numbers, areas, sites.

Its middle is the cast's world: 青石县, 青石桥派出所, 桥西社区 and 河埠社区. No real place, no real person.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from shouwang.demo.names import Names
from shouwang.demo.town.blocks import KNOWN, fill
from shouwang.demo.town.building import COUNTY, Builder
from shouwang.demo.town.divisions import divide, geojson, station_name
from shouwang.demo.town.plan import Plan, ground, make_plan, on_ground
from shouwang.demo.town.streets import (
    ALONG_X,
    ALONG_Y,
    MID_EAST,
    MID_WEST,
    Network,
    Street,
    crossings,
    draw_streets,
    draw_ways_out,
    lay_streets,
)
from shouwang.demo.town.villages import settle, woods_of
from shouwang.places.ground import Ground, GroundFeature, GroundSite

MOST_CROSSINGS = 20_000
KNOWN_NAMES = {*ALONG_X.values(), *ALONG_Y.values(), MID_WEST, MID_EAST, *(name for _, name in KNOWN.values() if name)}
COMMUNITIES = ("文昌", "莲池", "书院", "水门", "东门", "南塘")


def make_town(residents: int = 20_000, seed: int = 1) -> Ground:
    """A town for so many residents."""
    names = Names(random.Random(f"{seed}:names"), KNOWN_NAMES | {"桥西", "河埠", "青石", *COMMUNITIES})
    plan = make_plan(residents, seed, _district_names(names))
    town = Ground(source=f"town:{residents}:{seed}")
    town.areas += divide(plan)
    network = Network(plan)
    builder = Builder(plan, town, network, names)
    builder.begin()
    town.features += _waters(plan)
    streets = lay_streets(plan, names)
    builder.streets(streets)
    edges = {edge: street for street in streets for edge in street.edges}
    blocks = []
    used: dict[str, int] = {}
    groups: set[int] = set()
    for one in plan.districts.values():
        station = "" if one.group in groups else station_name(one.group)
        groups.add(one.group)
        if one.kind == "village":
            for hamlet in settle(plan, one, names):
                builder.hamlet(one, hamlet)
            builder.police(one, [], station)
            continue
        filled = fill(plan, one, edges, names, used)
        for block in filled:
            builder.block(block, one)
        builder.police(one, filled, station)
        blocks += filled
    builder.door_numbers(blocks, edges)
    draw_streets(network, streets, town)
    draw_ways_out(network, streets, town)
    builder.draw_lanes()
    network.write(town)
    town.sites += _crossings(plan, streets)
    town.sites += _booths(plan)
    return town


def _district_names(names: Names) -> Iterator[tuple[str, str]]:
    """(community, village) for each further district."""
    for root in COMMUNITIES:
        yield f"{root}社区", names.take("村")
    while True:
        yield names.take("社区"), names.take("村")


def _waters(plan: Plan) -> list[GroundFeature]:
    river = on_ground(plan.river.simplify(0.5))
    line = [[*ground(x, y)] for x, y in plan.course]
    woods = [GroundFeature("green", "wood", geojson(on_ground(shape))) for shape in woods_of(plan)]
    return [
        *woods,
        GroundFeature("water", "river", geojson(river), "青溪"),
        GroundFeature("water", "river_line", {"type": "LineString", "coordinates": line}, "青溪"),
    ]


def _crossings(plan: Plan, streets: list[Street]) -> list[GroundSite]:
    found = []
    for one, other, (x, y) in crossings(plan, streets):
        lon, lat = ground(x, y)
        found.append(GroundSite("crossing", f"{one}{other}口", lon, lat, (f"{other}{one}口", f"{one}{other}路口")))
        if len(found) == MOST_CROSSINGS:
            break
    return found


def _booths(plan: Plan) -> list[GroundSite]:
    """东门岗亭, where the cast's unit stands, and one for every third community."""
    lon, lat = ground(600, 215)
    booths = [GroundSite("booth", "东门岗亭", lon, lat)]
    for one in list(plan.districts.values())[2::3]:
        x, y = plan.xs[plan.first_line(one.at[0])], plan.y(one.at[1] * 8 + 4)
        lon, lat = ground(x + 18, y + 16)
        booths.append(GroundSite("booth", f"{one.name.removesuffix('社区').removesuffix('村')}岗亭", lon, lat))
    return booths


__all__ = ["COUNTY", "make_town"]
