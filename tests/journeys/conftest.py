"""A whole town of its own for journeys: real processes behind the one public port, and a real database server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
import pytest

from shouwang.config.database import place
from shouwang.config.database.cluster import alive
from shouwang.config.database.town import town_cluster
from shouwang.config.environment import ROOT, Environment

READY_S = 90


class RunningTown:
    """`bin/shouwang demo` with the cast alone, in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, _free_port()
        self.variables = {name: value for name, value in os.environ.items() if not name.startswith("SHOUWANG_")} | {
            "SHOUWANG_VAR": str(var),
            "SHOUWANG_PORT": str(self.port),
            "SHOUWANG_SCHEMA": "journey",
            "SHOUWANG_PG_BIN": os.environ["SHOUWANG_PG_BIN"],
        }
        self.environment = Environment.read(self.variables)
        self.cluster = town_cluster(self.environment)
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """One of our commands, in this town; what it printed."""
        return self._run(_command(*arguments))

    def run_python(self, script: str, *arguments: str, role: str = "web") -> str:
        """A few lines with Django set up and a role of this town, to plant what no page can; what they printed."""
        lines = f"import sys, django; django.setup()\n{script}"
        settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": role}
        return self._run([sys.executable, "-c", lines, *arguments], settings)

    def _run(self, command: list[str], more: Mapping[str, str] = MappingProxyType({})) -> str:
        done = subprocess.run(command, env=self.variables | more, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        """Serves when this returns; the first time it makes the schema and the cast."""
        self.var.mkdir(exist_ok=True)
        ready = self._said().count("is ready")
        with self.log.open("ab") as log:
            command = _command("demo", "--cast-only")
            self.running = subprocess.Popen(command, env=self.variables, cwd=ROOT, stdout=log, stderr=log)
        self._wait_for(lambda: self._said().count("is ready") > ready)

    def stop(self) -> None:
        if self.running:
            self.running.send_signal(signal.SIGINT)
            self.running.wait(60)
            self.running = None
        self.cluster.stop()

    def kill(self, name: str) -> None:
        """`kill -9` of web, portal, jobs, seal, front, database, or the supervisor; nobody is warned."""
        if name == "supervisor":
            assert self.running
            self.running.kill()
            self.running.wait()
            self.running = None
            return
        pid = self.cluster.pid() if name == "database" else self.pids()[name]
        assert pid
        os.kill(pid, signal.SIGKILL)
        self._wait_for(lambda: not alive(pid))

    def pids(self) -> dict[str, int]:
        record = json.loads((self.var / "run" / "processes.json").read_text())
        return {name: pid for name, (pid, _) in record.items() if alive(pid)}

    def wait_until_healthy(self) -> None:
        self._wait_for(self.healthy)

    def _wait_for(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            if true():
                return
            time.sleep(0.1)
        pytest.fail(f"The town did not become healthy:\n{self._said()[-3000:]}")

    @property
    def log(self) -> Path:
        return self.var / "start.log"

    def _said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except OSError:
            return False

    def connect(self, role: str = "read") -> "psycopg.Connection[Any]":
        """The town's database as one of its roles, to see what was really kept."""
        return psycopg.connect(**place.role_parameters(self.environment, role), autocommit=True)


@pytest.fixture(scope="session")
def own_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTown]:
    """One running town for all journeys of a session: leave behind what you like, count on nothing."""
    town = RunningTown(tmp_path_factory.mktemp("town"))
    town.start()
    yield town
    town.stop()


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "shouwang.config.command_line", *arguments]


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])
