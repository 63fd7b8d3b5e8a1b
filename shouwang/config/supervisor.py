"""Starts the processes of a town, watches them, starts a dead one again, and stops all in order."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from shouwang.config.database.cluster import Cluster, alive, sentence
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import ROOT

SOON_S = 0.5
LATEST_S = 30.0
STEADY_S = 60.0  # a process that has lived so long starts again at once when it dies
STOP_S = 12.0


@dataclass
class Process:
    """One child: what it is called, how it is started, and as which database role."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    passes: tuple[int, ...] = ()
    running: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    wait_s: float = SOON_S
    due: float = 0.0

    def start(self, environment: dict[str, str], keep: Callable[[str, bytes], None]) -> None:
        self.running = subprocess.Popen(
            self.command,
            env=environment | self.variables,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self.passes,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops all in order
        )
        self.started = time.monotonic()
        threading.Thread(target=self._read, args=(self.running.stdout, keep), daemon=True).start()

    def _read(self, pipe: IO[bytes], keep: Callable[[str, bytes], None]) -> None:
        with pipe:
            for line in pipe:
                keep(self.name, line)

    def signal(self, number: int) -> None:
        """To the whole group: gunicorn's workers must not outlive their master."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, number)


class Supervisor:
    def __init__(self, var: Path, cluster: Cluster | None, processes: Iterable[Process]) -> None:
        self.var, self.cluster, self.processes = var, cluster, list(processes)
        self.environment = dict(os.environ)
        self.stopping = threading.Event()
        self.log = Log(var / "log" / "shouwang.log")
        self._lock: IO[str] | None = None

    @property
    def record(self) -> Path:
        return self.var / "run" / "processes.json"

    def claim(self) -> None:
        """Makes this the only supervisor of the folder, and ends what a killed one left behind."""
        try:
            self.record.parent.mkdir(parents=True, exist_ok=True)
            lock = (self.var / "run" / "supervisor.lock").open("a+")
        except OSError as problem:
            raise NoDatabase(sentence(problem, self.var)) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise NoDatabase(f"Shouwang is already running with {self.var}; stop it first.") from None
        self._lock = lock
        end_leftovers(self.record)

    def run(self, when_ready: Callable[[], None]) -> int:
        """Until SIGINT or SIGTERM. `when_ready` is called once, when all have been started."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            for process in self.processes:
                process.start(self.environment, self.log.keep)
            self._remember()
            when_ready()
            while not self.stopping.wait(0.2):
                self._watch()
        finally:
            self.stop()
        return 0

    def _watch(self) -> None:
        if self.cluster and not self.cluster.running():
            self.log.say("database", "error", "the database has died and is started again")
            self._start_database()
        now = time.monotonic()
        for process in self.processes:
            if process.running and process.running.poll() is not None:
                self._plan_restart(process, now)
            if process.running is None and now >= process.due:
                process.start(self.environment, self.log.keep)
                self._remember()

    def _start_database(self) -> None:
        try:
            if self.cluster:
                self.cluster.start()
        except NoDatabase as problem:
            self.log.say("database", "error", str(problem))
            self.stopping.wait(2)

    def _plan_restart(self, process: Process, now: float) -> None:
        assert process.running
        lived = now - process.started
        process.wait_s = SOON_S if lived > STEADY_S else min(process.wait_s * 2, LATEST_S)
        process.due = now + (0 if lived > STEADY_S else process.wait_s)
        process.signal(signal.SIGKILL)
        self.log.say(process.name, "error", f"ended with {process.running.returncode}; starts again")
        process.running = None

    def _remember(self) -> None:
        running = {process.name: process.running.pid for process in self.processes if process.running}
        draft = self.record.with_suffix(".new")
        draft.write_text(json.dumps({name: [pid, birth(pid)] for name, pid in running.items()}))
        draft.replace(self.record)

    def stop(self) -> None:
        """First what takes requests, last the database."""
        for process in self.processes:
            if process.running and process.running.poll() is None:
                os.kill(process.running.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_S
        for process in self.processes:
            if process.running:
                try:
                    process.running.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.log.say(process.name, "warning", "did not stop and was killed")
                process.signal(signal.SIGKILL)
                process.running.wait()
                process.running = None
        if self.cluster and self._lock:
            self.cluster.stop()
        self.log.close()
        if self._lock:
            self.record.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


class Log:
    """One file of JSON lines for all processes, turned over at 20 MB; the terminal sees only what is wrong."""

    LARGEST = 20 * 1024 * 1024
    KEPT = 5

    def __init__(self, path: Path) -> None:
        self.path, self.turn = path, threading.Lock()
        self.file: IO[str] | None = None
        self.closed = False

    def keep(self, process: str, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip()
        if not text:
            return
        try:
            entry = json.loads(text)
            assert isinstance(entry, dict)
        except (ValueError, AssertionError):
            entry = {"level": "error", "says": text}
        self._write({"process": process, **entry})

    def say(self, process: str, level: str, says: str) -> None:
        self._write({"process": process, "level": level, "says": says})

    def _write(self, entry: dict[str, Any]) -> None:
        with self.turn:
            if self.closed:
                return
            self.file = self.file or self._open()
            self.file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self.file.flush()
            if entry.get("level") in ("warning", "error", "critical"):
                trace = f"\n{entry['trace']}" if "trace" in entry else ""
                print(f"{entry['process']:9} {entry.get('says', '')}{trace}", file=sys.stderr, flush=True)
            if self.file.tell() > self.LARGEST:
                self._turn_over(self.file)

    def _open(self) -> IO[str]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.open("a")

    def _turn_over(self, full: IO[str]) -> None:
        full.close()
        for n in range(self.KEPT - 1, 0, -1):
            older = self.path.with_suffix(f".log.{n}")
            if older.exists():
                older.replace(self.path.with_suffix(f".log.{n + 1}"))
        self.path.replace(self.path.with_suffix(".log.1"))
        self.file = None

    def close(self) -> None:
        with self.turn:
            self.closed = True
            if self.file:
                self.file.close()


def birth(pid: int) -> str:
    """When a process began, in the kernel's ticks: with its number, a name that is not used twice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def end_leftovers(record: Path) -> None:
    """Ends the processes, and no others, that a killed supervisor wrote down here."""
    try:
        left = json.loads(record.read_text())
    except (FileNotFoundError, ValueError):
        return
    ours = [pid for pid, born in left.values() if born and birth(pid) == born and alive(pid)]
    for pid in ours:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    while any(alive(pid) for pid in ours):
        time.sleep(0.02)
    record.unlink(missing_ok=True)
