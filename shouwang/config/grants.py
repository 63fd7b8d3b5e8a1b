"""Least rights: what each role may do with each table and function, applied after every migration.

Every app says it in its own `grants.py`: `GRANTS = {table: {role: "SELECT, INSERT"}}` and
`FUNCTIONS = {"name(argument types)": (role, …)}`. Here are those of the queue and of Django itself.
Whatever is not named is refused: a table or function without an entry stops the upgrade.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from shouwang.config.database import place
from shouwang.config.environment import ROLES, Environment

RIGHTS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
ALL = "SELECT, INSERT, UPDATE, DELETE"

GRANTS: dict[str, dict[str, str]] = {
    "django_migrations": {"web": "SELECT", "portal": "SELECT", "jobs": "SELECT", "seal": "SELECT", "read": "SELECT"},
    "procrastinate_jobs": {"jobs": ALL, "read": "SELECT"},
    "procrastinate_events": {"jobs": ALL, "read": "SELECT"},
    "procrastinate_periodic_defers": {"jobs": ALL, "read": "SELECT"},
    "procrastinate_workers": {"web": "SELECT", "portal": "SELECT", "jobs": ALL, "read": "SELECT"},
}

# Everybody may put a job into the queue, and sees nothing of it: the function acts as the owner.
DEFER = "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])"
DEFER_PERIODIC = (
    "procrastinate_defer_periodic_job_v2(varchar, varchar, varchar, varchar, integer, varchar, bigint, jsonb)"
)
AS_OWNER = (DEFER,)
FUNCTIONS: dict[str, tuple[str, ...]] = {
    DEFER: ("web", "portal", "jobs", "seal"),
    "procrastinate_defer_periodic_job_v2(varchar, varchar, varchar, varchar, integer, varchar, bigint, jsonb)": (
        "jobs",
    ),
    "procrastinate_fetch_job_v2(varchar[], bigint)": ("jobs",),
    "procrastinate_finish_job_v1(bigint, procrastinate_job_status, boolean)": ("jobs",),
    "procrastinate_cancel_job_v1(bigint, boolean, boolean)": ("jobs",),
    "procrastinate_retry_job_v1(bigint, timestamptz, integer, varchar, varchar)": (),
    "procrastinate_retry_job_v2(bigint, timestamptz, integer, varchar, varchar)": ("jobs",),
    "procrastinate_register_worker_v1()": ("jobs",),
    "procrastinate_unregister_worker_v1(bigint)": ("jobs",),
    "procrastinate_update_heartbeat_v1(bigint)": ("jobs",),
    "procrastinate_prune_stalled_workers_v1(double precision)": ("jobs",),
}


class GrantsIncomplete(Exception):
    """A table or function of the town's schema and the lists of rights do not agree."""


@dataclass
class Rights:
    tables: dict[str, Mapping[str, str]] = field(default_factory=dict)
    functions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(
        self, source: str, tables: Mapping[str, Mapping[str, str]], functions: Mapping[str, tuple[str, ...]]
    ) -> None:
        for table, by_role in tables.items():
            if table in self.tables:
                raise GrantsIncomplete(f"{source} names the table {table}, which another app has named already.")
            for role, rights in by_role.items():
                if role not in ROLES or set(_split(rights)) - RIGHTS:
                    raise GrantsIncomplete(f"{source} gives {role} “{rights}” on {table}; that is no role or no right.")
            self.tables[table] = by_role
        for function, roles in functions.items():
            if set(roles) - set(ROLES):
                raise GrantsIncomplete(f"{source} gives {function} to an unknown role.")
            self.functions[function] = tuple(roles)


def declared() -> Rights:
    """The rights named by all installed apps together."""
    rights = Rights()
    rights.add("config", GRANTS, FUNCTIONS)
    for app in apps.get_app_configs():
        name = f"{app.name}.grants"
        if app.name != "shouwang.config" and app.name.startswith("shouwang.") and find_spec(name):
            module = import_module(name)
            rights.add(name, getattr(module, "GRANTS", {}), getattr(module, "FUNCTIONS", {}))
    return rights


def apply(connection: "psycopg.Connection[Any]", environment: Environment, *, complete: bool = True) -> None:
    """Takes everything from everybody and gives back what is declared, in one transaction; as owner.

    complete  refuse where the lists and the schema disagree; else whatever is not in both is given to nobody
    """
    rights = declared()
    with connection.transaction():
        tables = _tables(connection, environment)
        functions = _functions(connection, environment)
        named = _named(connection, rights)
        if complete:
            _compare("table", tables, set(rights.tables))
            _compare("function", functions, set(named))
        _take_all(connection, environment)
        for table in tables & set(rights.tables):
            by_role = rights.tables[table]
            for role, what in by_role.items():
                _give(connection, environment, table, role, _split(what))
        for function in functions & set(named):
            for role in named[function]:
                connection.execute(
                    sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(function), _role(environment, role))
                )
        for function in AS_OWNER:
            connection.execute(
                sql.SQL("ALTER FUNCTION {} SECURITY DEFINER SET search_path = {}").format(
                    sql.SQL(function), sql.Identifier(environment.schema)
                )
            )


def _tables(connection: "psycopg.Connection[Any]", environment: Environment) -> set[str]:
    return {
        row[0]
        for row in connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition",
            [environment.schema],
        )
    }


def _functions(connection: "psycopg.Connection[Any]", environment: Environment) -> set[str]:
    """Signatures as the database writes them. Trigger functions need no right: nobody calls them."""
    return {
        row[0]
        for row in connection.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = %s::regnamespace AND prorettype <> 'trigger'::regtype",
            [environment.schema],
        )
    }


def _named(connection: "psycopg.Connection[Any]", rights: Rights) -> dict[str, tuple[str, ...]]:
    """Signature as the database writes it → roles; one the database does not know stays as it was written."""
    named = {}
    for key, roles in rights.functions.items():
        row = connection.execute("SELECT to_regprocedure(%s)::text", [key]).fetchone()
        named[(row[0] if row else None) or key] = roles
    return named


def _compare(what: str, there: set[str], named: set[str]) -> None:
    forgotten, invented = sorted(there - named), sorted(named - there)
    if forgotten:
        raise GrantsIncomplete(f"No grants.py names the {what} {', '.join(forgotten)}: say who may use it.")
    if invented:
        raise GrantsIncomplete(f"grants.py names the {what} {', '.join(invented)}, which does not exist.")


def _take_all(connection: "psycopg.Connection[Any]", environment: Environment) -> None:
    schema = sql.Identifier(environment.schema)
    roles = [_role(environment, role) for role in ROLES if role != "owner"]
    everybody = sql.SQL(", ").join([sql.SQL("PUBLIC"), *roles])
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        connection.execute(sql.SQL("REVOKE ALL ON ALL " + kind + " IN SCHEMA {} FROM {}").format(schema, everybody))


def _give(
    connection: "psycopg.Connection[Any]", environment: Environment, table: str, role: str, rights: list[str]
) -> None:
    if not rights:
        return
    to = _role(environment, role)
    what = sql.SQL(", ").join(sql.SQL(right) for right in rights)
    connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(what, sql.Identifier(table), to))
    if "INSERT" not in rights:
        return
    # Whoever inserts draws from the sequences behind the table's serial columns (identity columns need no right).
    for row in connection.execute(
        "SELECT s.oid::regclass::text FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
        " WHERE d.refobjid = %s::regclass AND d.deptype = 'a'",
        [table],
    ).fetchall():
        connection.execute(sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(sql.SQL(row[0]), to))


def _role(environment: Environment, role: str) -> sql.Identifier:
    return sql.Identifier(place.role_name(environment, role))


def _split(rights: str) -> list[str]:
    return [right.strip().upper() for right in rights.split(",") if right.strip()]
