"""The lines of an area sheet: what each cell means, and the areas they describe. Nothing here asks the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import half_width
from shouwang.places.models.area import Layer, Scheme, Tier
from shouwang.territory.classes import NoSuchClass, read_class
from shouwang.territory.divisions import fits, usual_scheme
from shouwang.territory.tiling import readable

ABOVE: dict[Layer, dict[Tier, Tier | None]] = {
    Layer.DUTY: {Tier.BUREAU: None, Tier.STATION: Tier.BUREAU, Tier.COMMUNITY: Tier.STATION, Tier.GRID: Tier.COMMUNITY,
                 Tier.GRID_POINT: Tier.GRID},
    Layer.GOVERNMENT: {Tier.COUNTY: None, Tier.TOWNSHIP: Tier.COUNTY, Tier.COMMUNITY: Tier.TOWNSHIP,
                       Tier.GRID: Tier.COMMUNITY, Tier.GRID_POINT: Tier.GRID},
}  # fmt: skip
ORDER = (Tier.BUREAU, Tier.COUNTY, Tier.STATION, Tier.TOWNSHIP, Tier.COMMUNITY, Tier.GRID, Tier.GRID_POINT)
TIER_WORDS = {
    "公安局": Tier.BUREAU, "分局": Tier.BUREAU, "派出所": Tier.STATION, "县": Tier.COUNTY, "区": Tier.COUNTY,
    "市": Tier.COUNTY, "街道": Tier.TOWNSHIP, "镇": Tier.TOWNSHIP, "乡": Tier.TOWNSHIP, "乡镇街道": Tier.TOWNSHIP,
    "社区": Tier.COMMUNITY, "村": Tier.COMMUNITY, "网格": Tier.GRID, "网格点": Tier.GRID_POINT,
}  # fmt: skip
LAYER_WORDS = {
    "duty": (Layer.DUTY,), "公安": (Layer.DUTY,), "government": (Layer.GOVERNMENT,), "政府": (Layer.GOVERNMENT,),
    "both": (Layer.DUTY, Layer.GOVERNMENT), "两层": (Layer.DUTY, Layer.GOVERNMENT),
}  # fmt: skip
SCHEME_WORDS = {"统计": Scheme.NBS12, "网格": Scheme.GRID15, "公安": Scheme.GA15, "自编": Scheme.OWN}
MOST_HOUSEHOLDS = 100_000


@dataclass(frozen=True)
class Line:
    """One line of the sheet, as it was typed."""

    number: int
    code: str
    name: str
    tier: str
    parent: str = ""
    layer: str = ""
    scheme: str = ""
    households: str = ""
    border: str = ""
    urban_rural: str = ""


@dataclass(frozen=True)
class LineFault:
    """What keeps a line from being laid: which cell, and why."""

    number: int
    column: str
    says: Promise | str


@dataclass
class Plot:
    """One area as the sheet describes it, from one line or, in two layers, from two."""

    number: int
    scheme: Scheme
    code: str
    tier: Tier
    name: str
    parents: dict[Layer, str] = field(default_factory=dict)  # the parent's code in each layer; empty: the top
    border: dict[str, Any] | None = None
    households: int = 0
    urban_rural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.scheme.value, self.code


def read_plots(lines: Iterable[Line]) -> tuple[list[Plot], list[LineFault]]:
    """The areas of a sheet, from the top down, and every fault of its cells."""
    plots: dict[tuple[str, str], Plot] = {}
    faults: list[LineFault] = []
    for line in lines:
        plot = _plot(line, faults)
        if plot is None:
            continue
        known = plots.setdefault(plot.key, plot)
        if known is not plot:
            _join(known, plot, faults)
    return sorted(plots.values(), key=lambda one: (ORDER.index(one.tier), one.number)), faults


def read_border(text: str) -> dict[str, Any] | None:
    """A border written as GeoJSON or WKT, as GeoJSON; None where it is no closed area in degrees."""
    try:
        if text.lstrip().startswith("{"):
            told = json.loads(text)
            boundary = told.get("geometry", told)
        else:
            boundary = json.loads(shapely.to_geojson(shapely.from_wkt(text)))
    except (ValueError, TypeError, AttributeError, RecursionError, shapely.errors.GEOSException):
        return None
    return boundary if isinstance(boundary, dict) and readable(boundary) is not None else None


def _plot(line: Line, faults: list[LineFault]) -> Plot | None:
    """None where the line says too little to go on."""
    before = len(faults)

    def fault(column: str, says: Promise | str) -> None:
        faults.append(LineFault(line.number, column, says))

    tier = _tier(line.tier)
    if tier is None:
        fault("tier", _("This is no tier that a sheet can lay. See the template for the words."))
        return None
    layers = _layers(line.layer, tier)
    if not layers or any(tier not in ABOVE[layer] for layer in layers):
        fault("layer", _("This tier does not stand in that layer."))
        return None
    scheme = _scheme(line.scheme, tier)
    code = half_width(line.code).strip().upper()
    if scheme is None:
        fault("scheme", _("This is no scheme of codes. See the template for the words."))
    elif not fits(code, scheme, tier):
        fault("code", _("This code does not fit its scheme and its tier (GRD-01 to GRD-05)."))
    border = read_border(line.border) if line.border else None
    if line.border and border is None:
        fault("border", _("The border is no closed area in degrees, or crosses itself (GeoJSON or WKT, WGS-84)."))
    households = half_width(line.households or "0")
    if not households.isdecimal() or int(households) > MOST_HOUSEHOLDS:
        fault("households", _("Households are a whole number."))
    urban_rural = _urban_rural(line.urban_rural, tier, fault)
    parent = half_width(line.parent).strip().upper()
    if not parent and tier not in (Tier.BUREAU, Tier.COUNTY, Tier.STATION):
        fault("parent", _("Give the code of the area above it."))
    if len(faults) > before or scheme is None:
        return None
    return Plot(line.number, scheme, code, tier, " ".join(line.name.split()), dict.fromkeys(layers, parent), border,
                int(households), urban_rural)  # fmt: skip


def _urban_rural(text: str, tier: Tier, fault: Callable[[str, Promise | str], None]) -> str:
    word = half_width(text).strip()
    if not word:
        return ""
    if tier != Tier.COMMUNITY:
        fault("urban_rural", _("Only communities and villages have an urban–rural class."))
        return ""
    try:
        return read_class(word).value
    except NoSuchClass as problem:
        fault("urban_rural", problem.message)
        return ""


def _join(known: Plot, more: Plot, faults: list[LineFault]) -> None:
    """The second line of an area that stands in two layers."""
    if (known.tier, known.name) != (more.tier, more.name):
        faults.append(LineFault(more.number, "code", _("Another line gives this code another name or tier.")))
    elif set(known.parents) & set(more.parents):
        faults.append(LineFault(more.number, "code", _("This code stands in another line already.")))
    elif known.border and more.border and known.border != more.border:
        faults.append(LineFault(more.number, "border", _("Another line gives this area another border.")))
    else:
        known.parents |= more.parents
        known.border = known.border or more.border
        known.households = max(known.households, more.households)
        known.urban_rural = known.urban_rural or more.urban_rural


def _tier(text: str) -> Tier | None:
    word = half_width(text).strip().lower().replace(" ", "_")
    if word in ABOVE[Layer.DUTY] or word in ABOVE[Layer.GOVERNMENT]:
        return Tier(word)
    return TIER_WORDS.get(word)


def _layers(text: str, tier: Tier) -> tuple[Layer, ...]:
    """Where nothing is said: the only layer that knows this tier, or both for what lies in a community."""
    word = half_width(text).strip().lower()
    if word:
        return LAYER_WORDS.get(word, ())
    if tier == Tier.COMMUNITY:
        return ()
    return tuple(layer for layer in ABOVE if tier in ABOVE[layer])


def _scheme(text: str, tier: Tier) -> Scheme | None:
    word = half_width(text).strip()
    if not word:
        return usual_scheme(tier)
    return Scheme(word.upper()) if word.upper() in Scheme.values else SCHEME_WORDS.get(word)
