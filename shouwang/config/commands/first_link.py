"""Print the one-time link for the three administrators, while there are none."""

import argparse

HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address")


def run(options: argparse.Namespace) -> None:
    from importlib import import_module
    from importlib.util import find_spec

    if not find_spec("shouwang.people.first_run"):
        return
    link = import_module("shouwang.people.first_run").link(options.address)
    if link:
        print(f"\nThree administrators set their own password here, once, within a day:\n{link}\n")
