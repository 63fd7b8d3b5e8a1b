"""The town's schema and its six roles; safe to repeat.

owner   owns every table and runs migrations; no process of the application connects as it
web     staff pages and API            portal  public pages: published rows, its own inbox, matters opened by a grant
jobs    the queue's worker             seal    numbers and signs the journal's leaves
read    figures and exports by people who look after the machine

Why in pg_catalog  an extension exists once in a database, towns many times; there it is found from every schema.
"""

from typing import Any

import psycopg
from psycopg import sql

from shouwang.config.database import place
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import ROLES, Environment

EXTENSIONS = ("btree_gist", "pg_trgm")
LIMITS = {
    "owner": {"lock_timeout": "2s"},
    "web": {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"},
    "portal": {"statement_timeout": "5s", "lock_timeout": "2s", "idle_in_transaction_session_timeout": "15s"},
    "jobs": {"lock_timeout": "10s", "idle_in_transaction_session_timeout": "10min"},
    "seal": {"lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"},
    "read": {"statement_timeout": "60s", "default_transaction_read_only": "on"},
}


def prepare(environment: Environment) -> None:
    """Makes the database (embedded server), its extensions, the schema and the roles, or brings them up to date."""
    dbname = place.parameters(environment)["dbname"]
    if not environment.database_url:
        make_database(environment, dbname)
    with psycopg.connect(**place.administrator_parameters(environment), autocommit=True) as connection:
        _refuse_unfit(connection)
        _make_extensions(connection)
        for role in ROLES:
            _make_role(connection, environment, role)
        admit(connection, environment, dbname)
        _make_schema(connection, environment)


def make_database(environment: Environment, dbname: str) -> None:
    at_home = place.administrator_parameters(environment) | {"dbname": "postgres"}
    with psycopg.connect(**at_home, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(dbname)))


def admit(connection: "psycopg.Connection[Any]", environment: Environment, dbname: str) -> None:
    """Lets the town's roles, and nobody else, into a database. (A copied database does not keep this.)"""
    database = sql.Identifier(dbname)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, _all_roles(environment)))


def _make_extensions(connection: "psycopg.Connection[Any]") -> None:
    for extension in EXTENSIONS:
        there = connection.execute(
            "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = %s", [extension]
        ).fetchone()
        if there and there[0] != "pg_catalog":
            raise NoDatabase(f"Let an administrator say: ALTER EXTENSION {extension} SET SCHEMA pg_catalog")
        if there:
            continue
        try:
            connection.execute(f"CREATE EXTENSION {extension} SCHEMA pg_catalog")
        except psycopg.errors.InsufficientPrivilege:
            raise NoDatabase(f"Let an administrator say: CREATE EXTENSION {extension} SCHEMA pg_catalog") from None


def _make_role(connection: "psycopg.Connection[Any]", environment: Environment, role: str) -> None:
    name = place.role_name(environment, role)
    password = place.role_password(environment, role)
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    verb = "ALTER" if _is_there(connection, name) else "CREATE"  # a new role can do nothing unless it is said
    connection.execute(
        sql.SQL(verb + " ROLE {} LOGIN NOINHERIT PASSWORD {}").format(sql.Identifier(name), sql.Literal(verifier))
    )
    for setting, value in {"search_path": environment.schema, **LIMITS[role]}.items():
        connection.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _is_there(connection: "psycopg.Connection[Any]", name: str) -> bool:
    """Whether the role exists. Raises NoDatabase for one that somebody has made mighty."""
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole OR rolcreatedb"
        " FROM pg_roles WHERE rolname = %s",
        [name],
    ).fetchone()
    if row and row[0]:
        raise NoDatabase(f"The role {name} has been made mighty (superuser, roles, row security); take it back.")
    return row is not None


def _make_schema(connection: "psycopg.Connection[Any]", environment: Environment) -> None:
    schema = sql.Identifier(environment.schema)
    owner = sql.Identifier(place.role_name(environment, "owner"))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [environment.schema]).fetchone():
        connection.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(schema, owner))
    connection.execute(sql.SQL("REVOKE ALL ON SCHEMA {} FROM PUBLIC").format(schema))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, _all_roles(environment)))
    connection.execute(
        sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON FUNCTIONS FROM PUBLIC").format(owner)
    )


def _all_roles(environment: Environment) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(place.role_name(environment, role)) for role in ROLES)


def _refuse_unfit(connection: "psycopg.Connection[Any]") -> None:
    row = connection.execute(
        "SELECT datctype, pg_encoding_to_char(encoding), current_setting('server_version_num')::int / 10000"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row
    if row[0] in ("C", "POSIX") or row[1] != "UTF8":
        raise NoDatabase(
            f"The database has the locale {row[0]} and the encoding {row[1]}; Chinese text is only found in one made "
            "with a UTF-8 locale, such as C.UTF-8."
        )
    if row[2] < 15:
        raise NoDatabase(f"The server is PostgreSQL {row[2]}; at least 15 is needed.")
