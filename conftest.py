"""What every test stands on: its own copy of the database, the role it acts as, and the cast of the demo town.

A test that touches the database asks for `db` (or `world`): one transaction, rolled back at the end.
`@pytest.mark.committed` gives real commits instead, and a fresh copy afterwards.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from psycopg.pq import TransactionStatus

from shouwang.config.testing.server import TestServer, variables

_inherited = dict(os.environ)
os.environ.clear()
os.environ.update(variables(_inherited))

import django  # noqa: E402 (reads the environment set above)
from django.db import connection, connections, transaction  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.utils import translation  # noqa: E402

from shouwang.config.database import place  # noqa: E402
from shouwang.config.environment import Environment, current  # noqa: E402
from shouwang.config.messages import compile_changed  # noqa: E402
from shouwang.core import clock  # noqa: E402
from shouwang.core.together import Together  # noqa: E402

pytest_plugins = ["shouwang.config.testing.skips"]
compile_changed()
django.setup()
clock.ahead = dt.timedelta(days=current().test_days_ahead)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long proofs run only where they are asked for (`-m prove`); what proves a proof says so in the report."""
    for item in items:
        if item.get_closest_marker("control"):
            item.user_properties.append(("control", "yes"))
    if "prove" in (config.option.markexpr or ""):
        return
    long = [item for item in items if item.get_closest_marker("prove")]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session")
def environment() -> Environment:
    return current()


class Copy:
    """This process's copy of the template."""

    def __init__(self, server: TestServer, name: str) -> None:
        self.server, self.name = server, name
        self.template = server.start()
        self.renew()

    def renew(self) -> None:
        connections.close_all()
        self.server.copy(self.template, self.name)


@pytest.fixture(scope="session")
def database(environment: Environment) -> Iterator[Copy]:
    """The copy itself; ask for `db` instead, unless you make connections of your own."""
    _connect_as_tests(environment)
    server = TestServer(environment)
    copy = Copy(server, environment.database_name)
    yield copy
    connections.close_all()
    server.drop(copy.name)
    server.stop_if_asked()


def _connect_as_tests(environment: Environment) -> None:
    """Connections log in as `<schema>_tests`, which is nothing by itself, and step into the role web at once."""
    web = place.role_name(environment, "web")
    connection.settings_dict["USER"] = place.role_name(environment, "tests")
    connection.settings_dict["PASSWORD"] = place.role_password(environment, "tests")
    connection.settings_dict["OPTIONS"]["options"] = f"-c search_path={environment.schema} -c role={web}"


@pytest.fixture(autouse=True)
def _speaks_as_if_first() -> None:
    translation.deactivate()  # what the page before it spoke


@pytest.fixture(autouse=True)
def _no_database_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "db" in request.fixturenames or "database" in request.fixturenames:
        return

    def refuse(self: BaseDatabaseWrapper) -> None:
        pytest.fail("This test touches the database: let it ask for the fixture `db` (or `world`).")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)


@pytest.fixture
def db(request: pytest.FixtureRequest, database: Copy) -> Iterator[None]:
    """The database as role web; rolled back afterwards, or made anew where the test is marked `committed`."""
    Together.forget()
    if request.node.get_closest_marker("committed"):
        yield
        database.renew()
        return
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase: durable blocks are allowed in it
    with atomic:
        yield
        if connection.connection and connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            connection.check_constraints()
        transaction.set_rollback(True)
    connection.run_on_commit = []


AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def as_role(db: None, environment: Environment) -> AsRole:
    """`with as_role("jobs"):` does what follows with that role's rights, in the same transaction."""

    @contextmanager
    def acting_as(role: str) -> Iterator[None]:
        with transaction.atomic():
            _step_into(place.role_name(environment, role))
            yield
            _step_into(place.role_name(environment, "web"))

    return acting_as


def _step_into(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


@pytest.fixture
def owner_sql(as_role: AsRole) -> Callable[..., list[Any]]:
    """`owner_sql("UPDATE …", [values])`: plants a fault as the owner, as nobody in the application can."""

    def execute(statement: str, values: Any = None) -> list[Any]:
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return execute


@pytest.fixture
def world(db: None) -> Any:
    """The cast of the demo town (shouwang/demo/world.py): people with names, their posts, areas and units."""
    from shouwang.demo.world import load_world

    return load_world()


@pytest.fixture
def desk(world: Any) -> Callable[[str], Any]:
    """`desk("fang")`: a client of the pages, signed in as Fang."""
    from django.test import Client

    from shouwang.people.cookies import SESSION
    from shouwang.people.sessions import open_session

    def sign_in(who: str) -> Client:
        client = Client()
        client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
        return client

    return sign_in
