"""A demo town in a folder of its own: started, given units and desks, watched, stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
READY_S = 400  # the first start lays a database and a town of 20 000
MIB = 2**20
DATABASE = "postgres"


class LoadedTown:
    """`bin/shouwang demo`, as `make demo` runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "DJANGO_"))}
        self.environment = inherited | {
            "SHOUWANG_VAR": str(folder / "var"), "SHOUWANG_PORT": str(self.port), "SHOUWANG_ADDRESS": self.address,
        }  # fmt: skip

    def start(self) -> None:
        log = self.folder / "town.log"
        with log.open("wb") as kept:
            self.running = subprocess.Popen(
                [ROOT / "bin" / "shouwang", "demo"], cwd=ROOT, env=self.environment, stdout=kept, stderr=kept
            )
        deadline = time.monotonic() + READY_S
        while b"is ready" not in log.read_bytes():
            if time.monotonic() > deadline or self.running.poll() is not None:
                raise SystemExit(f"The town did not become ready:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        self.running.send_signal(signal.SIGINT)
        try:
            self.running.wait(60)
        except subprocess.TimeoutExpired:
            self.running.kill()

    def planted(self, units: int, desks: int, calls: int) -> dict[str, Any]:
        """What `bench.load.planting` made in this town, as the role of its pages."""
        settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": "web"}
        done = subprocess.run(
            [sys.executable, "-m", "bench.load.planting", str(units), str(desks), str(calls)],
            cwd=ROOT, env=self.environment | settings, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        planted: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return planted

    def processes(self) -> dict[str, list[psutil.Process]]:
        """web, portal, front, jobs, seal with what they forked; the database with its backends."""
        record = json.loads((self.folder / "var" / "run" / "processes.json").read_text())
        first = {name: pid for name, (pid, _born) in record.items()}
        first[DATABASE] = int(next((self.folder / "var" / "pg").glob("**/postmaster.pid")).read_text().split()[0])
        return {name: _with_children(pid) for name, pid in first.items()}

    def memory_mib(self) -> dict[str, float]:
        """Of each: what is its own, and its share of what it has in common with others."""
        return {name: sum(_memory(one) for one in group) / MIB for name, group in self.processes().items()}

    def cpu_s(self) -> dict[str, float]:
        """Seconds of a core that each has used."""
        return {name: sum(cpu_of(one) for one in group) for name, group in self.processes().items()}


def _with_children(pid: int) -> list[psutil.Process]:
    try:
        one = psutil.Process(pid)
        return [one, *one.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory(process: psutil.Process) -> float:
    """Less what lies in shared memory: the database's buffers fill up once, and never grow."""
    try:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0
    kib = {name: float(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
    return (kib["Pss"] - kib["Pss_Shmem"]) * 1024


def cpu_of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
