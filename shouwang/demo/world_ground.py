"""The ground of the cast: one bureau, one station, two neighbouring communities, tiled by their grids.

Every shape is a rectangle whose corners were chosen by hand. Qiaoxi lies west of the meridian 111.43, Hebu east.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.types.range import TimestamptzRange

from shouwang.core.geo import bounds_of
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Scheme, Status, Tier

SINCE = dt.datetime(2019, 12, 31, 16, tzinfo=dt.UTC)  # 2020-01-01 in Shanghai
Box = tuple[float, float, float, float]  # west, south, east, north
TOWN: Box = (111.418, 27.682, 111.442, 27.698)
QIAOXI: Box = (111.418, 27.682, 111.430, 27.698)
HEBU: Box = (111.430, 27.682, 111.442, 27.698)


@dataclass(frozen=True)
class Plot:
    """One area. `above` are the keys of its parents by layer; a community hangs in two layers at once."""

    key: str
    name: str
    code: str
    scheme: Scheme
    tier: Tier
    box: Box
    duty: str = ""
    government: str = ""
    ordinal: int = 0
    households: int = 0
    urban_rural: str = ""


def _grid(key: str, name: str, code: str, box: Box, community: str, ordinal: int, households: int) -> Plot:
    return Plot(key, name, code, Scheme.GRID15, Tier.GRID, box, community, community, ordinal, households)


PLOTS = (
    Plot("bureau", "青石县公安局", "QS", Scheme.OWN, Tier.BUREAU, TOWN),
    Plot("station", "青石桥派出所", "QS-QSQ", Scheme.OWN, Tier.STATION, TOWN, duty="bureau"),
    Plot("county", "青石县", "431399000000", Scheme.NBS12, Tier.COUNTY, TOWN),
    Plot("street", "水门街道", "431399001000", Scheme.NBS12, Tier.TOWNSHIP, TOWN, government="county"),
    Plot("qiaoxi", "桥西社区", "431399001001", Scheme.NBS12, Tier.COMMUNITY, QIAOXI, "station", "street", 1, 1560,
         "main_urban"),
    Plot("hebu", "河埠社区", "431399001002", Scheme.NBS12, Tier.COMMUNITY, HEBU, "station", "street", 2, 1130,
         "main_urban"),
    _grid("qiaoxi_01", "桥西01网格", "431399001001001", (111.418, 27.690, 111.424, 27.698), "qiaoxi", 1, 380),
    _grid("qiaoxi_02", "桥西02网格", "431399001001002", (111.424, 27.690, 111.430, 27.698), "qiaoxi", 2, 410),
    _grid("qiaoxi_03", "桥西03网格", "431399001001003", (111.418, 27.682, 111.424, 27.690), "qiaoxi", 3, 360),
    _grid("qiaoxi_04", "桥西04网格", "431399001001004", (111.424, 27.682, 111.430, 27.690), "qiaoxi", 4, 410),
    _grid("hebu_01", "河埠01网格", "431399001002001", (111.430, 27.682, 111.434, 27.698), "hebu", 1, 390),
    _grid("hebu_02", "河埠02网格", "431399001002002", (111.434, 27.682, 111.438, 27.698), "hebu", 2, 350),
    _grid("hebu_03", "河埠03网格", "431399001002003", (111.438, 27.682, 111.442, 27.698), "hebu", 3, 390),
    Plot(
        "qiaoxi_04_point", "桥西里3幢", "QS-QX04-01", Scheme.OWN, Tier.GRID_POINT,
        (111.4290, 27.6830, 111.4296, 27.6834), "qiaoxi_04", "qiaoxi_04", 1, 24,
    ),
)  # fmt: skip


BOXES: dict[str, Box] = {plot.key: plot.box for plot in PLOTS}


def lay_ground(boxes: Mapping[str, Box] = BOXES) -> dict[str, Area]:
    """The areas, in force since 2020, by key. `boxes`: where each lies (on a real map they lie elsewhere)."""
    known = {area.code: area for area in Area.objects.filter(code__in=[plot.code for plot in PLOTS])}
    areas = {plot.key: known[plot.code] for plot in PLOTS if plot.code in known}  # a made town brought them along
    for number, plot in enumerate(PLOTS, start=1):
        if plot.key in areas:
            continue
        area = Area.objects.create(
            number=number, code=plot.code, scheme=plot.scheme, tier=plot.tier, name=plot.name,
            layer=Layer.DUTY if _in_duty(plot) else Layer.GOVERNMENT,
            duty_path=_path(areas, plot.duty, "duty_path", number) if _in_duty(plot) else "",
            government_path=_path(areas, plot.government, "government_path", number) if _in_government(plot) else "",
            urban_rural=plot.urban_rural,
        )  # fmt: skip
        areas[plot.key] = area
        if _in_duty(plot):
            _version(area, plot, boxes[plot.key], Layer.DUTY, areas.get(plot.duty))
        if _in_government(plot):
            _version(area, plot, boxes[plot.key], Layer.GOVERNMENT, areas.get(plot.government))
    return areas


def middle(plot_key: str) -> tuple[float, float]:
    """Lon, lat of the middle of an area of the cast."""
    west, south, east, north = next(plot.box for plot in PLOTS if plot.key == plot_key)
    return round((west + east) / 2, 6), round((south + north) / 2, 6)


def boxes_laid(areas: Mapping[str, Area]) -> dict[str, Box]:
    """Where the areas lie today, by key: on a real map elsewhere than in 青石."""
    keys = {area.pk: key for key, area in areas.items()}
    laid = AreaVersion.objects.filter(area__in=keys, status=Status.IN_FORCE).values_list("area", "boundary")
    return BOXES | {keys[area]: bounds_of(boundary) for area, boundary in laid}


def moved(point: tuple[float, float], boxes: Mapping[str, Box]) -> tuple[float, float]:
    """Where a point of 青石 lies when its areas lie in `boxes`: at the same place of the same grid."""
    lon, lat = point
    home = next(p for p in PLOTS if p.tier == Tier.GRID and p.box[0] <= lon <= p.box[2] and p.box[1] <= lat <= p.box[3])
    (west, south, east, north), (w, s, e, n) = home.box, boxes[home.key]
    return (
        round(w + (lon - west) / (east - west) * (e - w), 6),
        round(s + (lat - south) / (north - south) * (n - s), 6),
    )


def _in_duty(plot: Plot) -> bool:
    return bool(plot.duty) or plot.tier == Tier.BUREAU


def _in_government(plot: Plot) -> bool:
    return bool(plot.government) or plot.tier == Tier.COUNTY


def _path(areas: dict[str, Area], parent: str, field: str, number: int) -> str:
    above = getattr(areas[parent], field) if parent else "/"
    return f"{above}{number}/"


def boundary(box: Box) -> dict[str, Any]:
    """A box as GeoJSON."""
    west, south, east, north = box
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def _version(area: Area, plot: Plot, box: Box, layer: Layer, parent: Area | None) -> None:
    AreaVersion.objects.create(
        area=area, layer=layer, parent=parent, name=plot.name, ordinal=plot.ordinal, households=plot.households,
        boundary=boundary(box), status=Status.IN_FORCE,
        during=TimestamptzRange(SINCE, None),
    )  # fmt: skip
