"""Close the account of an administrator who left or lost everything; the next start prints a link."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", choices=["system_admin", "security_admin", "audit_admin"])


def run(options: argparse.Namespace) -> None:
    from shouwang.core import clock
    from shouwang.people.first_run import free_seat

    holder = free_seat(options.role, at=clock.now())
    print(f"{holder.name}: account closed." if holder else "This seat is free already.")
