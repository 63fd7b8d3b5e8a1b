"""Where the database is and how a role connects to it."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from shouwang.config.database import keys
from shouwang.config.environment import Environment, WrongSetting

SUPERUSER = "postgres"
LONGEST_SOCKET = 107  # bytes: sun_path of Linux less its closing zero
SOCKET_NAME = ".s.PGSQL.5432"


def role_name(environment: Environment, role: str) -> str:
    return f"{environment.schema}_{role}"


def role_password(environment: Environment, role: str) -> str:
    if environment.role_password and role == environment.role:
        return environment.role_password
    return keys.derived(environment.var, f"database role {role_name(environment, role)}")


def django_connection(environment: Environment) -> dict[str, Any]:
    """The `DATABASES` entry of this process: its own role, and no schema but the town's."""
    server = parameters(environment)
    return {
        "ENGINE": "shouwang.config.database.server",
        "HOST": server["host"],
        "PORT": server["port"],
        "NAME": server["dbname"],
        "USER": role_name(environment, environment.role),
        "PASSWORD": role_password(environment, environment.role),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": f"-c search_path={environment.schema}",
            "connect_timeout": 10,
            "server_side_binding": True,
            "prepare_threshold": None,  # kept plans made each connection grow for hours
        },
    }


def parameters(environment: Environment) -> dict[str, Any]:
    """host, port and dbname of the server, whoever connects."""
    if environment.database_url:
        url = _parsed(environment.database_url)
        socket = parse_qs(url.query).get("host", [""])[0]  # libpq's way to name a folder with the server's socket
        host = socket or url.hostname or "127.0.0.1"
        return {"host": host, "port": url.port or 5432, "dbname": unquote(url.path[1:])}
    return {"host": str(socket_folder(environment.var / "run")), "port": 5432, "dbname": environment.database_name}


def role_parameters(environment: Environment, role: str) -> dict[str, Any]:
    """What `psycopg.connect` needs to be that role."""
    return parameters(environment) | {
        "user": role_name(environment, role),
        "password": role_password(environment, role),
        "options": f"-c search_path={environment.schema}",
    }


def administrator_parameters(environment: Environment) -> dict[str, Any]:
    """The account that makes roles and databases: the server's own, or that of `DATABASE_URL`."""
    if environment.database_url:
        url = _parsed(environment.database_url)
        return parameters(environment) | {
            "user": unquote(url.username or SUPERUSER),
            "password": unquote(url.password or ""),
        }
    return parameters(environment) | {
        "user": SUPERUSER,
        "password": superuser_password(environment.var),
    }


def superuser_password(var: Path) -> str:
    return keys.derived(var, "database superuser")


def socket_folder(run: Path) -> Path:
    """`run`, or a short private folder in its place where the socket's path would be too long for the kernel."""
    if len(os.fsencode(run / SOCKET_NAME)) <= LONGEST_SOCKET:
        return run
    name = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    short = Path("/tmp") / f"shouwang-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise WrongSetting(f"{short} belongs to somebody else; set SHOUWANG_VAR to a shorter path.")
    return short


def _parsed(url: str) -> Any:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise WrongSetting("DATABASE_URL must look like postgresql://name:password@host:5432/database.")
    try:
        _ = parts.port
    except ValueError:
        raise WrongSetting("DATABASE_URL has a port that is no number between 1 and 65535.") from None
    return parts
