"""What the map draws over the ground: matters that stand on it, units that lie on it. GeoJSON, lon/lat WGS-84."""

from __future__ import annotations

from typing import Any

from shouwang.desk.board import Row
from shouwang.desk.units import UnitLine


def matters_layer(rows: list[Row]) -> dict[str, Any]:
    return _collection(
        _point(*row.point, id=str(row.pk), number=row.number, kind=row.kind, place=row.place, status=row.shape,
               since=row.since.isoformat())
        for row in rows
        if row.point is not None
    )  # fmt: skip


def units_layer(lines: list[UnitLine]) -> dict[str, Any]:
    found = []
    for line in lines:
        if line.place is None:
            continue
        fix = line.fix
        found.append(
            _point(*line.place, id=str(line.unit.pk), name=line.unit.name, status=line.status,
                   at=fix.at.isoformat() if fix else None, interval_s=line.interval_s, fixed=fix is None,
                   heading_deg=fix.heading_deg if fix else None)
        )  # fmt: skip
    return _collection(found)


def _collection(features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _point(lon: float | None, lat: float | None, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": properties["id"], "geometry": geometry, "properties": properties}
