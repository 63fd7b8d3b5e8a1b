"""Reading FILE.osm.pbf: one pass over its objects, each told to the collectors that may want it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
from django.utils.translation import gettext_lazy as _

from shouwang.connections.osm.drawn import Drawn
from shouwang.connections.osm.edges import cut_off
from shouwang.connections.osm.named import Named
from shouwang.connections.osm.streets import Streets
from shouwang.core.problem import Problem
from shouwang.places.ground import Ground


class MapNotFound(Problem):
    code, status = "osm.not_found", 404
    says = _("There is no file {path}. Give the path of a file that ends in .osm.pbf.")


class MapEmpty(Problem):
    code, status = "osm.empty", 422
    says = _("{path} is empty. Download it again.")


class MapUnreadable(Problem):
    code, status = "osm.unreadable", 422
    says = _("{path} is no OpenStreetMap file: {why}. Give a file that ends in .osm.pbf.")


class MapTruncated(Problem):
    code, status = "osm.truncated", 422
    says = _("{path} ends in the middle: {why}. It was not copied to its end; copy or download it again.")


class MapWithoutRoads(Problem):
    code, status = "osm.without_roads", 422
    says = _("{path} holds no road that can be driven. Give an extract with streets.")


def read_map(path: Path) -> Ground:
    """Everything of the file that this town can use.

    Raises  MapNotFound, MapEmpty, MapUnreadable, MapTruncated, MapWithoutRoads
    """
    if not path.is_file():
        raise MapNotFound(path=path)
    if not path.stat().st_size:
        raise MapEmpty(path=path)
    streets, drawn, named = Streets(), Drawn(), Named()
    for one in _objects(path):
        if one.is_area():
            drawn.see_area(one)
            named.see_area(one)
        elif one.is_node():
            drawn.see_node(one)
            named.see_node(one)
        elif one.is_way():
            streets.see_way(one)
            drawn.see_way(one)
        else:
            streets.see_relation(one)
    if not streets.drivable:
        raise MapWithoutRoads(path=path)
    ground = Ground(source=path.name)
    streets.add_to(ground)
    drawn.add_to(ground)
    named.add_to(ground, streets)
    return cut_off(ground)


def _objects(path: Path) -> Iterator[Any]:
    """The file's nodes with tags, ways, relations and areas.

    Why  a file cut off between two blocks ends cleanly; its ways then point to nodes that never came.
    """
    try:
        yield from osmium.FileProcessor(str(path)).with_areas()
    except (RuntimeError, ValueError) as problem:
        why = str(problem).removeprefix("PBF error: ").removeprefix("XML parsing error ")
        kind = MapTruncated if "EOF" in why or "truncated" in why.lower() else MapUnreadable
        raise kind(path=path, why=why) from None
