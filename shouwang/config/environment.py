"""Every environment variable the system reads: name, type, default and meaning, in this file only.

A variable is the field's name in capitals with `SHOUWANG_` in front; `database_url` alone is `DATABASE_URL`,
the name other software expects.
"""

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROLES = ("owner", "web", "portal", "jobs", "seal", "read")
FACES = ("desk", "field", "portal", "api")


class WrongSetting(Exception):
    """An environment variable that cannot be understood; the text is one sentence for the person who set it."""


def setting(default: Any, says: str) -> Any:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True, kw_only=True)
class Environment:
    # Where things are
    var: Path = setting(ROOT / "var", "Folder of everything made at run time: database, files, keys, logs.")
    host: str = setting("127.0.0.1", "Address the one public port listens on.")
    port: int = setting(8000, "The one public port.")
    hosts: tuple[str, ...] = setting((), "Names under which pages are served, besides this machine's own.")
    address: str = setting("", "Address printed on paper and in messages, such as https://qingshi.example.")
    faces: tuple[str, ...] = setting(FACES, "Faces that this process serves: desk, field, portal, api.")

    # Database
    database_url: str = setting(
        "",
        "An ordinary PostgreSQL server, as postgresql://administrator:password@host:port/name; its account "
        "makes roles during upgrade and is used for nothing else. Empty: the embedded server.",
    )
    database_name: str = setting("shouwang", "Name of the database in the embedded server.")
    schema: str = setting("town", "Schema that holds every table of this town; also the prefix of its roles.")
    role: str = setting("web", "Database role of this process: owner, web, portal, jobs, seal or read.")
    role_password: str = setting("", "Password of this process's role, where it may not read the secret key.")
    page_key: str = setting("", "Key that signs what this process hands out, where it may not read the secret key.")
    field_keys: str = setting("", "Keys that this process has instead of the ring; `bin/shouwang keys` prints them.")
    hidden: tuple[str, ...] = setting((), "Paths that this process may never open again (Linux 5.13 or newer).")
    pg_bin: str = setting("", "Folder of the PostgreSQL programs for the embedded server; empty: look for them.")
    service_user: str = setting("postgres", "Account that runs the database where root may not use user namespaces.")

    # Journal
    journal_origin: str = setting(
        "shouwang.invalid/town", "Name under which this town's journal signs, without spaces; fixed by the first start."
    )

    # Time and language
    time_zone: str = setting("Asia/Shanghai", "Zone in which times are shown.")
    debug: bool = setting(False, "Show errors in the browser; never where others can reach the port.")

    # Processes
    web_threads: int = setting(4, "Threads of each of the two processes that serve the staff pages.")
    portal_threads: int = setting(4, "Threads of the process that serves the public pages.")
    tls_certificate: str = setting("", "Certificate file; with it pages are served over HTTPS only.")
    tls_key: str = setting("", "Private key file of the certificate.")
    redirect_port: int = setting(0, "A second port that sends plain HTTP on to HTTPS; 0: none.")
    trusted_proxies: tuple[str, ...] = setting((), "Addresses of reverse proxies whose X-Forwarded-For is believed.")
    metrics_token: str = setting("", "Token with which /metrics may be read from elsewhere.")
    demo: bool = setting(False, "Show the cast of the demo town as buttons; set by `bin/shouwang demo` only.")

    field_cipher: str = setting(
        "aes", "Cipher of the next key of sealed fields: “aes” (AES-256-GCM) or “sm” (SM4-GCM)."
    )

    # Dispatch
    received_within_s: int = setting(10, "Seconds until a task that no phone received is told by SMS and a call.")
    signed_within_s: int = setting(60, "Seconds until a task that nobody signed comes back to the desk with a sound.")

    # Looking back
    check_far_m: int = setting(500, "An arrival noted farther from its place than so many metres is asked about.")
    check_walk_kmh: int = setting(9, "From one visit to the next faster than this is asked about.")
    check_apart_m: int = setting(800, "A visit noted while one's unit was so many metres away is asked about.")

    # Messages
    service_name: str = setting("守望", "Name of this service, without any office: the sender of every message.")
    mail_url: str = setting("", "Mail server, as smtp://name:password@host:587 or smtps://…:465. Empty: none.")
    mail_from: str = setting("", "Sender address of mails.")
    sms_url: str = setting("", "Gateway for short messages and calls, as http://host:port. Empty: none is sent.")
    sms_secret: str = setting("", "Secret shared with that gateway; it signs what it reports with it.")

    # Terminals
    jt808_port: int = setting(0, "TCP port for JT/T 808 terminals, by custom 7808; 0: none is opened.")
    jt808_host: str = setting("127.0.0.1", "Address that port listens on; terminals outside need 0.0.0.0.")
    radio_gateway: str = setting("", "Gateway of a 350 MHz trunking network, as host:port. Empty: none.")

    # Tests
    test_pg_bin: str = setting("", "PostgreSQL programs that the tests use instead of those of the wheel.")
    test_skips: str = setting("tell", "“fail”: a skipped test is a failure, unless this machine cannot do it.")
    test_pg_stop: bool = setting(False, "Stop the tests' database server when the tests end.")
    test_days_ahead: int = setting(0, "How far the clock of the tests is set forward.")

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        given = {f.name: _parsed(f, variables[_variable(f)]) for f in fields(cls) if variables.get(_variable(f))}
        environment = cls(**given)
        environment._check()
        return environment

    def _check(self) -> None:
        if self.role not in ROLES:
            raise WrongSetting(f"SHOUWANG_ROLE is “{self.role}”; it must be one of {', '.join(ROLES)}.")
        if not 1 <= self.port <= 65535:
            raise WrongSetting(f"SHOUWANG_PORT is {self.port}; it must lie between 1 and 65535.")
        if not (self.schema.isidentifier() and self.schema.isascii() and self.schema.islower()):
            raise WrongSetting(f"SHOUWANG_SCHEMA is “{self.schema}”; use small letters, digits and “_”.")
        if min(self.received_within_s, self.signed_within_s) < 1:
            raise WrongSetting("SHOUWANG_RECEIVED_WITHIN_S and SHOUWANG_SIGNED_WITHIN_S must be at least 1 second.")
        if self.field_cipher not in ("aes", "sm"):
            raise WrongSetting(f"SHOUWANG_FIELD_CIPHER is “{self.field_cipher}”; it must be “aes” or “sm”.")
        unknown = set(self.faces) - set(FACES)
        if unknown:
            raise WrongSetting(f"SHOUWANG_FACES names “{min(unknown)}”; known are {', '.join(FACES)}.")


def described() -> list[tuple[str, str, str, str]]:
    """(variable, type, default, meaning) of every setting."""
    return [(_variable(f), _type_name(f), _default(f), f.metadata["says"]) for f in fields(Environment)]


def reference() -> str:
    """docs/reference/settings.md."""
    rows = [f"| `{name}` | {kind} | {default} | {says} |" for name, kind, default, says in described()]
    head = ["# Settings", "", "Made by `bin/shouwang settings` from `shouwang/config/environment.py`.", ""]
    return "\n".join([*head, "| variable | type | default | meaning |", "|---|---|---|---|", *rows, ""])


def _default(f: Field[Any]) -> str:
    if isinstance(f.default, tuple):
        return ", ".join(f.default)
    if isinstance(f.default, bool):
        return "1" if f.default else "0"
    return str(f.default.relative_to(ROOT)) if isinstance(f.default, Path) else str(f.default)


def _variable(f: Field[Any]) -> str:
    return "DATABASE_URL" if f.name == "database_url" else f"SHOUWANG_{f.name.upper()}"


def _type_name(f: Field[Any]) -> str:
    return {"tuple[str, ...]": "list"}.get(str(f.type), getattr(f.type, "__name__", str(f.type)))


def _parsed(f: Field[Any], text: str) -> Any:
    text = text.strip()
    if f.type is int:
        try:
            return int(text)
        except ValueError:
            raise WrongSetting(f"{_variable(f)} is “{text}”; it must be a whole number.") from None
    if f.type is bool:
        if text.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise WrongSetting(f"{_variable(f)} is “{text}”; it must be 1 or 0.")
        return text.lower() in ("1", "true", "yes")
    if f.type is Path:
        return Path(text).expanduser().resolve()
    if f.type == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def current() -> Environment:
    return Environment.read(os.environ)
