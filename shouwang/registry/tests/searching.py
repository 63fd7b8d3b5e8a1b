"""A session of the role of the pages that searches and opens residents over bare SQL, and what it came to see."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg

from shouwang.registry.tests.attempting import CANARY, Session

NAME = CANARY.decode()
TERMS = json.dumps({"grams": ["wx"]})
OTHER_TERMS = json.dumps({"grams": ["zz"]})
FIND = "SELECT * FROM find_records(%s, %s)"
READ = "SELECT * FROM read_records(%s)"
SEARCH = "SELECT open_search(%s, 'resident', %s, %s::varchar[])"
LOOK = (
    "SELECT open_look('resident', %s::uuid[], 'visit', 'statutory_duty', NULL, '{name,residences}'::varchar[], %s, %s)"
)
SITTING = """
INSERT INTO registry_sitting (id, person, purpose, basis, began_at, ends_at)
VALUES (%s, %s, 'visit', 'statutory_duty', now(), now() + interval '14 minutes')
"""
PLANT = """
INSERT INTO registry_resident (id, category, name, doc_kind, doc_no_enc, doc_bucket, doc_check, sex, look_for_me,
    key_number, grams, street, area_id, place_grams, source, basis, verified_at, verify_by, retain_until, stale,
    created_at)
VALUES (%s, 'registered', %s, 'id_card', %s, 1, 'x', 9, false, 1, %s, '桥西路', %s, '{桥西}', 'visit',
    'statutory_duty', now(), now() + interval '1 year', now() + interval '3 years', false, now())
"""


def plant_resident(parameters: dict[str, Any], area: UUID, gram: str = "wx") -> UUID:
    """Somebody whose name can be recognised wherever it turns up."""
    row = uuid4()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute(PLANT, [row, NAME, CANARY, [gram], area])
    return row


class Searcher(Session):
    """An officer's session: says a purpose, searches, opens."""

    def __init__(self, parameters: dict[str, Any], person: UUID, paths: list[str]) -> None:
        super().__init__(parameters, person)
        self.paths = paths

    def sit(self) -> UUID:
        row = uuid4()
        self.run(SITTING, [row, self.person])
        return row

    def search(self, sitting: UUID, terms: str = TERMS) -> UUID | None:
        rows = self.run(SEARCH, [sitting, terms, self.paths])
        return rows[0][0] if rows else None

    def find(self, search: UUID | None, terms: str = TERMS) -> list[tuple[Any, ...]]:
        return self.run(FIND, [search, terms])

    def look(self, records: list[UUID], search: UUID | None) -> UUID | None:
        rows = self.run(LOOK, [records, self.entry(verb="register.look"), search])
        return rows[0][0] if rows else None

    def read_record(self, token: UUID | None) -> list[tuple[Any, ...]]:
        return self.run(READ, [token])
