"""Bring the cast into an empty database, or into the town that was made for it (called by `demo`)."""

import argparse

HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at-work", action="store_true", help="with a shift in the middle of its calls")


def run(options: argparse.Namespace) -> None:
    from shouwang.demo.loading import load

    load(at_work=options.at_work)
