"""The process that answers pages: gunicorn with threads, loaded once and forked."""

import os
import sys
from pathlib import Path

from shouwang.config.database.place import socket_folder
from shouwang.config.environment import Environment


def name_of(environment: Environment) -> str:
    return "portal" if set(environment.faces) == {"portal"} else "web"


def serve(environment: Environment, *, bind: str | None = None) -> None:
    """Replaces this process."""
    name = name_of(environment)
    workers, threads = (1, environment.portal_threads) if name == "portal" else (2, environment.web_threads)
    socket = socket_folder(environment.var / "run") / f"{name}.sock"
    arguments = [
        f"--bind={bind or f'unix:{socket}'}",
        "--worker-class=shouwang.config.workers.Worker",
        f"--workers={workers}",
        f"--threads={threads}",
        "--preload",
        "--keep-alive=75",
        "--graceful-timeout=10",
        "--timeout=60",
        "--forwarded-allow-ips=*",  # only the front reaches the socket, and it writes these headers itself
        "--no-control-socket",
        "--log-level=warning",
        f"--worker-tmp-dir={'/dev/shm' if Path('/dev/shm').is_dir() else '/tmp'}",
        "shouwang.config.wsgi:application",
    ]
    inherited = os.umask(0o077)
    if inherited & 0o007 == 0o007:  # set by whoever runs each process with an account of its own
        os.umask(inherited)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # one for each thread would keep what each once needed at most
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
