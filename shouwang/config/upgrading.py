"""Bringing a town's database to the version of the code; safe to repeat, and from two places at once."""

import time
from collections.abc import Callable

import psycopg
from django.core.management import call_command
from django.db import OperationalError, connection

from shouwang.config import grants
from shouwang.config.database import place, roles
from shouwang.config.environment import Environment

TRIES = 5


def upgrade(environment: Environment, *, say: Callable[[str], None], complete: bool = True) -> None:
    """Roles and schema, then migrations and rights; by a process whose own role is owner.

    complete  refuse a table or function for which nobody has said who may use it"""
    roles.prepare(environment)
    with psycopg.connect(**place.role_parameters(environment, "owner"), autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"upgrade {environment.schema}"])
        say("Migrations …")
        _migrate()
        say("Rights …")
        grants.apply(owner, environment, complete=complete)
    connection.close()


def _migrate() -> None:
    """A migration that meets a lock held by day gives up after 2 s and is tried again."""
    for attempt in range(TRIES):
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("check", tags=["database"], databases=["default"], verbosity=0)
            return
        except OperationalError as problem:
            if "lock timeout" not in str(problem) or attempt == TRIES - 1:
                raise
            time.sleep(2**attempt)
