"""A drawing as a GeoJSON file: today's borders to take away, new ones to bring back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer
from shouwang.territory.drawing import Piece

MOST_PIECES = 500
MOST_HOUSEHOLDS = 100_000


class DrawingUnreadable(Problem):
    code, status = "territory.drawing_unreadable", 422
    says = _("This file is no drawing: it must be a GeoJSON FeatureCollection of at most {most} areas.")


class PieceUnclear(Problem):
    code, status = "territory.piece_unclear", 422
    says = _("Area {number} of the file: {what} is missing or unknown.")


def read_drawing(raw: bytes) -> dict[Area, list[Piece]]:
    """Pieces by parent. Each feature says `parent` (a code), and `code`, `title`, `households` where it has them.
    Another title than the area has today is its new name.

    Raises  DrawingUnreadable, PieceUnclear
    """
    try:
        features = json.loads(raw.decode())["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DrawingUnreadable(field="file", most=MOST_PIECES) from None
    if not isinstance(features, list) or not 0 < len(features) <= MOST_PIECES:
        raise DrawingUnreadable(field="file", most=MOST_PIECES)
    pieces: dict[Area, list[Piece]] = {}
    for number, feature in enumerate(features, start=1):
        told = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(told, dict) or not isinstance(feature.get("geometry"), dict):
            raise PieceUnclear(field="file", number=number, what="geometry")
        parent = _area(told, "parent", number)
        if parent is None:
            raise PieceUnclear(field="file", number=number, what="parent")
        title = str(told.get("title") or "")
        piece = Piece(feature["geometry"], _area(told, "code", number), _households(told, number), title)
        pieces.setdefault(parent, []).append(piece)
    return pieces


def write_drawing(parent: Area, at: dt.datetime) -> dict[str, Any]:
    """The children of an area as they are at that instant, in the form that `read_drawing` takes."""
    rows = AreaVersion.objects.in_force_at(at).filter(parent=parent, layer__in=[Layer.DUTY, Layer.GOVERNMENT])
    children = {one.area_id: one for one in rows.select_related("area").order_by("ordinal")}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "geometry": one.boundary,
                "properties": {
                    "parent": parent.code, "code": one.area.code, "title": one.name, "households": one.households,
                },
            }
            for one in children.values()
        ],
    }  # fmt: skip


def _area(told: dict[str, Any], key: str, number: int) -> Area | None:
    """The area with that code; None where no code stands. A code of two schemes needs `scheme` beside it (GRD-08)."""
    code = told.get(key)
    if code in (None, ""):
        return None
    rows = Area.objects.filter(code=str(code)[:24])
    if told.get(f"{key}_scheme"):
        rows = rows.filter(scheme=str(told[f"{key}_scheme"])[:8])
    found = list(rows[:2])
    if len(found) != 1:
        raise PieceUnclear(field="file", number=number, what=key)
    return found[0]


def _households(told: dict[str, Any], number: int) -> int:
    households = told.get("households", 0)
    if isinstance(households, bool) or not isinstance(households, int) or not 0 <= households <= MOST_HOUSEHOLDS:
        raise PieceUnclear(field="file", number=number, what="households")
    return households
