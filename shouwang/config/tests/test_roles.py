"""What each role may do, asked of the database itself."""

import pytest
from django.db import ProgrammingError, connection


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def test_a_test_acts_as_the_role_web(db):
    assert _run("SELECT current_user, session_user") == [("testtown_web", "testtown_tests")]


def test_the_web_role_puts_a_job_into_the_queue_but_cannot_read_it(db, as_role):
    from procrastinate.contrib.django import app

    app.configure_task("some.task").defer(n=1)

    with as_role("jobs"):
        assert _run("SELECT task_name FROM procrastinate_jobs WHERE task_name = 'some.task'") == [("some.task",)]
    with pytest.raises(ProgrammingError, match="permission denied for table procrastinate_jobs"):
        _run("SELECT * FROM procrastinate_jobs")


@pytest.mark.parametrize("role", ["web", "portal", "jobs", "seal", "read"])
def test_no_role_makes_a_table_or_a_schema(as_role, role):
    for statement in ("CREATE TABLE mine (n int)", "CREATE SCHEMA mine", "CREATE TABLE public.mine (n int)"):
        with pytest.raises(ProgrammingError, match="permission denied"), as_role(role):
            _run(statement)


@pytest.mark.committed
def test_a_committed_job_is_there_for_another_connection(db, database, environment):
    from procrastinate.contrib.django import app

    app.configure_task("some.task").defer(n=2)

    with database.server.cluster.connect(environment.database_name) as administrator:
        count = administrator.execute("SELECT count(*) FROM testtown.procrastinate_jobs").fetchone()
    assert count == (1,)


def test_after_a_committed_test_the_database_is_as_it_was(as_role):
    with as_role("jobs"):
        assert _run("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
