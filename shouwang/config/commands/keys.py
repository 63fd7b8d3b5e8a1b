"""Print what one process is given when it runs on its own: its password and its keys, for a file that only it reads."""

import argparse

ROLE = None
NAMES = ("web", "portal", "jobs", "seal", "front")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("process", choices=NAMES, help="whose")


def run(options: argparse.Namespace) -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    from shouwang.config.environment import current
    from shouwang.config.handing import secrets_for

    for variable, value in secrets_for(current(), options.process).items():
        print(f"{variable}={value}")
