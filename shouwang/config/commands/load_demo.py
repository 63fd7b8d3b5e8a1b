"""Fill an empty database with the demo town (called by `demo`)."""

import argparse

HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--on", metavar="FILE.osm.pbf")
    parser.add_argument("--cast-only", action="store_true", help="the people of the tests, and no town around them")


def run(options: argparse.Namespace) -> None:
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("shouwang.demo.loading") and not options.cast_only:
        import_module("shouwang.demo.loading").load(say=print, residents=options.residents, on=options.on)
    else:
        import_module("shouwang.demo.world").make_world()
