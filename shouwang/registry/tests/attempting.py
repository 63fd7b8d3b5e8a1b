"""A session of the role of the pages over bare SQL, and what of an identity came into its hands."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from shouwang.core import clock

CANARY = b"CANARY-sealed-name-of-somebody"
FORMS = (CANARY[:6], CANARY[:6].hex().encode(), base64.b64encode(CANARY[:6]))  # short columns hold only a part
MARK = "ca4a51ca-4a51"  # so begins every key of a planted row
ENTRY = """
INSERT INTO journal_entry (id, verb, topic, subject, subject_kind, actor_kind, person, at, commitment)
VALUES (%s, %s, 'identity.looked', %s, 'identity', 'person', %s, now(), '\\x00')
"""
OPEN = "SELECT open_look('identity', %s::uuid[], %s, %s, %s, %s::varchar[], %s, NULL)"
READ = "SELECT * FROM read_identities(%s)"


def _connected(parameters: dict[str, Any]) -> psycopg.Connection[Any]:
    """Thousands of connections a minute: on a busy machine one of them is late now and then."""
    for _ in range(3):
        with suppress(psycopg.OperationalError):
            return psycopg.connect(**parameters, autocommit=True)
    return psycopg.connect(**parameters, autocommit=True)


class Session:
    """One connection as role web, signed in as `person`. `seen` is true once any identity reached it.

    met  true once the key of a planted row reached it
    """

    def __init__(self, parameters: dict[str, Any], person: UUID | None = None) -> None:
        self.connection = _connected(parameters)
        self.connection.add_notice_handler(lambda notice: self._look_for_canary(str(notice.message_primary)))
        self.person = person or uuid4()
        self.refusals: list[str] = []
        self.seen = self.met = False
        self.run("SELECT set_config('shouwang.person', %s, false)", [str(self.person)])

    def run(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The rows; none when the database refused. Whatever came back is searched for the canary."""
        try:
            cursor = self.connection.execute(statement, values)
            rows = cursor.fetchall() if cursor.description else []
        except psycopg.Error as refusal:
            self.refusals.append(str(refusal))
            self._look_for_canary(str(refusal))
            return []
        self._look_for_canary(rows)
        return rows

    def copy_out(self, statement: str) -> None:
        try:
            with self.connection.cursor() as cursor, cursor.copy(statement) as data:
                self._look_for_canary(b"".join(bytes(part) for part in data))
        except psycopg.Error as refusal:
            self.refusals.append(str(refusal))

    def entry(self, *, verb: str = "identity.look", person: UUID | None = None) -> UUID:
        row = uuid4()
        self.run(ENTRY, [row, verb, row, person or self.person])
        return row

    def leave(self, identities: list[Any], **other: Any) -> UUID | None:
        """A token asked for in the usual way, less what `other` changes."""
        asked: dict[str, Any] = {
            "purpose": "handling",
            "basis": "statutory_duty",
            "matter": None,
            "fields": ["name", "number"],
        } | other
        entry = asked["entry"] if "entry" in asked else self.entry()
        rows = self.run(OPEN, [identities, asked["purpose"], asked["basis"], asked["matter"], asked["fields"], entry])
        return rows[0][0] if rows else None

    def read(self, token: UUID | None) -> list[tuple[Any, ...]]:
        return self.run(READ, [token])

    def close(self) -> None:
        self.connection.close()

    def _look_for_canary(self, found: Any) -> None:
        if isinstance(found, (list, tuple)):
            for one in found:
                self._look_for_canary(one)
        elif isinstance(found, (bytes, bytearray, memoryview)):
            self.seen = self.seen or any(form in bytes(found) for form in FORMS)
        elif isinstance(found, str):
            self.met = self.met or MARK in found
            self._look_for_canary(found.encode())
        elif isinstance(found, UUID):
            self.met = self.met or str(found).startswith(MARK)
        elif isinstance(found, (dict, Jsonb)):
            self._look_for_canary(str(found))


def plant_identity(parameters: dict[str, Any]) -> UUID:
    """An identity whose sealed name can be recognised wherever it turns up."""
    row = uuid4()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO registry_identity"
            " (id, name_enc, number_enc, protected, do_not_contact, key_number, created_at)"
            " VALUES (%s, %s, %s, false, false, 1, %s)",
            [row, CANARY, CANARY, clock.now()],
        )
    return row


@contextmanager
def blinded(owner: Session) -> Iterator[None]:
    """The planted fault: the function no longer asks whether the trace is committed."""
    ((source,),) = owner.run("SELECT pg_get_functiondef('spend_leave(uuid,boolean)'::regprocedure)")
    blind = source.replace("IS DISTINCT FROM 'committed'", "IS NULL").replace("pg_current_xact_id()", "-1")
    assert blind != source
    owner.run(blind)
    try:
        yield
    finally:
        owner.run(source)
