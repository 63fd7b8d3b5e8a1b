"""Divide a graph into connected districts of bounded load with the fewest cut edges; JSON out, no database."""

import argparse
from pathlib import Path

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--graph", type=Path, required=True, metavar="FILE.json.gz",
                        help="population (of each unit), edges (pairs), and costs if they differ")  # fmt: skip
    parser.add_argument("--districts", type=int, required=True, metavar="K")
    parser.add_argument("--lower", type=int, required=True, metavar="L", help="the least population of a district")
    parser.add_argument("--upper", type=int, required=True, metavar="U", help="and the greatest")
    parser.add_argument("--seconds", type=float, default=90,
                        help="of work to look for, in at most four times that by the clock (90)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="where chance begins; the same finds the same (1)")


def run(options: argparse.Namespace) -> int:
    import json
    import sys

    from shouwang.solvers.partition import Bounds, CannotDivide, divide
    from shouwang.solvers.partition_files import read_graph

    try:
        graph = read_graph(options.graph)
        bounds = Bounds(options.districts, options.lower, options.upper)
        found = divide(graph, bounds, seconds=options.seconds, seed=options.seed,
                       tell=lambda line: print(line, file=sys.stderr, flush=True))  # fmt: skip
    except CannotDivide as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps({"assignment": found.assignment, "cut_edges": found.cost, "bound": found.bound,
                      "seconds": found.seconds}))  # fmt: skip
    return 0
