"""Vector tiles of our own ground: cut when first asked for, kept on disk by version. No persons, public ground only."""

from __future__ import annotations

import hashlib
import math
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import mapbox_vector_tile
from django.conf import settings
from django.db import connection

from shouwang.places.drawing import EXTENT, Box, Drawn, borders, drawn
from shouwang.places.models import AreaVersion, GroundLoad
from shouwang.places.models.area import Status

LOWEST, HIGHEST = 8, 16  # closer in, the map enlarges the tiles of 16
MARGIN = 64 / EXTENT  # what reaches over a tile's edge is drawn on both sides
LAYERS_FROM = {"water": 8, "road": 8, "green": 12, "estate": 13, "place": 12, "building": 15, "number": 16}

_WITHIN = """
SELECT layer, kind, name, geometry::text FROM places_mapfeature
WHERE load_id = %s AND layer = ANY(%s)
  AND box(point(west, south), point(east, north)) && box(point(%s, %s), point(%s, %s))
ORDER BY id
"""


def newest_load() -> GroundLoad | None:
    """The ground in use, without its road graph."""
    return GroundLoad.objects.defer("roads").order_by("-loaded_at").first()


def version() -> str:
    """Changes when another ground is loaded or an area comes into force; "" before there is any ground."""
    load = newest_load()
    areas = AreaVersion.objects.filter(status=Status.IN_FORCE).order_by("-id").values_list("id", flat=True)
    newest, n = areas.first(), areas.count()
    return hashlib.sha256(f"{load.pk} {newest} {n}".encode()).hexdigest()[:12] if load else ""


def tile(z: int, x: int, y: int) -> bytes:
    """One tile (Mapbox Vector Tile 2.1); empty where there is no ground."""
    if not (LOWEST <= z <= HIGHEST and 0 <= x < 2**z and 0 <= y < 2**z):
        return b""
    load = newest_load()
    box = _box(z, x, y)
    if load is None or not _touches(box, (load.west, load.south, load.east, load.north)):
        return b""
    kept = _folder(version()) / str(z) / str(x) / f"{y}.mvt"
    with suppress(FileNotFoundError):
        return kept.read_bytes()
    cut = _cut(load, z, box)
    _keep(kept, cut)
    return cut


def _cut(load: GroundLoad, z: int, box: Box) -> bytes:
    west, south, east, north = box
    reach_x, reach_y = (east - west) * MARGIN, (north - south) * MARGIN
    layers = [layer for layer, lowest in LAYERS_FROM.items() if z >= lowest]
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, [load.pk, layers, west - reach_x, south - reach_y, east + reach_x, north + reach_y])
        rows = [Drawn(*row) for row in cursor.fetchall()]
    told = drawn(rows, z, box) | borders(_areas(), z, box)
    content = [{"name": name, "features": features} for name, features in told.items() if features]
    options = {"y_coord_down": True, "extents": EXTENT}
    return bytes(mapbox_vector_tile.encode(content, default_options=options)) if content else b""


def _areas() -> list[AreaVersion]:
    return list(AreaVersion.objects.filter(status=Status.IN_FORCE).select_related("area"))


def _box(z: int, x: int, y: int) -> Box:
    """West, south, east, north of a tile, degrees.   Source  Web Mercator (EPSG:3857) tile scheme"""
    n = 2.0**z

    def latitude(row: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / n))))

    return x / n * 360 - 180, latitude(y + 1), (x + 1) / n * 360 - 180, latitude(y)


def _touches(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _folder(named: str) -> Path:
    """The tiles of one version; those of earlier versions are thrown away when it begins."""
    tiles = Path(settings.FILES) / "tiles"
    folder = tiles / named
    if not folder.is_dir():
        for old in tiles.glob("*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(path: Path, content: bytes) -> None:
    """A tile can be cut again at any time: a full disk only makes the map slower."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{uuid4().hex}")
        draft.write_bytes(content)
        draft.replace(path)
