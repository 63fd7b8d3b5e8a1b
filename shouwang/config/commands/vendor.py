"""Copy the front-end files that pages may load out of node_modules."""

import argparse

ROLE = None
HIDDEN = True


def run(options: argparse.Namespace) -> None:
    from shouwang.config import vendoring

    print(f"{vendoring.copy()} files")
