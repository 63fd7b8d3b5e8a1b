"""Bring the database to this version: roles, migrations, rights. Safe to repeat."""

import argparse
import sys

ROLE = "owner"


def run(options: argparse.Namespace) -> int:
    from shouwang.config.environment import current
    from shouwang.config.grants import GrantsIncomplete
    from shouwang.config.upgrading import upgrade
    from shouwang.journal.signing import signer

    signer()  # its key is made now: the process that signs may not make files beside the other keys
    try:
        upgrade(current(), say=print)
    except GrantsIncomplete as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
