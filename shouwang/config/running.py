"""A town, running: database, upgrade, processes, and the address to go to."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from shouwang.config.database.programs import NoDatabase
from shouwang.config.database.town import town_cluster
from shouwang.config.environment import Environment, current
from shouwang.config.front.serving import listen
from shouwang.config.handing import close_to_others, make_ready, variables_for
from shouwang.config.supervisor import Process, Supervisor

READY_S = 90


def say_at_once(text: str) -> None:
    """Also where nobody watches: into a file or a pipe."""
    print(text, flush=True)


@dataclass
class Town:
    environment: Environment
    say: Callable[[str], None] = say_at_once
    moves_crews: bool = False  # the demo's crews drive about

    def __post_init__(self) -> None:
        self.cluster = None if self.environment.database_url else town_cluster(self.environment)
        self.supervisor = Supervisor(self.environment.var, self.cluster, [])

    def prepare(self) -> None:
        """Everything that can be refused is refused here, before anything has been changed."""
        for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell had us ignore them
            signal.signal(number, signal.default_int_handler)
        self.supervisor.claim()
        self.listening = listen(self.environment)
        if self.cluster:
            self.say("Database …")
            self.cluster.start()

    def run_command(self, *arguments: str, role: str) -> None:
        """One of our own commands, in a process and a role of its own. Raises NoDatabase when it fails."""
        done = subprocess.run(command(*arguments), env=dict(os.environ) | {"SHOUWANG_ROLE": role})
        if done.returncode != 0:
            raise NoDatabase(f"`bin/shouwang {arguments[0]}` did not succeed; nothing was started.")

    def serve(self) -> int:
        make_ready(self.environment.var)
        close_to_others(self.environment.var)
        self.supervisor.processes = processes(self.environment, self.listening)
        if self.moves_crews:
            self.supervisor.processes.append(Process("drive", command("drive"), {"SHOUWANG_ROLE": "web"}))
        self.supervisor.environment |= {
            "PROMETHEUS_MULTIPROC_DIR": str(self._figures()),
            "SHOUWANG_ADDRESS": self.environment.address or address(self.environment),
            "SHOUWANG_HOSTS": ",".join(names_of(self.environment)),
        }
        return self.supervisor.run(when_ready=lambda: threading.Thread(target=self._announce, daemon=True).start())

    def close(self) -> None:
        self.supervisor.stop()

    def _figures(self) -> "os.PathLike[str]":
        """An empty folder for the processes' figures: those of an earlier run would be counted again."""
        folder = self.environment.var / "run" / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        return folder

    def _announce(self) -> None:
        """Once, when every face answers; or which of them did not in time."""
        deadline = time.monotonic() + READY_S
        silent = silent_faces(self.environment)
        while silent and time.monotonic() < deadline:
            if self.supervisor.stopping.wait(0.1):
                return
            silent = silent_faces(self.environment)
        if not silent:
            return self.say(welcome(self.environment))
        who = ", ".join(silent)
        self.say(f"After {READY_S} s these do not answer: {who}; see {self.environment.var}/log/shouwang.log")


def town_here(*, tls: bool = False) -> Town:
    """The town that the environment describes; `tls` opens it to phones, by a certificate of our own if none is set."""
    if tls or current().tls_certificate:
        from shouwang.config.tls import settings_for_tls

        os.environ.update(settings_for_tls(current(), for_phones=tls))
    return Town(current())


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "shouwang.config.command_line", *arguments]


def processes(environment: Environment, listening: socket.socket) -> list[Process]:
    """Those that the faces of this machine need; each with the least role, the least keys, the least settings."""
    staff = [face for face in environment.faces if face != "portal"]
    wanted = []
    if staff:
        wanted.append(_process(environment, "web", "serve", {"SHOUWANG_FACES": ",".join(staff)}))
        wanted.append(_process(environment, "jobs", "jobs"))
        wanted.append(_process(environment, "seal", "seal"))
    if staff and environment.jt808_port:
        door = command("terminals", "--host", environment.jt808_host, "--port", str(environment.jt808_port))
        wanted.append(Process("terminals", door, {"SHOUWANG_ROLE": "web"} | variables_for(environment, "web")))
    if staff and environment.radio_gateway:
        radio = command("radio-door", "--gateway", environment.radio_gateway)
        wanted.append(Process("radio", radio, {"SHOUWANG_ROLE": "web"} | variables_for(environment, "web")))
    if "portal" in environment.faces:
        wanted.append(_process(environment, "portal", "serve", {"SHOUWANG_FACES": "portal"}))
    public = listening.fileno()
    front = Process("front", command("front", "--fd", str(public)), {"SHOUWANG_ROLE": "web"}, passes=(public,))
    front.variables |= variables_for(environment, "front")
    return [*wanted, front]


def _process(environment: Environment, name: str, word: str, more: Mapping[str, str] = MappingProxyType({})) -> Process:
    variables = {"SHOUWANG_ROLE": name, **more, **variables_for(environment, name)}
    return Process(name, command(word), variables)


def names_of(environment: Environment) -> list[str]:
    """Under which names pages are asked for: those set or printed, and the addresses that the port listens on."""
    from shouwang.config.tls import local_addresses

    everywhere = environment.host in ("0.0.0.0", "::")
    printed = re.sub(r":\d+$", "", urlsplit(environment.address).netloc)
    here = local_addresses() if everywhere else [environment.host]
    return list(dict.fromkeys([*environment.hosts, *([printed] if printed else []), *here]))


def address(environment: Environment) -> str:
    scheme = "https" if environment.tls_certificate else "http"
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(environment.host, environment.host)
    return f"{scheme}://{host}:{environment.port}"


def welcome(environment: Environment) -> str:
    lines = ["", f"Shouwang 守望 is ready: {address(environment)}", "(Ctrl-C stops everything)", ""]
    if environment.tls_certificate and environment.address:
        from shouwang.config.tls import qr_in_terminal

        field = f"{environment.address}/field/"
        lines += [f"On a phone of this network: {field}", qr_in_terminal(field)]
    elif environment.tls_certificate:
        lines.append(
            "No QR code for phones: the certificate names no host. Set SHOUWANG_ADDRESS, as https://name:port."
        )
    return "\n".join(lines)


def silent_faces(environment: Environment) -> list[str]:
    """The faces of this machine that do not answer yet, asked as a browser would ask them."""
    staff = [face for face in environment.faces if face != "portal"]
    silent = [] if not staff or _answers(environment, "/healthz") else staff
    return silent if "portal" not in environment.faces or _answers(environment, "/") else [*silent, "portal"]


def _answers(environment: Environment, path: str) -> bool:
    unchecked = ssl._create_unverified_context()  # asks itself: the certificate is made for others
    try:
        with urllib.request.urlopen(f"{address(environment)}{path}", timeout=5, context=unchecked) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False
