"""Making the demo town, in a database that the demo made itself and in no other.

The mark is the schema's comment: only an administrator can write it, and no table is needed for it.
"""

import shutil
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shouwang.config.database import place
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import Environment
from shouwang.config.running import Town

BEGUN, MADE = "demo: being made", "demo: made"
MADE_BESIDE = ("files", "transparency")


def make(town: Town, how: list[str] | None, *, anew: bool = False, at_work: bool = False) -> None:
    """The demo town is there when this returns. One that was only half made is made again.

    how      arguments of the command `town`; None: only the cast, without a town around it
    at_work  with a shift in the middle of its calls
    """
    mark = mark_of(town.environment)
    if mark not in (None, BEGUN, MADE):
        raise NoDatabase(
            "This database was not made by the demo and is left alone; set SHOUWANG_VAR to another folder."
        )
    if mark == MADE and not anew:
        return town.run_command("upgrade", role="owner")
    if mark is not None:
        forget(town.environment)
    town.run_command("upgrade", role="owner")
    _set_mark(town.environment, BEGUN)
    town.say("Demo town …")
    if how is not None:
        town.run_command("town", *how, role="jobs")
    town.run_command("load-demo", *(["--at-work"] if at_work else []), role="web")
    _set_mark(town.environment, MADE)


def refuse_demo(environment: Environment) -> None:
    """A real town is never run on the demo's data."""
    if mark_of(environment) in (BEGUN, MADE):
        raise NoDatabase(
            f"{environment.var} holds the demo town; set SHOUWANG_VAR to another folder for a real one, "
            "or remove it if nobody needs the demo any more."
        )


def mark_of(environment: Environment) -> str | None:
    """The schema's comment; "" where it has none, None where there is no schema yet."""
    try:
        with _administrator(environment) as connection:
            row = connection.execute(
                "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = %s",
                [environment.schema],
            ).fetchone()
    except psycopg.OperationalError as problem:
        if "does not exist" in str(problem):
            return None
        raise NoDatabase(f"The database cannot be reached: {str(problem).strip().splitlines()[-1]}") from None
    return row[0] if row else None


def forget(environment: Environment) -> None:
    """Removes a demo town: its schema, its files, its published journal."""
    with _administrator(environment) as connection:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(environment.schema)))
    for name in MADE_BESIDE:
        shutil.rmtree(Path(environment.var) / name, ignore_errors=True)


def _set_mark(environment: Environment, mark: str) -> None:
    with _administrator(environment) as connection:
        connection.execute(
            sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(environment.schema), sql.Literal(mark))
        )


def _administrator(environment: Environment) -> "psycopg.Connection[Any]":
    return psycopg.connect(**place.administrator_parameters(environment), autocommit=True)
