"""Load a map from OpenStreetMap: streets, buildings, water, names, and the road graph."""

import argparse
import sys
from pathlib import Path

ROLE = "jobs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.osm.pbf", type=Path, help="an extract; it replaces the ground in use")


def run(options: argparse.Namespace) -> int:
    from shouwang.connections.osm.reading import read_map
    from shouwang.core import clock
    from shouwang.core.actor import Actor
    from shouwang.core.problem import Problem
    from shouwang.places.loading import load_ground

    try:
        ground = read_map(options.file)
    except Problem as problem:
        print(problem.message, file=sys.stderr)
        return 1
    load = load_ground(ground, by=Actor.system(), at=clock.now())
    print(f"{load.source}: {load.n_features} features, {len(ground.stretches)} stretches of road, "
          f"{len(ground.bans)} turn bans, {len(ground.addresses) + len(ground.sites)} places.")  # fmt: skip
    return 0
