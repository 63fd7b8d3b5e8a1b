"""Grids proposed for every community of a made town: minutes, and how evenly the households are spread.

    .venv/bin/python -m bench.grids [--residents 20000] [--seconds 4] [--estate 2500] [--json]

--estate  one more community, whose one estate has so many households in towers of 128; 0: none
"""

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from typing import Any

import shapely
from shapely.geometry import shape

from shouwang.demo.town import make_town
from shouwang.places.ground import Ground as Loaded
from shouwang.places.ground import GroundArea
from shouwang.planning.atoms import atoms_of
from shouwang.planning.ground import Flat, Ground, House, Line, kind_of_road
from shouwang.planning.neighbours import neighbours
from shouwang.planning.presets import Limits, preset_of
from shouwang.planning.proposing import Task, propose
from shouwang.solvers.partition import CannotDivide

TOWER = 128


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=4, help="of search for one alternative")
    parser.add_argument("--estate", type=int, default=2500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    town = Town(make_town(options.residents))
    asked = [(area.name, preset_of(area.code).limits, town.ground_of(area)) for area in town.communities]
    if options.estate:
        asked.append((f"estate of {options.estate}", preset_of("").limits, big_estate(options.estate)))
    loaded = time.perf_counter() - began
    rows = [row for name, limits, ground in asked for row in measure(name, limits, ground, options.seconds)]
    if options.json:
        print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    else:
        print(table(rows, options.residents, loaded, time.perf_counter() - began))
    return 0


class Town:
    """A made ground, its things found by where they lie."""

    def __init__(self, town: Loaded) -> None:
        self.town = town
        self.communities = [area for area in town.areas if area.tier == "community"]
        self.parents = {one.key: one for one in town.addresses}
        self.buildings = [one for one in town.addresses if one.kind == "building"]
        self.at = shapely.STRtree([shapely.Point(one.lon, one.lat) for one in self.buildings])
        self.drawn = [one for one in town.features if one.layer in ("building", "road") or one.kind == "river_line"]
        self.shapes = shapely.STRtree([shape(one.geometry) for one in self.drawn])
        self.grids: dict[str, list[GroundArea]] = defaultdict(list)
        for area in town.areas:
            if area.tier == "grid":
                self.grids[area.parents[0][2]].append(area)

    def ground_of(self, community: GroundArea) -> Ground:
        border = shape(community.boundary)
        flat = Flat(border.centroid.x, border.centroid.y)
        across, up = flat.scale
        ground = Ground(flat.metres(community.boundary))
        for number in self.at.query(border, predicate="contains").tolist():
            one = self.buildings[number]
            above = self.parents[one.parent]
            estate = above.key if above.kind == "estate" else ""
            at = (one.lon - flat.lon) * across, (one.lat - flat.lat) * up
            ground.houses.append(House(*at, one.households, above.name, one.name, estate))
        for number in self.shapes.query(border, predicate="intersects").tolist():
            feature = self.drawn[number]
            drawn = flat.metres(feature.geometry)
            if feature.layer == "building":
                ground.buildings.append(drawn)
            else:
                kind = "river" if feature.kind == "river_line" else kind_of_road(feature.kind)
                ground.lines.append(Line(kind, drawn))
        ground.today = {one.code: flat.metres(one.boundary) for one in self.grids[community.code]}
        return ground


def big_estate(households: int) -> Ground:
    """One estate of towers in rows, larger than a grid may be, with nothing else in its community."""
    towers = -(-households // TOWER)
    wide = round(towers**0.5) or 1
    ground = Ground(shapely.box(-30, -30, wide * 60 + 30, -(-towers // wide) * 60 + 30))
    for n in range(towers):
        x, y = n % wide * 60, n // wide * 60
        ground.buildings.append(shapely.box(x, y, x + 34, y + 14))
        homes = min(TOWER, households - n * TOWER)
        ground.houses.append(House(x + 17, y + 7, homes, "大院", f"{n + 1}幢", "estate"))
    return ground


def measure(name: str, limits: Limits, ground: Ground, seconds: float) -> list[dict[str, Any]]:
    """A line for each alternative; one with the reason where there is none."""
    began = time.perf_counter()
    atoms = atoms_of(ground, limits)
    edges, costs = neighbours(atoms, ground)
    codes = sorted(ground.today)
    today = [
        next(
            (n for n, code in enumerate(codes) if ground.today[code].contains(atom.shape.representative_point())), None
        )
        for atom in atoms
    ]
    task = Task([atom.households for atom in atoms], edges, costs, today)
    told: dict[str, Any] = {"community": name, "households": task.total, "atoms": len(atoms)}
    try:
        proposal = propose(task, limits, seconds=seconds)
    except CannotDivide as problem:
        print(f"{name}: {problem}", file=sys.stderr)
        return [told | {"kind": "none", "grids": 0, "spread": None, "relaxed": "", "seconds": 0}]
    took = round(time.perf_counter() - began, 1)
    relaxed = " ".join(proposal.relaxed.changed) if proposal.relaxed else ""
    rows = []
    for one in proposal.alternatives:
        sizes: dict[int, int] = defaultdict(int)
        for unit, where in enumerate(one.assignment):
            sizes[where] += task.households[unit]
        spread = round(max(sizes.values()) / statistics.median(sizes.values()), 2)
        rows.append(
            told | {"kind": one.kind, "grids": len(sizes), "spread": spread, "relaxed": relaxed, "seconds": took}
        )
    return rows


def table(rows: list[dict[str, Any]], residents: int, loaded: float, took: float) -> str:
    lines = ["| alternative | communities | worst spread (max/median) | middle spread |", "| --- | --- | --- | --- |"]
    for kind in ("streets", "evenly", "today", "none"):
        own = [row["spread"] for row in rows if row["kind"] == kind]
        if own and kind != "none":
            lines.append(f"| {kind} | {len(own)} | {max(own)} | {round(statistics.median(own), 2)} |")
        elif own:
            lines.append(f"| none | {len(own)} | | |")
    names = {row["community"]: row for row in rows}
    eased = sum(bool(row["relaxed"]) for row in names.values())
    return "\n".join(lines) + (
        f"\n\n{residents} residents, {len(names)} communities, {took / 60:.1f} minutes ({loaded / 60:.1f} of them to"
        f" make the town); limits gave in {eased}; {max(row['seconds'] for row in rows)} s for the slowest community."
    )


if __name__ == "__main__":
    sys.exit(main())
