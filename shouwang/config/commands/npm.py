"""npm, with the Node of the wheel: none is needed on the machine."""

import argparse

ROLE = None
HIDDEN = True
TAKES_ANYTHING = True


def run(options: argparse.Namespace) -> int:
    from shouwang.config import vendoring

    return vendoring.npm(*options.rest)
