"""The processes of a town: a dead one starts again, all end together, and nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from shouwang.config import supervisor as module
from shouwang.config.database.cluster import alive, sentence
from shouwang.config.database.programs import NoDatabase
from shouwang.config.supervisor import Process, Supervisor, birth, end_leftovers

SLEEPS = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def soon(true, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def running(tmp_path, monkeypatch):
    """A supervisor with one process, in a thread of its own."""
    monkeypatch.setattr(module, "SOON_S", 0.05)
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)  # only a main thread may listen for signals
    process = Process("sleeper", SLEEPS, wait_s=0.05)
    supervisor = Supervisor(tmp_path, None, [process])
    supervisor.claim()
    thread = threading.Thread(target=supervisor.run, args=(lambda: None,))
    thread.start()
    assert soon(lambda: process.running is not None)
    yield supervisor, process
    supervisor.stopping.set()
    thread.join(15)


def test_a_process_that_dies_is_started_again(running):
    _, process = running
    first = process.running.pid

    os.kill(first, signal.SIGKILL)

    assert soon(lambda: process.running is not None and process.running.pid != first)


def test_a_process_that_keeps_dying_is_started_ever_more_slowly(tmp_path):
    supervisor = Supervisor(tmp_path, None, [Process("broken", [sys.executable, "-c", "raise SystemExit(1)"])])
    waits = []
    for _ in range(8):
        process = supervisor.processes[0]
        process.start(dict(os.environ), supervisor.log.keep)
        process.running.wait()
        supervisor._plan_restart(process, time.monotonic())
        waits.append(process.wait_s)
    supervisor.log.close()

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_when_it_ends_nothing_is_left(running):
    supervisor, process = running
    pid = process.running.pid

    supervisor.stopping.set()

    assert soon(lambda: not alive(pid))
    assert soon(lambda: not supervisor.record.exists())


def test_a_second_supervisor_of_the_same_folder_is_refused(running, tmp_path):
    with pytest.raises(NoDatabase, match="already running"):
        Supervisor(tmp_path, None, []).claim()


def test_what_a_killed_supervisor_left_is_ended_and_nothing_else(tmp_path):
    left = subprocess.Popen(SLEEPS, stdout=subprocess.DEVNULL, start_new_session=True)
    other = subprocess.Popen(SLEEPS, stdout=subprocess.DEVNULL, start_new_session=True)
    record = tmp_path / "processes.json"
    record.write_text(json.dumps({"left": [left.pid, birth(left.pid)], "other": [other.pid, "a number used before"]}))

    threading.Timer(0.2, left.wait).start()
    end_leftovers(record)

    assert left.wait() == -signal.SIGKILL
    assert other.poll() is None
    other.kill()
    other.wait()


def test_log_lines_are_kept_as_json_with_their_process(tmp_path, capsys):
    supervisor = Supervisor(tmp_path, None, [])

    supervisor.log.keep("web", b'{"level": "info", "says": "fine"}\n')
    supervisor.log.keep("jobs", b"Traceback: not JSON\n")
    supervisor.log.close()

    lines = [json.loads(line) for line in (tmp_path / "log" / "shouwang.log").read_text().splitlines()]
    assert lines == [
        {"process": "web", "level": "info", "says": "fine"},
        {"process": "jobs", "level": "error", "says": "Traceback: not JSON"},
    ]
    assert "fine" not in capsys.readouterr().err


def test_a_log_that_grows_is_turned_over(tmp_path, monkeypatch):
    monkeypatch.setattr(module.Log, "LARGEST", 1000)
    supervisor = Supervisor(tmp_path, None, [])

    for n in range(100):
        supervisor.log.say("web", "info", f"line {n}")
    supervisor.log.close()

    assert sorted(path.name for path in (tmp_path / "log").iterdir()) == [
        "shouwang.log", "shouwang.log.1", "shouwang.log.2", "shouwang.log.3", "shouwang.log.4", "shouwang.log.5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "named", "says"),
    [
        (28, None, "The disk that holds /var is full; free some space and start again."),
        (
            13,
            "/var/run",
            "/var/run cannot be written by this account; set SHOUWANG_VAR to a folder that can.",
        ),
        (
            30,
            "/var/run",
            "/var/run lies on a file system that is read-only; set SHOUWANG_VAR to another folder.",
        ),
    ],
)
def test_a_folder_that_cannot_be_used_is_named_in_one_sentence(number, named, says):
    assert sentence(OSError(number, "whatever the system says", named), Path("/var")) == says


def test_a_town_in_a_place_that_is_no_folder_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NoDatabase, match="Not a directory; set SHOUWANG_VAR"):
        Supervisor(tmp_path / "file" / "var", None, []).claim()
