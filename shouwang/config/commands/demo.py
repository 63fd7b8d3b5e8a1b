"""Run the demo town 青石: its streets, its people as one button each, a day's work."""

import argparse

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--residents", type=int, default=20_000, help="size of the made town (20000)")
    parser.add_argument("--on", metavar="FILE.osm.pbf", help="a real map to lay the town on; its door numbers are made")
    parser.add_argument("--cast-only", action="store_true", help="the people and their areas, no town around them")
    parser.add_argument("--calm", action="store_true", help="no calls yet and no crews that drive about")
    parser.add_argument("--tls", action="store_true", help="serve over HTTPS, to phones of the same network too")
    parser.add_argument("--anew", action="store_true", help="forget the demo town that is here and make another one")


def run(options: argparse.Namespace) -> int:
    import os

    os.environ["SHOUWANG_DEMO"] = "1"
    from shouwang.config import demonstrating
    from shouwang.config.running import town_here

    town = town_here(tls=options.tls)
    try:
        town.prepare()
        how = ["--residents", str(options.residents), *(["--on", options.on] if options.on else [])]
        at_work = not (options.calm or options.cast_only)
        demonstrating.make(town, None if options.cast_only else how, anew=options.anew, at_work=at_work)
        town.moves_crews = at_work
        return town.serve()
    finally:
        town.close()
