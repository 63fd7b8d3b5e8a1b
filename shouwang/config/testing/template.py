"""Builds the tests' template, step by step: `schema` as owner, `world` (the cast of the demo town) as web."""

import datetime as dt
import sys
from importlib import import_module
from importlib.util import find_spec

import django
import psycopg
from psycopg import sql

from shouwang.config.database import place
from shouwang.config.environment import ROLES, Environment, current
from shouwang.core import clock


def build_schema(environment: Environment) -> None:
    from shouwang.config.upgrading import upgrade

    upgrade(environment, say=print, complete=False)
    make_tests_role(environment)


def make_tests_role(environment: Environment) -> None:
    """A login that may step into each role and is nothing by itself: so one transaction can be seen by several."""
    name = place.role_name(environment, "tests")
    password = place.role_password(environment, "tests")
    with psycopg.connect(**place.administrator_parameters(environment), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} NOINHERIT LOGIN").format(sql.Identifier(name)))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))
        for role in ROLES:
            connection.execute(
                sql.SQL("GRANT {} TO {}").format(
                    sql.Identifier(place.role_name(environment, role)), sql.Identifier(name)
                )
            )


def build_world() -> None:
    """Written by the same functions and with the same rights as in the application."""
    if find_spec("shouwang.demo.world"):
        import_module("shouwang.demo.world").make_world()


if __name__ == "__main__":
    django.setup()
    clock.ahead = dt.timedelta(days=current().test_days_ahead)
    if sys.argv[1] == "schema":
        build_schema(current())
    else:
        build_world()
