"""A plan as a page shows it: alternatives side by side, one of them large, in words and as pictures."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from shouwang.places.models import Area
from shouwang.planning.figures import SHOWN_LABELS, Figures, Piece, border_of, changes_of, figures_of, graph_of
from shouwang.planning.models import Plan
from shouwang.planning.presets import COMMITTEE_LAW, Limits, limits_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

ACROSS = 640.0
Place = Callable[[float, float], tuple[float, float]]

KINDS: dict[str, Words] = {
    "streets": _("Along streets and water"),
    "evenly": _("As even as possible"),
    "today": _("As close to today as possible"),
    "hand": _("Moved by hand"),
}
FAULTS: dict[str, Words] = {
    "in_pieces": _("grid {grid} lies in several pieces"),
    "empty": _("grid {grid} is empty"),
    "too_few": _("grid {grid} has {households} households, fewer than {lower}"),
    "too_many": _("grid {grid} has {households} households, more than {upper}"),
    "number_of_grids": _("{number} grids, not {fewest} to {most}"),
}
RELAXED: dict[str, Words] = {
    "fewest": _("{now} grids are enough, not {was}"),
    "most": _("up to {now} grids, not {was}"),
    "lower": _("from {now} households a grid, not {was}"),
    "upper": _("up to {now} households a grid, not {was}"),
}


@dataclass(frozen=True)
class Row:
    """One grid of an alternative."""

    number: int
    goes_on: str  # the grid of today that it goes on from; "": a new one
    households: int
    rentals: int
    premises: int
    calls: int
    share: int  # of the largest, in hundredths: how long its bar is


@dataclass(frozen=True)
class Card:
    """One alternative. `gap`: how much cheaper its borders could be at most, in hundredths; None: not known."""

    number: int
    label: Words
    figures: Figures
    rows: list[Row]
    faults: list[Any]
    gap: int | None
    outlines: list[str]
    labels: list[tuple[float, float, int]]
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """Everything of a plan on a page."""

    cards: list[Card]
    chosen: Card | None
    atoms: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    relaxed: list[Any]
    box: tuple[float, float]
    total: int
    law: tuple[int, int] = COMMITTEE_LAW


def show(plan: Plan, chosen: int) -> Shown:
    pieces: list[Piece] = plan.ground.get("atoms", [])
    if not pieces or not plan.alternatives:
        return Shown([], None, [], [], [], (ACROSS, ACROSS), 0)
    place, box = scale_of([piece["shape"] for piece in pieces])
    graph, limits = graph_of(plan.ground), limits_from(plan.limits)
    codes = {piece["today"] for piece in pieces if piece["today"]}
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    cards = [
        _card(number, one, figures_of(pieces, graph, one["assignment"], limits), limits, names, pieces, place,
              number == chosen)
        for number, one in enumerate(plan.alternatives)
    ]  # fmt: skip
    assignment = plan.alternatives[chosen]["assignment"]
    atoms = [
        {
            "number": n, "path": path_of(shape(piece["shape"]), place), "grid": where + 1,
            "households": piece["households"], "words": "、".join(piece["labels"][:SHOWN_LABELS]),
        }
        for n, (piece, where) in enumerate(zip(pieces, assignment, strict=True))
    ]  # fmt: skip
    changes = [
        {"was": names.get(one.was, one.was), "becomes": one.becomes + 1, "households": one.households,
         "goes_on": names.get(cards[chosen].figures.grids[one.becomes].code, ""), "labels": one.labels}
        for one in changes_of(pieces, assignment)
    ]  # fmt: skip
    total = sum(piece["households"] for piece in pieces)
    return Shown(cards, cards[chosen], atoms, changes, relaxed_words(plan, limits), box, total)


def _card(
    number: int, one: dict[str, Any], figures: Figures, limits: Limits, names: dict[str, str], pieces: Sequence[Piece],
    place: Place, chosen: bool,
) -> Card:  # fmt: skip
    outlines, labels = [], []
    for grid in range(len(figures.grids)):
        own = [piece for piece, where in zip(pieces, one["assignment"], strict=True) if where == grid]
        if not own:
            continue
        ground = shape(border_of(own))
        outlines.append(path_of(ground, place))
        inside = max(getattr(ground, "geoms", [ground]), key=lambda part: part.area).representative_point()
        labels.append((*place(inside.x, inside.y), grid + 1))
    largest = max((grid.households for grid in figures.grids), default=0) or 1
    rows = [
        Row(n, names.get(grid.code, ""), grid.households, grid.rentals, grid.premises, grid.calls,
            round(100 * grid.households / largest))
        for n, grid in enumerate(figures.grids, start=1)
    ]  # fmt: skip
    gap = math.ceil(100 * (1 - one["bound"] / one["cost"])) if one["bound"] and one["cost"] else None
    faults = fault_words(figures, limits)
    return Card(number, KINDS[one["kind"]], figures, rows, faults, gap, outlines, labels, chosen)


def fault_words(figures: Figures, limits: Limits) -> list[Any]:
    found = []
    for what, number in figures.faults:
        known = number < len(figures.grids) and what != "number_of_grids"
        found.append(
            format_lazy(
                FAULTS[what], grid=number + 1, number=number, lower=limits.lower, upper=limits.upper,
                fewest=limits.fewest, most=limits.most,
                households=figures.grids[number].households if known else 0,
            )
        )  # fmt: skip
    return found


def relaxed_words(plan: Plan, limits: Limits) -> list[Any]:
    if not plan.relaxed:
        return []
    now, was = plan.relaxed["limits"], limits.as_json()
    return [format_lazy(RELAXED[name], now=now[name], was=was[name]) for name in plan.relaxed["changed"]]


def scale_of(boundaries: Sequence[dict[str, Any]]) -> tuple[Place, tuple[float, float]]:
    """From degrees to the units of a picture that holds them all, and its size."""
    shapes = [shape(one) for one in boundaries]
    west, south = min(one.bounds[0] for one in shapes), min(one.bounds[1] for one in shapes)
    east, north = max(one.bounds[2] for one in shapes), max(one.bounds[3] for one in shapes)
    across = ACROSS / max(east - west, 1e-9)
    up = across / max(math.cos(math.radians((south + north) / 2)), 0.01)
    return partial(_place, west, north, across, up), (ACROSS, round((north - south) * up, 1))


def _place(west: float, north: float, across: float, up: float, lon: float, lat: float) -> tuple[float, float]:
    return round((lon - west) * across, 1), round((north - lat) * up, 1)


def path_of(geometry: Any, place: Place) -> str:
    """SVG path of a polygon or several."""
    rings = [ring for part in getattr(geometry, "geoms", [geometry]) for ring in (part.exterior, *part.interiors)]
    return " ".join(
        "M" + " L".join(f"{x} {y}" for x, y in (place(*corner[:2]) for corner in ring.coords)) + " Z" for ring in rings
    )
