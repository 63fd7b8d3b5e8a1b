"""How far households have to the nearest police room on foot, by band and grid, and where the gaps are (S-VIS-007).

Buildings and their number of households; nobody who lives there is read.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.people.access import Verb, reaches, spans
from shouwang.places.loading import road_graph
from shouwang.places.models import Address, FoundPlace
from shouwang.places.models.address import Element
from shouwang.solvers.walking import to_nearest
from shouwang.territory.models import PoliceRoom

SERVICE_POINTS = ("police_room", "station")
BANDS_M = (300, 500, 1000, 2000)  # the last band is beyond
BAND_LABELS = tuple(f"{low}–{high}" for low, high in itertools.pairwise((0, *BANDS_M)))
GAP_M = 1000  # a quarter of an hour on foot
GAP_SHARE = 0.25
MOST = 60_000  # buildings


@dataclass(frozen=True)
class Reach:
    """One grid. `bands`: households within each of BANDS_M, and beyond; `median_m` of its households."""

    name: str
    households: int
    bands: tuple[int, ...]
    median_m: int
    far: int

    @property
    def share_far(self) -> float:
        return self.far / self.households

    @property
    def gap(self) -> bool:
        return self.share_far > GAP_SHARE


def reach_of(by: Actor, at: dt.datetime) -> tuple[list[Reach], int]:
    """Grids on the ground of `by`, the worst first, and how many police rooms are known."""
    points = _service_points(at)
    on = reaches(spans(by, Verb.FIGURES_READ, at), "area__")
    buildings = Address.objects.in_use().filter(on, element=Element.BUILDING, lon__isnull=False)
    rows = list(buildings.values_list("pk", "number", "lon", "lat", "area__name")[:MOST])
    homes = _households(buildings)
    metres = to_nearest(road_graph(), [(lon or 0.0, lat or 0.0) for _pk, _number, lon, lat, _name in rows], points)
    by_grid: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for (key, number, _lon, _lat, name), far in zip(rows, metres.tolist(), strict=True):
        by_grid[name].append((far, homes.get(key) or homes.get(number) or 1))
    if not points:
        return [], 0
    return sorted((_reach(name, told) for name, told in by_grid.items()), key=lambda one: -one.share_far), len(points)


def _service_points(at: dt.datetime) -> list[tuple[float, float]]:
    """Police rooms of the register that are open; without any, those that the map knows."""
    today = local_date(at)
    listed = PoliceRoom.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today), opened_on__lte=today)
    found = list(listed.values_list("lon", "lat"))
    return found or list(FoundPlace.objects.filter(kind__in=SERVICE_POINTS).values_list("lon", "lat"))


def _households(buildings: QuerySet[Address]) -> dict[object, int]:
    """Households of a building: what the ground says of it (by its id), else its rooms (by its number)."""
    keys = buildings.values("pk")
    said = FoundPlace.objects.filter(pk__in=keys, households__gt=0).values_list("pk", "households")
    rooms: Counter[object] = Counter()
    for path in (
        Address.objects.in_use()
        .filter(element=Element.ROOM, area__in=buildings.values("area"))
        .values_list("path", flat=True)
    ):
        rooms.update(int(part) for part in path.split("/")[:-2] if part)
    return {**rooms, **dict(said)}


def _reach(name: str, told: list[tuple[float, int]]) -> Reach:
    whole = sum(homes for _far, homes in told)
    edges = (0.0, *BANDS_M, float("inf"))
    bands = tuple(sum(homes for far, homes in told if low <= far < high) for low, high in itertools.pairwise(edges))
    passed, median = 0, 0.0
    for far, homes in sorted(told):
        passed, median = passed + homes, far
        if passed * 2 >= whole:
            break
    far_off = sum(homes for far, homes in told if far > GAP_M)
    return Reach(name, whole, bands, round(median), far_off)
