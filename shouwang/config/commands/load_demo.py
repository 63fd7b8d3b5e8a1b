"""Bring the cast into an empty database, or into the town that was made for it (called by `demo`)."""

import argparse

HIDDEN = True


def run(options: argparse.Namespace) -> None:
    from shouwang.demo.loading import load

    load()
