"""A whole town of its own: real processes behind the one public port, a database server, and an SMS gateway."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
import pytest

from shouwang.config.database import place
from shouwang.config.database.cluster import alive
from shouwang.config.database.town import town_cluster
from shouwang.config.environment import ROOT, Environment
from shouwang.config.supervisor import birth
from shouwang.connections.sms.simulator import Simulator

READY_S = 500  # the first start lays a database and a town of 20 000; who fails to start is noticed at once
PROMISED_S = 30  # a promise in seconds is asserted as "it happens"; benches measure it
CAST_ONLY = "--cast-only"
SEND_AT_FIRST_ALLOWED = """
from shouwang.core import clock
from shouwang.notices.quiet_hours import first_allowed
from shouwang.notices.sending import send_due

send_due(at=first_allowed(clock.now()))
"""


class Town:
    """`bin/shouwang demo` in a folder and on a port of its own."""

    by = "demo"  # the command that runs it

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options = folder, options
        self.log = folder.parent / f"{folder.name}.log"
        self.port = free_port()
        self.messages = Simulator("journey", delay_s=0.1)
        self.messages.start()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "DJANGO_"))}
        self.variables = kept | {
            "SHOUWANG_VAR": str(folder), "SHOUWANG_PORT": str(self.port), "SHOUWANG_ADDRESS": self.address,
            "SHOUWANG_SCHEMA": "journey", "SHOUWANG_PG_BIN": os.environ.get("SHOUWANG_PG_BIN", ""),
            "SHOUWANG_SMS_URL": self.messages.url, "SHOUWANG_SMS_SECRET": "journey",
        }  # fmt: skip
        self.environment = Environment.read(self.variables)
        self.cluster = town_cluster(self.environment)
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serves when this returns; the first time it makes the schema, the cast and what `options` ask for."""
        ready = self._said().count("is ready")
        with self.log.open("ab") as log:
            command = ["bin/shouwang", self.by, *self.options]
            self.running = subprocess.Popen(command, env=self.variables, cwd=ROOT, stdout=log, stderr=log)
        self._wait_for(lambda: self._said().count("is ready") > ready or self.running.poll() is not None)
        assert self.running.poll() is None, self._said()[-3000:]

    def stop(self) -> None:
        if self.running:
            self.running.send_signal(signal.SIGINT)
            try:
                self.running.wait(60)
            except subprocess.TimeoutExpired:
                self.running.kill()
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
        pid = until(lambda: self.cluster.pid() if name == "database" else self.pids().get(name))
        os.kill(pid, signal.SIGKILL)
        self._wait_for(lambda: not alive(pid))

    def pids(self) -> dict[str, int]:
        record = json.loads((self.folder / "run" / "processes.json").read_text())
        return {name: pid for name, (pid, born) in record.items() if alive(pid) and birth(pid) == born}

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except (OSError, HTTPException):  # also one that was killed within its answer
            return False

    def wait_until_healthy(self) -> None:
        self._wait_for(self.healthy)

    def sent_to(self, number: str) -> list[str]:
        """Texts that the gateway took for this number."""
        return [one.text for one in list(self.messages.messages.values()) if one.to == number]

    def let_morning_come(self) -> None:
        """Send what waits for the end of the quiet hours; by day that is what is due anyhow."""
        self.run_python(SEND_AT_FIRST_ALLOWED, role="jobs")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of our commands, in this town."""
        return self._run(["bin/shouwang", *arguments])

    def run_python(self, script: str, *arguments: str, role: str = "web") -> str:
        """A few lines with Django set up and a role of this town, to plant what no page can; what they printed."""
        lines = f"import sys, django; django.setup()\n{script}"
        settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": role}
        done = self._run([sys.executable, "-c", lines, *arguments], settings)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def connect(self, role: str = "read") -> psycopg.Connection[Any]:
        """The town's database as one of its roles, to see what was really kept."""
        return psycopg.connect(**place.role_parameters(self.environment, role), autocommit=True)

    def _run(
        self, command: list[str], more: Mapping[str, str] = MappingProxyType({})
    ) -> subprocess.CompletedProcess[str]:
        variables = self.variables | more
        return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=120)

    def _wait_for(self, true: Callable[[], bool]) -> None:
        until(true, READY_S, lambda: f"The town did not get there:\n{self._said()[-3000:]}")

    def _said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


@contextmanager
def running_town(folder: Path, *options: str, at_work: bool = False) -> Iterator[Town]:
    """A town that serves, stopped at the end and all its processes with it.

    at_work  with the calls of the demo's shift and its crews driving about; tests begin with an empty queue
    """
    town = Town(folder, *([] if at_work or CAST_ONLY in options else ["--calm"]), *options)
    try:
        town.start()
        yield town
    finally:
        town.stop()
        town.messages.stop()


def until(happened: Callable[[], Any], seconds: float = PROMISED_S, why: Any = lambda: "it did not happen") -> Any:
    """Ask again until the answer is true; fails with `why()`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = happened()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(str(why()))


def free_port() -> int:
    """Not of those that connections are given: nobody takes it while the town is down."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
