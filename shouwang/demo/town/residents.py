"""People for a made town: households in its dwellings, with names, numbers and telephones of nobody.

Written by COPY and sealed like any others. Document numbers carry a division that is nobody's, and telephones the
exchange 19900, which is not given out.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.core.keyring import active_number, sealer
from shouwang.demo.names import CLANS
from shouwang.journal.record import record
from shouwang.places.keeping import copy_rows
from shouwang.places.models import Address
from shouwang.registry.dwellings import STREETS
from shouwang.registry.keeping import LIVING, RENTAL, STANDING, dates
from shouwang.registry.lists import Register
from shouwang.registry.protecting import SEALED, TABLES, HashOf, index_columns, many_hashes
from shouwang.registry.spelling import address_grams, name_grams

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文志国宇浩轩梓涵欣怡子晨雨婷佳俊博思雅诗琪嘉豪晓东春梅"
DIVISION = "431399"
EXCHANGE = "19900"
HOUSEHOLD = (1, 2, 2, 3, 3, 3, 4, 5)  # as many people, drawn evenly: 2.9 in the middle
LET_SHARE = 0.22
OLD_SINCE = 1960
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"

KEPT = "id, source, basis, verified_at, verify_by, retain_until, stale, created_at"
DWELLING = (
    f"{KEPT}, address_id, address_text, street, area_id, place_grams, building_use, occupancy, hazards, key_number,"
    " let_for, letting_no"
)
RESIDENT = (
    f"{KEPT}, category, name, doc_kind, doc_no_enc, doc_bucket, doc_check, sex, birth_date_enc, phone_enc,"
    " emergency_contact_enc, phone_bucket, phone_check, tail_bucket, tail_check, look_for_me, key_number, grams,"
    " street, area_id, place_grams"
)
RESIDENCE = f"{KEPT}, resident_id, dwelling_id, relation, from_on, declared_by, receipt_no"
_LEAVES = """
SELECT one.id, one.full_text, one.searched, one.path, one.area_id FROM places_address AS one
LEFT JOIN places_foundplace AS found ON found.id = one.id
WHERE one.status = 'in_use' AND one.area_id IS NOT NULL
  AND (one.element = 'room' OR one.element = 'building' AND found.households > 0
       AND NOT EXISTS (SELECT 1 FROM places_address AS below WHERE below.parent_id = one.id))
ORDER BY one.path
"""


def _sealers() -> dict[str, Callable[[bytes, object], bytes]]:
    return {one: sealer(TABLES[Register.RESIDENT], one) for one in SEALED[Register.RESIDENT]}


@dataclass
class Peopling:
    """Rows of the three tables, filled household by household."""

    at: dt.datetime
    draw: random.Random
    streets: dict[int, str]
    key_number: int
    hashed: HashOf = field(default_factory=many_hashes)
    sealed: dict[str, Callable[[bytes, object], bytes]] = field(default_factory=_sealers)
    dwellings: list[Sequence[Any]] = field(default_factory=list)
    residents: list[Sequence[Any]] = field(default_factory=list)
    residences: list[Sequence[Any]] = field(default_factory=list)

    def household(self, home: tuple[UUID, str, str, str, UUID], size: int) -> None:
        """A dwelling and those who live in it; one surname for most."""
        address, full_text, searched, path, area = home
        numbers = (int(number) for number in reversed(path.strip("/").split("/")))
        street = next((self.streets[number] for number in numbers if number in self.streets), "")
        grams, dwelling, let = address_grams(searched), new_id(), self.draw.random() < LET_SHARE
        self.dwellings.append(
            (*self._kept(dwelling, STANDING), address, full_text, street, area, grams, "dwelling",
             "let" if let else "owner", 0, self.key_number, "housing" if let else "", "")
        )  # fmt: skip
        clan = self.draw.choice(CLANS)
        for n in range(size):
            relation = ("tenant" if let else "owner") if n == 0 else ("lodger" if let and n == 3 else "family")
            row = self._person(clan if n != 1 else self.draw.choice(CLANS), child=n > 1, migrant=let)
            self.residents.append((*row, street, area, grams))
            self._residence(row[0], dwelling, relation)

    def _person(self, clan: str, *, child: bool, migrant: bool) -> tuple[Any, ...]:
        draw, row = self.draw, new_id()
        name = clan + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2, 2))))
        year = draw.randint(2008, 2022) if child else draw.randint(1940, 2004)
        doc_no = made_number(f"{year}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}", len(self.residents))
        phone = "" if child else f"{EXCHANGE}{draw.randrange(10**6):06d}"
        old = not child and year <= OLD_SINCE  # who is likely to have named somebody to call
        marks = index_columns(row, doc_no=doc_no, phone=phone or None, hashed=self.hashed)
        return (
            *self._kept(row, LIVING), "migrant" if migrant else "registered", name, "id_card",
            self.sealed["doc_no"](doc_no.encode(), row), marks["doc_bucket"], marks["doc_check"], 9,
            self.sealed["birth_date"](str(year).encode(), row),
            self.sealed["phone"](phone.encode(), row) if phone else None,
            self.sealed["emergency_contact"](f"家人 {EXCHANGE}{phone[:4:-1]}".encode(), row) if old else None,
            marks.get("phone_bucket"), marks.get("phone_check"), marks.get("tail_bucket"), marks.get("tail_check"),
            old and phone[-1] in "369", self.key_number, name_grams(name),
        )  # fmt: skip

    def _residence(self, resident: UUID, dwelling: UUID, relation: str) -> None:
        limit = RENTAL if relation in ("tenant", "lodger") else LIVING
        since = local_date(self.at) - dt.timedelta(days=self.draw.randint(1, 4000))
        *kept, _verified = self._kept(new_id(), limit)
        entered = dt.datetime.combine(since, dt.time(4), dt.UTC) + dt.timedelta(days=self.draw.triangular(0, 7, 1))
        kept.append(min(entered, self.at))
        self.residences.append((*kept, resident, dwelling, relation, since, "self", receipt_code()))

    def _kept(self, row: UUID, limit: Any) -> tuple[Any, ...]:
        """Verified some day of the last year and a quarter, so that a few are stale."""
        days_ago = int(self.draw.triangular(0, 450, 40))
        told = self._dates(days_ago, limit)
        return (row, "declared", "statutory_duty", told["verified_at"], told["verify_by"], told["retain_until"],
                told["verify_by"] < local_date(self.at), told["verified_at"])  # fmt: skip

    def _dates(self, days_ago: int, limit: Any) -> dict[str, Any]:
        known = _DATES.setdefault((days_ago, limit.amount), {})
        if not known:
            known.update(dates(self.at - dt.timedelta(days=days_ago), limit))
        return known


_DATES: dict[tuple[int, int], dict[str, Any]] = {}


def lay_residents(n_residents: int, seed: int, *, at: dt.datetime) -> int:
    """Fill the dwellings of the town, here and there; how many people live there then."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES)
        homes = cursor.fetchall()
    random.Random(f"{seed}:homes").shuffle(homes)
    streets = dict(Address.objects.filter(element__in=STREETS).values_list("number", "name"))
    with acting(Actor.system()):
        people, n_laid = Peopling(at, random.Random(f"{seed}:people"), streets, active_number()), 0
        for batch in _batches(homes):
            for home in batch:
                if n_laid + len(people.residents) < n_residents:
                    left = n_residents - n_laid - len(people.residents)
                    people.household(home, min(people.draw.choice(HOUSEHOLD), left))
            n_laid += _write(people)
        record("register.lay", topic="register.changed", subject=("town", new_id()), by=Actor.system(), at=at,
               n_rows=n_laid)  # fmt: skip
    return n_laid


def _batches(homes: list[Any], size: int = 20_000) -> Iterator[list[Any]]:
    for start in range(0, len(homes), size):
        yield homes[start : start + size]


def _write(people: Peopling) -> int:
    """Everything gathered so far, and the lists empty again."""
    copy_rows("registry_dwelling", DWELLING, people.dwellings)
    copy_rows("registry_resident", RESIDENT, people.residents)
    copy_rows("registry_residence", RESIDENCE, people.residences)
    n_written = len(people.residents)
    for rows in (people.dwellings, people.residents, people.residences):
        rows.clear()
    return n_written


def made_number(born: str, serial: int) -> str:
    """A well-formed document number of nobody."""
    body = f"{DIVISION}{born}{serial % 1000:03d}"
    return body + _CHECKS[sum(int(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True)) % 11]
