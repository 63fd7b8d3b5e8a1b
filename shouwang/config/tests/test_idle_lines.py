"""A line to the database that was idle: known to be dead without a question being sent."""

import time

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def line(db):
    own = connections.create_connection("default")
    own.connect()
    yield own
    own.close()


def test_a_line_that_stands_is_used_without_a_question(line):
    with CaptureQueriesContext(line) as asked:
        assert line.is_usable()

    assert len(asked) == 0


def test_a_line_that_the_server_ended_is_known_to_be_dead(line):
    with line.cursor() as cursor:
        cursor.execute("SET idle_session_timeout = '1ms'")

    until = time.monotonic() + 30
    while line.is_usable() and time.monotonic() < until:
        time.sleep(0.01)
    assert not line.is_usable()
