"""Django's own commands, such as makemigrations."""

import argparse

HIDDEN = True
TAKES_ANYTHING = True
DATABASE = False


def run(options: argparse.Namespace) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bin/shouwang manage", *options.rest])
