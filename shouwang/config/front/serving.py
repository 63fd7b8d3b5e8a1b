"""Starting the front: uvicorn on a listening socket that outlives it, so that a restart refuses nobody."""

import socket
import sys
from importlib import import_module
from importlib.util import find_spec

import uvicorn

from shouwang.config.environment import Environment, WrongSetting
from shouwang.config.front.app import Application, Front
from shouwang.config.front.protocol import PatientProtocol
from shouwang.config.settling import settle

LIVE = "shouwang.config.live"
SWITCH_S = 0.0005  # threads that store positions and ask who may hear must not hold up what is passed on
LET_GO_S = 3  # open streams end after that, or the process would wait for its clients


def listen(environment: Environment) -> socket.socket:
    """The listening socket. Raises WrongSetting with one sentence for a port that cannot be had."""
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((environment.host, environment.port))
    except OSError as problem:
        listening.close()
        raise WrongSetting(_why(environment, problem)) from None
    listening.listen(1024)
    return listening


def serve(environment: Environment, listening: socket.socket) -> None:
    sys.setswitchinterval(SWITCH_S)
    config = uvicorn.Config(
        Front(environment, _live()),
        http=PatientProtocol,
        ws="none",
        loop="uvloop",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=LET_GO_S,
        ssl_certfile=environment.tls_certificate or None,
        ssl_keyfile=environment.tls_key or None,
    )
    settle()
    uvicorn.Server(config).run(sockets=[listening])


def _live() -> Application | None:
    if not find_spec(LIVE):
        return None
    application: Application = import_module(LIVE).application
    return application


def _why(environment: Environment, problem: OSError) -> str:
    at = f"{environment.host}:{environment.port}"
    if problem.errno == 98:
        return f"Port {environment.port} is taken by another program; choose another one with SHOUWANG_PORT."
    if problem.errno == 13:
        return f"This account may not listen on port {environment.port}; choose one above 1023 with SHOUWANG_PORT."
    if problem.errno in (99, -2, -5):
        return f"This machine has no address {environment.host}; set SHOUWANG_HOST to one it has."
    return f"Cannot listen on {at}: {problem.strerror}."
