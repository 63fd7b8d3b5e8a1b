"""The tests' own server and its templates; shared by runs that go on side by side, under a file lock.

Where the tests' clock is set forward, so is the server's (`ahead.c`, preloaded): rules that live in the database must
see the same day. Such a server has a folder of its own. Debian's libfaketime does not do: while a backend waits, its
signal handlers read the true time, and no timeout of the server ever ends.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shouwang.config.database import place, roles
from shouwang.config.database.cluster import Cluster, alive
from shouwang.config.database.programs import NoDatabase, find_programs
from shouwang.config.database.town import town_cluster
from shouwang.config.environment import ROOT, Environment

SCHEMA = "testtown"
AHEAD = Path(__file__).with_name("ahead.c")
KEPT_TEMPLATES = 4
MARKS_A_STATE = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/grants.py",
    "*/*/grants.py",
    "config/database/*.py",
    "config/testing/template.py",
    "demo/world*.py",
    "demo/world/**/*.py",
)


def variables(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a test process: a folder and a database of its own, and nothing of the developer's."""
    asked = Environment.read({k: v for k, v in given.items() if k.startswith("SHOUWANG_TEST_")})
    major, days = find_programs(asked.test_pg_bin).major, asked.test_days_ahead
    kept = {k: v for k, v in given.items() if not k.startswith("SHOUWANG_") and k != "DATABASE_URL"}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "shouwang.config.settings",
        "SHOUWANG_VAR": str(ROOT / "var" / (f"test-{major}-{days}-days" if days else f"test-{major}")),
        "SHOUWANG_SCHEMA": SCHEMA,
        "SHOUWANG_DATABASE_NAME": f"test_{os.getpid()}",
        "SHOUWANG_PG_BIN": asked.test_pg_bin,
        "SHOUWANG_TEST_PG_BIN": asked.test_pg_bin,
        "SHOUWANG_TEST_SKIPS": asked.test_skips,
        "SHOUWANG_TEST_DAYS_AHEAD": str(days),
        "SHOUWANG_TEST_PG_STOP": "1" if asked.test_pg_stop else "0",
    }


class TestServer:
    __test__ = False

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        moved = clock_moved(environment.test_days_ahead)
        self.cluster: Cluster = replace(town_cluster(environment), durable=False, variables=moved)

    def start(self) -> str:
        """The name of the template that fits the code as it is now; the server runs."""
        with self._locked():
            self.cluster.start()
            with self.cluster.connect() as connection:
                self._drop_leftovers(connection)
                template = f"template_{state_of_the_code()}"
                if not _exists(connection, template):
                    self._build(connection, template)
        return template

    def stop_if_asked(self) -> None:
        if self.environment.test_pg_stop:
            self.cluster.stop()

    def copy(self, template: str, name: str) -> None:
        """A database `name` as fresh as the template; one that is there is dropped."""
        with self.cluster.connect() as connection:
            _drop(connection, name)
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            )
            roles.admit(connection, self.environment, name)
            tests = sql.Identifier(place.role_name(self.environment, "tests"))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), tests))

    def drop(self, name: str) -> None:
        with self.cluster.connect() as connection:
            _drop(connection, name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.environment.var.mkdir(parents=True, exist_ok=True)
        with (self.environment.var / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _build(self, connection: "psycopg.Connection[Any]", template: str) -> None:
        """Built under another name and renamed when complete. In processes of its own: as owner, then as web."""
        draft = "template_draft"
        _drop(connection, draft)
        for role, step in (("owner", "schema"), ("web", "world")):
            done = subprocess.run(
                [sys.executable, "-m", "shouwang.config.testing.template", step],
                env=os.environ | {"SHOUWANG_DATABASE_NAME": draft, "SHOUWANG_ROLE": role},
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            if done.returncode != 0:
                raise RuntimeError(f"The test database could not be built ({step}):\n{done.stdout}{done.stderr}")
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(template)))

    def _drop_leftovers(self, connection: "psycopg.Connection[Any]") -> None:
        rows = connection.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()
        names = [row[0] for row in rows]
        for name in names:
            owner = name.removeprefix("test_").partition("_")[0]
            if name.startswith("test_") and owner.isdigit() and not alive(int(owner)):
                _drop(connection, name)
        for name in [name for name in names if name.startswith("template_")][KEPT_TEMPLATES:]:
            _drop(connection, name)


def clock_moved(days: int) -> dict[str, str]:
    """What makes a server read a clock that many days ahead; time that is only measured runs on as it is."""
    if not days:
        return {}
    compiler, library = shutil.which("cc"), ROOT / "var" / "ahead.so"
    if compiler is None:
        raise NoDatabase("A server at another time needs a C compiler (Debian: gcc and libc6-dev).")
    library.parent.mkdir(exist_ok=True)
    draft = library.with_name(f"{library.name}.{os.getpid()}")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", draft, AHEAD], check=True)
    draft.rename(library)
    return {"LD_PRELOAD": str(library), "DAYS_AHEAD": str(days)}


def state_of_the_code() -> str:
    """A short name for everything that decides what the template holds."""
    digest = hashlib.sha256()
    package = ROOT / "shouwang"
    for pattern in MARKS_A_STATE:
        for path in sorted(package.glob(pattern)):
            digest.update(str(path.relative_to(package)).encode() + b"\0" + _content(path))
    return digest.hexdigest()[:16]


def _content(path: Path) -> bytes:
    return path.read_bytes()


def _exists(connection: "psycopg.Connection[Any]", name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: "psycopg.Connection[Any]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
