"""Make a Chinese town of any size and lay it into the database: streets, estates, door numbers, areas."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouwang.places.ground import Ground

ROLE = "jobs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--residents", type=int, default=20_000, help="how many people live there (default 20000)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another town")
    parser.add_argument("--empty", action="store_true", help="lay the ground for so many, and nobody on it")
    parser.add_argument("--on", metavar="FILE.osm.pbf", type=Path, help="a real map to lay door numbers and areas over")


def run(options: argparse.Namespace) -> int:
    from shouwang.core.actor import Actor
    from shouwang.core.clock import now
    from shouwang.core.problem import Problem
    from shouwang.demo.world_ground import SINCE
    from shouwang.places.loading import load_ground

    try:
        ground = _ground(options)
    except Problem as problem:
        print(problem.message)
        return 1
    load_ground(ground, by=Actor.system(), at=now(), since=SINCE)
    if not options.on and not options.empty:
        from shouwang.demo.town.residents import lay_residents

        print(f"{lay_residents(options.residents, options.seed, at=now())} residents")
    print(f"{len(ground.addresses)} addresses, {len(ground.areas)} areas, {len(ground.stretches)} stretches of road")
    return 0


def _ground(options: argparse.Namespace) -> "Ground":
    if options.on:
        from shouwang.connections.osm.reading import read_map
        from shouwang.demo.on_map import town_on

        return town_on(read_map(options.on))
    from shouwang.demo.town import make_town

    return make_town(options.residents, options.seed)
