"""The lists of rights and the database agree; two towns live side by side and know nothing of each other."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import ProgrammingError, connection
from psycopg import sql

from shouwang.config import grants
from shouwang.config.database import place
from shouwang.config.environment import ROLES, ROOT, Environment

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


@pytest.fixture
def owner(database, environment):
    with psycopg.connect(**place.role_parameters(environment, "owner"), autocommit=True) as made:
        yield made


@pytest.mark.committed
def test_every_table_and_function_says_who_may_use_it(db, owner, environment):
    grants.apply(owner, environment, complete=True)


@pytest.mark.committed
def test_a_table_that_nobody_listed_stops_the_upgrade_and_is_named(db, owner, environment):
    owner.execute("CREATE TABLE forgotten (n int)")

    with pytest.raises(grants.GrantsIncomplete, match="names the table forgotten"):
        grants.apply(owner, environment)


@pytest.mark.committed
def test_a_function_that_nobody_listed_stops_the_upgrade_and_is_named(db, owner, environment):
    owner.execute("CREATE FUNCTION peep(n int) RETURNS int LANGUAGE sql AS 'SELECT n'")

    with pytest.raises(grants.GrantsIncomplete, match=r"names the function peep\(integer\)"):
        grants.apply(owner, environment)


@pytest.mark.committed
def test_a_right_given_by_hand_is_taken_away_by_the_next_upgrade(db, owner, environment):
    owner.execute("GRANT SELECT ON procrastinate_jobs TO testtown_portal")

    grants.apply(owner, environment, complete=False)

    assert not owner.execute(
        "SELECT has_table_privilege('testtown_portal', 'procrastinate_jobs', 'SELECT')"
    ).fetchone()[0]


def test_no_role_has_more_than_was_listed(db):
    declared = grants.declared().tables
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, r.role, p.right FROM pg_class"
            ' CROSS JOIN unnest(%s::text[]) AS r(role) CROSS JOIN unnest(%s::text[]) AS p("right")'
            " WHERE relnamespace = 'testtown'::regnamespace AND relkind IN ('r', 'p', 'v')"
            " AND has_table_privilege('testtown_' || r.role, pg_class.oid, p.right)",
            [[role for role in ROLES if role != "owner"], [*RIGHTS, "TRUNCATE", "REFERENCES", "TRIGGER"]],
        )
        held = set(cursor.fetchall())

    listed = {
        (table, role, right.strip().upper())
        for table, by_role in declared.items()
        for role, rights in by_role.items()
        for right in rights.split(",")
        if right.strip() and role != "owner"
    }
    assert held - listed == set()


def test_no_table_has_rights_on_single_columns(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relnamespace = 'testtown'::regnamespace AND attacl IS NOT NULL"
        )
        assert cursor.fetchall() == []


def test_nothing_of_the_town_lies_in_public(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        assert cursor.fetchall() == []


def test_a_role_steps_into_no_other(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member::regrole::text FROM pg_auth_members WHERE roleid::regrole::text LIKE 'testtown%%'"
        )
        assert {row[0] for row in cursor.fetchall()} <= {"testtown_tests", "postgres"}


@pytest.mark.committed
def test_two_towns_in_one_database_do_not_see_each_other(db, database, environment):
    variables = os.environ | {"SHOUWANG_SCHEMA": "othertown", "SHOUWANG_ROLE": "owner"}
    upgrade = [sys.executable, "-m", "shouwang.config.testing.template", "schema"]
    subprocess.run(upgrade, env=variables, cwd=ROOT, check=True, capture_output=True)
    other = Environment.read(variables)

    with psycopg.connect(**place.role_parameters(other, "web"), autocommit=True) as neighbour:
        assert neighbour.execute("SELECT 'django_migrations'::regclass::text").fetchone() == ("django_migrations",)
        assert neighbour.execute("SELECT count(*) > 40 FROM django_migrations").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            neighbour.execute("SELECT count(*) FROM testtown.django_migrations")
    with (
        psycopg.connect(**place.role_parameters(environment, "owner"), autocommit=True) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        owner.execute("DROP SCHEMA othertown CASCADE")
    _forget(database, "othertown")


def _forget(database, schema):
    with database.server.cluster.connect(database.name) as administrator:
        administrator.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
        for role in [*ROLES, "tests"]:
            name = sql.Identifier(f"{schema}_{role}")
            administrator.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(name))


def test_the_owner_is_no_role_of_the_application(db):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE django_migrations")
