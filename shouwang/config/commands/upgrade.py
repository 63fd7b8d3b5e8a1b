"""Bring the database to this version: roles, migrations, rights. Safe to repeat."""

import argparse

ROLE = "owner"


def run(options: argparse.Namespace) -> None:
    from shouwang.config.environment import current
    from shouwang.config.upgrading import upgrade

    upgrade(current(), say=print)
