"""One PostgreSQL data folder: made, started, asked, stopped; by nobody but us, over a private socket."""

import errno
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from shouwang.config.database import place
from shouwang.config.database.programs import NoDatabase, Programs, find_programs, owner_of_files, unprivileged

PATIENCE_S = 60  # a crash recovery may take long; measured up to 4 s for 56 000 rows
STOP_S = 30
OURS = "shouwang.conf"
CONF = """\
# Written at every start; put your own settings into local.conf beside this file.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {shared_buffers}
random_page_cost = 1.1
jit = off
fsync = {fsync}
synchronous_commit = on
password_encryption = scram-sha-256
log_min_messages = warning
log_line_prefix = '%m [%p] %u '
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
lc_messages = 'C'
timezone = 'UTC'
include_if_exists 'local.conf'
"""
ACCESS = """\
# Everybody shows a password, worked out from the installation's secret key; there is no trust and no network.
local all all scram-sha-256
"""


@dataclass
class Cluster:
    data: Path
    var: Path
    run: Path
    pg_bin: str = ""
    service_user: str = "postgres"
    durable: bool = True
    shared_buffers: str = "256MB"
    variables: Mapping[str, str] = field(default_factory=dict)  # of the server's process, beside its own few
    _started: int | None = field(default=None, repr=False)

    @property
    def sockets(self) -> Path:
        return place.socket_folder(self.run)

    @property
    def log(self) -> Path:
        return self.var / "log" / f"{self.data.name}.log"

    @property
    def programs(self) -> Programs:
        return find_programs(self.pg_bin, self.data)

    def connect(self, dbname: str = "postgres", **more: Any) -> "psycopg.Connection[Any]":
        """A connection as the server's administrator, for making roles and databases."""
        return psycopg.connect(
            host=str(self.sockets),
            port=5432,
            user=place.SUPERUSER,
            password=place.superuser_password(self.var),
            dbname=dbname,
            autocommit=True,
            **more,
        )

    # Starting

    def start(self) -> None:
        """Serves when this returns. Raises NoDatabase with one sentence when that cannot be."""
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._make()
        deadline = time.monotonic() + PATIENCE_S
        pause = 0.1
        while True:
            self._reap()
            fresh = not self.running()
            if fresh:
                self._drop_false_locks()
                self._write_settings()
                self._launch()
            try:
                return self._wait_until_it_answers(fresh)
            except StillLocked:
                if time.monotonic() > deadline:
                    raise NoDatabase(f"Another server still holds {self.data}; stop it first.") from None
                time.sleep(pause)
                pause = min(pause * 2, 3)

    def _reap(self) -> None:
        """Lets go of a server that we started and that has ended."""
        if self._started is None:
            return
        try:
            ended, _ = os.waitpid(self._started, os.WNOHANG)
        except ChildProcessError:
            ended = self._started
        if ended:
            self._started = None

    def _drop_false_locks(self) -> None:
        """Removes locks that PostgreSQL would believe for ever: of a zombie, or of a number that is another's."""
        for lock in (self.data / "postmaster.pid", self.sockets / f"{place.SOCKET_NAME}.lock"):
            pid = _first_number(lock)
            if pid is not None and Path(f"/proc/{pid}").exists() and not _serves(pid, self.data):
                lock.unlink(missing_ok=True)

    def _make_folders(self) -> None:
        try:
            for folder in (self.var, self.data.parent, self.run, self.log.parent):
                folder.mkdir(parents=True, exist_ok=True)
                if not os.access(folder, os.W_OK | os.X_OK):
                    raise PermissionError(13, "not writable", str(folder))
        except OSError as problem:
            raise NoDatabase(sentence(problem, self.data)) from None

    def _make(self) -> None:
        """initdb into a folder beside, renamed when complete: a half-made data folder is never opened."""
        programs = self.programs
        draft = self.data.with_name(self.data.name + ".new")
        password = self.run / "first-password"
        environment = self._environment()
        try:
            _remove_folder(draft)
            draft.mkdir(mode=0o700)
            password.touch(mode=0o600)
            password.write_text(place.superuser_password(self.var))
            self._hand_over(draft, password, self.sockets)
        except OSError as problem:
            raise NoDatabase(sentence(problem, self.data)) from None
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.major >= 17 else []
        command = [*unprivileged(self.service_user), programs["initdb"], "-D", str(draft), "--encoding=UTF8"]
        command += ["--locale=C.UTF-8", *builtin, "--auth=scram-sha-256", f"--username={place.SUPERUSER}"]
        command += [f"--pwfile={password}", "--no-instructions"] + ([] if self.durable else ["--no-sync"])
        made = subprocess.run(command, capture_output=True, text=True, env=environment)
        password.unlink()
        if made.returncode != 0:
            _remove_folder(draft)
            raise NoDatabase(_reason(made.stderr, self.data))
        draft.rename(self.data)

    def _hand_over(self, *paths: Path) -> None:
        owner = owner_of_files(self.service_user)
        for path in paths if owner else ():
            os.chown(path, *(owner or ()))

    def _write_settings(self) -> None:
        conf = CONF.format(
            sockets=str(self.sockets).replace("'", "''"),
            shared_buffers=self.shared_buffers,
            fsync="on" if self.durable else "off",
        )
        try:
            (self.data / OURS).write_text(conf)
            (self.data / "pg_hba.conf").write_text(ACCESS)
            self._hand_over(self.data / OURS)
        except OSError as problem:
            raise NoDatabase(sentence(problem, self.data)) from None

    def _launch(self) -> None:
        programs = self.programs
        command = [*unprivileged(self.service_user), programs["postgres"], "-D", str(self.data)]
        command += ["-c", f"config_file={self.data / OURS}", "-c", f"hba_file={self.data / 'pg_hba.conf'}"]
        with self.log.open("ab") as log:
            log.write(b"\n")
            self._log_from = log.tell()
            self._started = os.posix_spawn(
                shutil.which(command[0]) or command[0],
                command,
                self._environment(),
                file_actions=[(os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)],
                setsid=True,  # Ctrl-C is for whoever started us; he then stops the server in order
            )

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC", **self.variables}

    def _wait_until_it_answers(self, fresh: bool) -> None:
        deadline = time.monotonic() + PATIENCE_S
        last: Exception | None = None
        while time.monotonic() < deadline:
            was_ours = self._started is not None
            self._reap()
            if self._started is None and not self.running():
                if not (fresh and was_ours):
                    raise StillLocked
                said = self._said_since_start()
                if "already exists" in said or "still in use" in said:
                    raise StillLocked
                raise NoDatabase(_reason(said, self.data))
            try:
                with self.connect(connect_timeout=2) as connection:
                    return _refuse_c_locale(connection)
            except psycopg.OperationalError as problem:
                last = problem
                if "password authentication failed" in str(problem):
                    raise NoDatabase(f"{self.data} was made with another key than {self.var}/secrets/key.") from None
            time.sleep(0.05)
        raise NoDatabase(f"The database did not answer within {PATIENCE_S} s: {str(last).strip().splitlines()[-1]}")

    def _said_since_start(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._log_from)
            return log.read().decode(errors="replace")

    # Looking and stopping

    def pid(self) -> int | None:
        """Process id of the server that has this folder open, if it is alive."""
        pid = _first_number(self.data / "postmaster.pid")
        return pid if pid and _serves(pid, self.data) else None

    def running(self) -> bool:
        return self.pid() is not None

    def stop(self) -> None:
        """Ends the server in order (open connections are closed, nothing committed is lost)."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_S
        while time.monotonic() < deadline:
            self._reap()
            if not alive(pid):
                return self._reap()
            time.sleep(0.02)
        raise NoDatabase(f"The database (process {pid}) did not stop within {STOP_S} s.")


class StillLocked(Exception):
    """A dead server's lock file still counts as alive: its process has not been reaped yet."""


def _first_number(lock: Path) -> int | None:
    try:
        return int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Whether that process is the server of this folder, and not one that was given a dead server's number."""
    return alive(pid) and str(data).encode() in _command_line(pid).split(b"\0")


def alive(pid: int) -> bool:
    """True when the process runs; a zombie counts as dead, since in some containers nobody ever reaps it, but not
    while a thread of it is left: that one still holds its files and ports."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    state, n_threads = fields[0], int(fields[17])
    return state not in ("Z", "X") or n_threads > 1


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""


def _refuse_c_locale(connection: "psycopg.Connection[Any]") -> None:
    row = connection.execute(
        "SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row and (row[0] in ("C", "POSIX") or row[1] != "UTF8"):
        raise NoDatabase(f"The database has the locale {row[0]} and {row[1]}; it must be C.UTF-8 and UTF8.")


def _reason(said: str, data: Path) -> str:
    """One sentence out of what initdb or the server wrote."""
    for sign, words in (
        ("No space left on device", f"The disk that holds {data} is full; free some space and start again."),
        ("Permission denied", f"{data} cannot be written by this account."),
        ("Read-only file system", f"{data} lies on a file system that is read-only."),
        ("database files are incompatible", f"{data} was made by another version of PostgreSQL."),
    ):
        if sign in said:
            return words
    errors = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error" in line.lower()]
    return f"The database did not start: {(errors or said.splitlines() or ['it said nothing'])[-1].strip()}"


def sentence(problem: OSError, where: Path) -> str:
    """One sentence for a file that could not be made or written; `where` stands in where the system names none."""
    name = problem.filename or where
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds {name} is full; free some space and start again."
    if problem.errno in (errno.EACCES, errno.EPERM):
        return f"{name} cannot be written by this account; set SHOUWANG_VAR to a folder that can."
    if problem.errno == errno.EROFS:
        return f"{name} lies on a file system that is read-only; set SHOUWANG_VAR to another folder."
    return f"{name}: {problem.strerror}; set SHOUWANG_VAR to a folder that can be written."


def _remove_folder(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
