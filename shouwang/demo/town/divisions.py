"""Areas of a made town: communities tiled by grids, stations by communities, all along the street lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import shapely

from shouwang.demo.names import STATIONS
from shouwang.demo.town.plan import District, Key, Plan, ground
from shouwang.places.ground import GroundArea

COUNTY = "431399"
BUREAU = ("duty", "OWN", "QS")
VILLAGES_FROM = 200  # third segment of a code (GRD-03)
COUNTY_CODE = f"{COUNTY}000000"


def divide(plan: Plan) -> list[GroundArea]:
    """Parents first: bureau and county, stations and townships, communities, grids."""
    shapes = {one.at: _shape(plan, plan.cells(one)) for one in plan.districts.values()}
    whole = shapely.union_all(list(shapes.values()))
    areas = [
        _area(("OWN", "QS", "bureau", "青石县公安局"), whole, (("duty", "", ""),)),
        _area(("NBS12", COUNTY_CODE, "county", "青石县"), whole, (("government", "", ""),)),
    ]
    groups = sorted({one.group for one in plan.districts.values()})
    for group in groups:
        members = [one for one in plan.districts.values() if one.group == group]
        shape = shapely.union_all([shapes[one.at] for one in members])
        areas.append(_area(("OWN", station_code(group), "station", f"{station_name(group)}派出所"), shape, (BUREAU,)))
        county = (("government", "NBS12", COUNTY_CODE),)
        areas.append(_area(("NBS12", township_code(group), "township", township_name(group)), shape, county))
    for one in plan.districts.values():
        areas += _community(plan, one, shapes[one.at])
    return areas


def station_code(group: int) -> str:
    return "QS-QSQ" if group == 0 else f"QS-P{group + 1:02d}"


def station_name(group: int) -> str:
    return "青石桥" if group == 0 else _numbered(STATIONS, group - 1)


def township_name(group: int) -> str:
    return "水门街道" if group == 0 else f"{_numbered(STATIONS, group - 1)}街道"


def township_code(group: int) -> str:
    return f"{COUNTY}{group + 1:03d}000"


def community_code(one: District) -> str:
    return f"{township_code(one.group)[:9]}{one.serial:03d}"


def _numbered(names: tuple[str, ...], n: int) -> str:
    ordinal = "" if n < len(names) else f"{n // len(names) + 1}"
    return names[n % len(names)] + ordinal


def _community(plan: Plan, one: District, shape: shapely.Geometry) -> list[GroundArea]:
    code = community_code(one)
    parents = (("duty", "OWN", station_code(one.group)), ("government", "NBS12", township_code(one.group)))
    tier = "community"
    community = _area(("NBS12", code, tier, one.name), shape, parents, ordinal=one.serial, households=one.households)
    areas = [replace(community, urban_rural="village" if one.serial >= VILLAGES_FROM else "main_urban")]
    inside = tuple((layer, "NBS12", code) for layer in ("duty", "government"))
    short = one.name.removesuffix("社区").removesuffix("村")
    for n, households in enumerate(one.grids):
        cells = [cell for cell in plan.cells(one) if plan.grid_of(one, *cell) == n]
        named = ("GRID15", f"{code}{n + 1:03d}", "grid", f"{short}{n + 1:02d}网格")
        areas.append(_area(named, _shape(plan, cells), inside, ordinal=n + 1, households=households))
    return areas


def grid_point(name: str, boundary: dict[str, Any], households: int) -> GroundArea:
    """The one grid point of the cast: 桥西里3幢 in 桥西04."""
    grid = "431399001001004"
    parents = (("duty", "GRID15", grid), ("government", "GRID15", grid))
    return GroundArea("OWN", "QS-QX04-01", "grid_point", name, boundary, parents, 1, households)


def _shape(plan: Plan, cells: Iterable[Key]) -> shapely.Geometry:
    """Cells as one shape; neighbours share their corner points exactly."""
    return shapely.union_all([_cell(plan, *cell) for cell in cells])


def _cell(plan: Plan, i: int, j: int) -> shapely.Polygon:
    west, south, east, north = plan.rectangle(i, j)
    return shapely.Polygon([ground(x, y) for x, y in ((west, south), (east, south), (east, north), (west, north))])


def _area(
    named: tuple[str, str, str, str], shape: shapely.Geometry, parents: tuple[tuple[str, str, str], ...],
    ordinal: int = 0, households: int = 0,
) -> GroundArea:  # fmt: skip
    scheme, code, tier, name = named
    return GroundArea(scheme, code, tier, name, geojson(shape), parents, ordinal, households)


def geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """GeoJSON with lists, as it comes back from the database."""
    told = shapely.geometry.mapping(shape)  # type: ignore[arg-type]
    return {"type": told["type"], "coordinates": _lists(told["coordinates"])}


def _lists(part: Any) -> Any:
    return [_lists(one) for one in part] if isinstance(part, tuple | list) else part
