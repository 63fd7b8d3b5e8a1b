"""The suite runs on the server and at the time that were asked for: a run elsewhere must not count."""

import datetime as dt

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from shouwang.config.database.programs import find_programs
from shouwang.core import clock


@pytest.mark.control
def test_the_server_is_of_the_programs_that_were_asked_for(db, environment):
    major = find_programs(environment.test_pg_bin).major

    assert connection.pg_version // 10_000 == major
    if major < 16:  # what a later one brought is refused here
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT any_value(1)")
        assert isinstance(refusal.value.__cause__, psycopg.errors.UndefinedFunction)


@pytest.mark.control
def test_the_clock_is_as_far_ahead_as_was_asked_for_and_so_is_the_servers(db, environment):
    today = dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [servers] = cursor.fetchone()

    for now in (clock.now(), servers):
        assert round((now - today) / dt.timedelta(days=1)) == environment.test_days_ahead
