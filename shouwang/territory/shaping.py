"""Acts on a drawing before it is a draft: draw, move, add and take away corners, split by a line, merge, name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import shapely
from django.utils.translation import gettext_lazy as _
from shapely.geometry import mapping
from shapely.ops import split as split_by

from shouwang.core.problem import Problem
from shouwang.territory.corners import Cell, Corner, Plane, corners_of, plane_of, polygons_from, rounded, sides_of, tied
from shouwang.territory.tiling import readable

REACH_M = 6.0  # a corner dropped this near to another corner or side is meant to lie on it
OVERSHOOT = 0.05  # so much longer than drawn, a line that ends just short of the border still cuts through
PICKED_M = 30.0  # a new corner goes to a side at most this far away
LEAST_DEGREES2 = 1e-10  # about a square metre
Cells = list[Cell]


class CrossesItself(Problem):
    code, status = "territory.crosses_itself", 422
    says = _("With this corner there the border of {area} would cross its own line. Move it less far.")


class NoSuchCorner(Problem):
    code, status = "territory.no_such_corner", 422
    says = _("There is no corner or border at this place.")


class LineCutsNothing(Problem):
    code, status = "territory.line_cuts_nothing", 422
    says = _("This line does not cut {area} in two. Begin and end it outside of it.")


class NoAreaDrawn(Problem):
    code, status = "territory.no_area_drawn", 422
    says = _("This line encloses no area of this ground. Draw three corners or more, without crossing your own line.")


class NotBeside(Problem):
    code, status = "territory.not_beside", 422
    says = _("{area} and {other} do not share a border; together they would lie in pieces.")


class NoSuchCell(Problem):
    code, status = "territory.no_such_cell", 422
    says = _("Choose an area of this drawing first.")


def move_corner(cells: Cells, was: Corner, to: Corner, within: Sequence[Cell] = ()) -> Cells:
    """The corner elsewhere, for every area that has it; onto a corner or side that is near, also of what it lies in.

    Raises  NoSuchCorner, CrossesItself
    """
    was = _corner_at(cells, was)
    goal = _drawn_to(cells, was, rounded(to), within)
    moved = [cell.reshaped(lambda ring: (goal if one == was else one for one in ring)) for cell in cells]
    return _sound(tied(moved, within), cells)


def add_corner(cells: Cells, near: Corner) -> tuple[Cells, Corner]:
    """A new corner on the side nearest to `near`, in every area that has this side. Raises NoSuchCorner"""
    plane = plane_of(cells)
    sides = [side for cell in cells for ring in cell.rings for side in sides_of(ring)]
    found = min((plane.nearest(a, b, near) for a, b in sides), default=None)
    if found is None or found[0] > PICKED_M or found[1] in corners_of(cells):
        raise NoSuchCorner
    corner = found[1]
    return [_with_corner(cell, plane, corner) for cell in cells], corner


def remove_corner(cells: Cells, was: Corner) -> Cells:
    """Without this corner, in every area that has it. Raises NoSuchCorner, CrossesItself"""
    was = _corner_at(cells, was)
    left = [cell.reshaped(lambda ring: (one for one in ring if one != was)) for cell in cells]
    return _sound(left, cells)


def split(cells: Cells, number: int, line: Sequence[Corner]) -> Cells:
    """The area cut by the line: its larger part goes on, the others are new. Raises NoSuchCell, LineCutsNothing"""
    cell = _cell(cells, number)
    if len(line) < 2:
        raise LineCutsNothing(area=cell.title)
    parts = [part for part in split_by(cell.shape, _longer(line)).geoms if not part.is_empty]
    if len(parts) < 2:
        raise LineCutsNothing(area=cell.title)
    parts.sort(key=lambda part: -float(part.area))
    whole = sum(part.area for part in parts)
    made = [Cell(polygons_from(mapping(part)), households=round(cell.households * part.area / whole)) for part in parts]
    made[0] = replace(made[0], code=cell.code, title=cell.title)
    return _sound(tied([*cells[:number], made[0], *cells[number + 1 :], *made[1:]]), cells)


def draw(cells: Cells, ring: Sequence[Corner], within: Sequence[Cell] = ()) -> Cells:
    """A new area as it is drawn, cut out of those it lies on; what lies outside of `within` is left off.

    Raises  NoAreaDrawn, CrossesItself
    """
    outline = shapely.Polygon(ring) if len(ring) > 2 else shapely.Polygon()
    if outline.is_empty or not outline.is_valid:
        raise NoAreaDrawn
    for cell in within:
        outline = shapely.intersection(outline, cell.shape)
    if outline.geom_type != "Polygon" or outline.is_empty:
        raise NoAreaDrawn
    left = []
    for cell in cells:
        rest = shapely.difference(cell.shape, outline)
        parts = [part for part in shapely.get_parts(rest) if part.geom_type == "Polygon" and part.area > LEAST_DEGREES2]
        if parts:
            ground = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
            left.append(replace(cell, polygons=polygons_from(mapping(ground))))
    return _sound(tied([*left, Cell(polygons_from(mapping(outline)))], within), cells)


def merge(cells: Cells, number: int, other: int) -> Cells:
    """Both areas as one, which goes on as the first. Raises NoSuchCell, NotBeside"""
    one, two = _cell(cells, number), _cell(cells, other)
    if number == other:
        raise NoSuchCell
    whole = shapely.union_all([one.shape, two.shape])
    if whole.geom_type != "Polygon" and one.shape.geom_type == two.shape.geom_type == "Polygon":
        raise NotBeside(area=one.title or "+", other=two.title or "+")
    households = one.households + two.households
    merged = replace(one, polygons=polygons_from(mapping(whole)), households=households)
    return [merged if n == number else cell for n, cell in enumerate(cells) if n != other]


def name(cells: Cells, number: int, title: str) -> Cells:
    """Raises NoSuchCell. Whether the name can be had is said when the draft is laid down."""
    named = replace(_cell(cells, number), title=" ".join(title.split())[:80])
    return [named if n == number else cell for n, cell in enumerate(cells)]


def _cell(cells: Cells, number: int) -> Cell:
    if not 0 <= number < len(cells):
        raise NoSuchCell
    return cells[number]


def _corner_at(cells: Cells, near: Corner) -> Corner:
    plane = plane_of(cells)
    found = min(corners_of(cells), key=lambda one: plane.apart(one, near), default=None)
    if found is None or plane.apart(found, near) > 1.0:
        raise NoSuchCorner
    return found


def _drawn_to(cells: Cells, was: Corner, to: Corner, within: Sequence[Cell]) -> Corner:
    """Where a corner dropped at `to` is meant to lie."""
    plane = plane_of(cells)
    every = [*within, *cells]
    near = [(plane.apart(one, to), one) for one in corners_of(every) if one != was]
    if near and min(near)[0] <= REACH_M:
        return min(near)[1]
    sides = [side for cell in every for ring in cell.rings for side in sides_of(ring) if was not in side]
    on_sides = min((plane.nearest(a, b, to) for a, b in sides), default=None)
    return on_sides[1] if on_sides and on_sides[0] <= REACH_M else to


def _with_corner(cell: Cell, plane: Plane, corner: Corner) -> Cell:
    def turned(ring: tuple[Corner, ...]) -> list[Corner]:
        found: list[Corner] = []
        for a, b in sides_of(ring):
            found.append(a)
            if plane.nearest(a, b, corner)[0] < 0.1:
                found.append(corner)
        return found

    return cell.reshaped(turned)


def _longer(line: Sequence[Corner]) -> Any:
    """The line, a little longer at both ends."""
    (ax, ay), (bx, by) = line[0], line[1]
    (cx, cy), (dx, dy) = line[-2], line[-1]
    first = ax + (ax - bx) * OVERSHOOT, ay + (ay - by) * OVERSHOOT
    last = dx + (dx - cx) * OVERSHOOT, dy + (dy - cy) * OVERSHOOT
    return shapely.LineString([first, *line[1:-1], last])


def _sound(after: Cells, before: Cells) -> Cells:
    """`after`, if no area was lost in it and none has a border that crosses itself, but those that had one before."""
    broken = {cell.title for cell in before if readable(cell.boundary) is None}
    for cell in after:
        if cell.title not in broken and (not cell.polygons or readable(cell.boundary) is None):
            raise CrossesItself(area=cell.title or "+")
    return after
