"""What each process is given, and what is kept from it: its own password, its own keys, and no way to the others'.

One account runs them all, so files alone keep nothing apart. A process gets by its environment what it needs, and then
gives up, for itself and its children, the right to open the rest (confining.py). Separate accounts add to this that the
kernel stops what a process does before it gives that right up; deploy/ shows them.
"""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from shouwang.config.database import keys, place
from shouwang.config.environment import Environment

PORTAL_COLUMNS = (
    "evidence.file_key",  # the copies of photos that it shows to whoever sent them
    "registry_owncopy.content",  # what a job put together for the resident who asked; never the registers themselves
)
PURPOSES = {  # those of `web` come beside the ring itself
    "portal": (
        "matters.one_time_code", "matters.receipt_try", "people.contact", "people.contact_code",
        "people.contact_source", "people.failed_sign_in", "people.grant", "people.recovery_code",
        "registry.counter_code", "registry_identity.number_index", "registry_vehicle.plate",
    ),
    "front": ("people.grant",),  # a wall screen shows its grant to listen
    "web": (
        "notices_optout.number_hash", "oversight.export_key", "people.recovery_code", "registry_declaration.receipt",
        "registry_search.terms", "visit.code",
    ),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {"portal": PORTAL_COLUMNS, "front": ()}

PROCESSES = Path("/proc")
HIDDEN = {  # of those that strangers reach; the others make files beside the hidden ones, which nobody confined may
    "portal": ("",),  # the whole folder
    "front": ("key", "journal.key", "ring"),
}
ONLY_FOR = {
    "SHOUWANG_SMS_URL": ("web", "jobs"),
    "SHOUWANG_SMS_SECRET": ("web", "jobs"),
    "SHOUWANG_MAIL_URL": ("web", "jobs"),
    "SHOUWANG_MAIL_FROM": ("web", "jobs"),
    "SHOUWANG_METRICS_TOKEN": ("front",),
}


def variables_for(environment: Environment, name: str) -> dict[str, str]:
    """What a process of this name is given on top of, or instead of, what the town was started with."""
    given = secrets_for(environment, name) | {
        "SHOUWANG_HIDDEN": ",".join(str(path) for path in _hidden(environment.var, name)),
        "DATABASE_URL": without_login(environment.database_url),
        "TMPDIR": str(environment.var / "run" / "tmp"),
    }
    return given | {variable: "" for variable, names in ONLY_FOR.items() if name not in names}


def secrets_for(environment: Environment, name: str) -> dict[str, str]:
    """The password and the keys of one process, as variables. Whoever has them can do what that process can."""
    role = "web" if name == "front" else name
    return {
        "SHOUWANG_ROLE_PASSWORD": place.role_password(replace(environment, role_password=""), role),
        "SHOUWANG_PAGE_KEY": keys.derived(environment.var, f"pages of {name}"),
        "SHOUWANG_FIELD_KEYS": _handed(environment, name) if name in COLUMNS else "",
    }


def make_ready(var: Path) -> None:
    """The folders that processes write in, before they give up making new ones beside them."""
    for folder in ("files", "transparency", "log", "run", "run/tmp", "secrets"):
        (var / folder).mkdir(parents=True, exist_ok=True, mode=0o700)


def close_to_others(var: Path) -> None:
    """Nobody but this account reads a secret, whatever copied it here."""
    for path in [var / "secrets", *(var / "secrets").rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def without_login(url: str) -> str:
    """A server's address without the administrator's name and password: only `upgrade` needs those."""
    if not url:
        return ""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _hidden(var: Path, name: str) -> list[Path]:
    """Keys, and what the kernel tells of other processes: their environment is there for any of the same account."""
    return [PROCESSES, *(var / "secrets" / one for one in HIDDEN[name])] if name in HIDDEN else []


def _handed(environment: Environment, name: str) -> str:
    from shouwang.core import keyring

    ring = environment.var / "secrets" / "ring"
    profile = environment.field_cipher
    return keyring.hand_out(ring, columns=COLUMNS[name], purposes=PURPOSES[name], profile=profile).written()
