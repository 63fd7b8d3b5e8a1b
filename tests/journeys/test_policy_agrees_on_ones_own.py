"""Filing a declaration, taking it back, asking about one's own record: who may is what the page says (rules 14–16).

The people of a random town, and residents with accounts of every sort, try each act on pieces of ground and records;
what happens is compared with the brute-force model, and wrong policies that are planted are found.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction

from shouwang.core import clock, keyring
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import access
from shouwang.people.models import Grant, Person
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.verbs import Verb
from shouwang.places.models import Address
from shouwang.registry import requests
from shouwang.registry.declared import withdraw
from shouwang.registry.declaring import declare
from shouwang.registry.models import Declaration, Look, Resident
from shouwang.registry.protecting import index_columns
from shouwang.registry.tests.town import id_number
from tests.journeys.test_policy_agrees_in_the_database import Kept
from tests.journeys.test_policy_agrees_on_edits import on

pytestmark = [pytest.mark.timeout(600)]
NOW, N_PEOPLE = 50, 70
DECLARERS = ("self", "landlord", "employer", "agent", "property_manager", "officer")
KINDS = ("correct", "object", "erase", "explain")
LATER = dt.date(2099, 1, 1)
Answer = tuple[Any, bool, bool]  # what was tried, whether it was done, whether the page allows it
OwnerSql = Callable[..., list[Any]]


@pytest.fixture
def kept(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(policy_town, "EPOCH", clock.now() - dt.timedelta(hours=NOW, minutes=30))
    return Kept(policy_town.make_town(random.Random(47), n_people=N_PEOPLE, n_rows=1))


def done(act: Callable[[], object]) -> bool:
    """Whether it is done, by the rule and by the database; nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except (Problem, ProgrammingError):
        return False
    return True


def is_found(answers: Iterator[Answer]) -> bool:
    """Whether the page would have answered otherwise at least once."""
    return any(did != right for _, did, right in answers)


def disagreements(answers: Iterator[Answer]) -> list[Answer]:
    return [one for one in answers if one[1] != one[2]]


# Filing a declaration


@pytest.fixture
def rooms(kept: Kept, as_role: Any) -> dict[Any, Address]:
    """One address on every piece of ground."""
    with as_role("owner"):
        return {
            ground: Address.objects.create(number=980_000 + n, path=f"/{980_000 + n}/", element="room", name=f"{n}",
                                           full_text=f"{n}", area=area)
            for n, (ground, area) in enumerate(kept.areas.items())
        }  # fmt: skip


def filing(kept: Kept, rooms: dict[Any, Address], n_places: int = 5) -> Iterator[Answer]:
    """A resident is a person without a post; landlord, employer and property manager are such as well."""
    page, rng, at = policy_page.read(), random.Random(5), clock.now()
    for person in kept.people:
        if person["kind"] == "system" or not person["active"]:
            continue
        by = kept.actor(person)
        for ground in rng.sample(list(rooms), n_places):
            for declarer in DECLARERS:
                right = policy_page.may_declare(page, person, declarer, on(rooms[ground].area, ground), NOW)
                yield (person["n"], declarer, ground), _files(by, declarer, rooms[ground], at), right


def _files(by: Actor, declarer: str, address: Address, at: dt.datetime) -> bool:
    return done(lambda: declare(
        "arrival", {"name": "甲"}, address=address, declarer=declarer, happened_on=clock.local_date(at), by=by, at=at
    ))  # fmt: skip


@pytest.mark.item("S2")
def test_who_declares_what_and_where_is_what_the_page_says(kept: Kept, rooms: dict[Any, Address]) -> None:
    found = list(filing(kept, rooms))

    assert disagreements(iter(found)) == []
    assert sum(right for _, _, right in found) > 300
    assert sum(right for what, _, right in found if what[1] == "officer") > 20


# Asking about one's own record


class Residents:
    """Residents with accounts of every sort: joined, given up, closed, never joined, joined but not named any more."""

    def __init__(self, areas: list[Any], rng: random.Random) -> None:
        at, self.people, self.records = clock.now(), [], []
        for n in range(24):
            person = {"kind": "person", "person": uuid4(), "active": rng.random() < 0.85, "n": f"resident {n}"}
            record = {"id": uuid4(), "account": person["person"] if rng.random() < 0.8 else None, "joined": []}
            Person.objects.create(id=person["person"], name="甲", login=str(person["person"]), standing="resident",
                                  active=person["active"], created_at=at)  # fmt: skip
            ended = rng.random() < 0.25
            if rng.random() < 0.8:
                Grant.objects.create(kind="bound", subject=record["id"], person_id=person["person"], given_at=at,
                                     revoked_at=at if ended else None)  # fmt: skip
                record["joined"] += [] if ended else [person["person"]]
            keep_resident(record["id"], n, rng.choice(areas), record["account"])
            self.people.append(person)
            self.records.append(record)
        self.looks = [self._look(record) for record in self.records]

    def _look(self, record: dict[str, Any]) -> dict[str, Any]:
        entry = uuid4()
        Look.objects.create(register="resident", identity=record["id"], person=uuid4(), purpose="visit",
                            basis="statutory_duty", fields=["name"], at=clock.now(), entry=entry)  # fmt: skip
        return {"of": record["id"], "entry": entry}


def keep_resident(key: UUID, number: int, area: Any, account: UUID | None) -> None:
    at = clock.now()
    row = Resident(id=key, category="registered", name="王晓明", doc_kind="id_card", doc_no_enc=b"x", area=area,
                   grams=[], source="visit", basis="statutory_duty", created_at=at, verified_at=at, verify_by=LATER,
                   retain_until=LATER, account=account)  # fmt: skip
    for column, value in index_columns(key, doc_no=id_number(number)).items():
        setattr(row, column, value)
    row.save(force_insert=True)


@pytest.fixture
def residents(kept: Kept, as_role: Any) -> Residents:
    with as_role("owner"):
        return Residents(list(kept.areas.values()), random.Random(9))


def asking(kept: Kept, residents: Residents) -> Iterator[Answer]:
    """Every account, and people with posts besides: who holds an account is asked of no post."""
    rng, at = random.Random(3), clock.now()
    own = dict(zip([one["person"] for one in residents.people], residents.records, strict=True))
    for person in [*residents.people, *(one for one in kept.people if one["kind"] == "person")]:
        record = own.get(person["person"], {"id": None, "account": None, "joined": []})
        for kind in KINDS:
            about = rng.choice([None, *residents.looks]) if kind == "explain" else None
            if about is not None and rng.random() < 0.5:
                about = next((one for one in residents.looks if one["of"] == record["id"]), about)
            right = policy_page.may_ask(person, record, about)
            yield (person["n"], kind, about), _asks(person["person"], kind, about, at), right


def _asks(person: UUID, kind: str, about: dict[str, Any] | None, at: dt.datetime) -> bool:
    entry = about["entry"] if about else None
    return done(lambda: requests.ask(kind, "请更正电话", about=entry, by=Actor(person), at=at))


@pytest.mark.item("S2", "PRI-11")
def test_who_asks_about_a_record_is_what_the_page_says(kept: Kept, residents: Residents) -> None:
    found = list(asking(kept, residents))

    assert disagreements(iter(found)) == []
    assert 20 < sum(right for _, _, right in found) < len(found) / 2
    assert any(right for what, _, right in found if what[2])


def taking_back(kept: Kept, filed: dict[UUID, UUID]) -> Iterator[Answer]:
    at, people = clock.now(), [one for one in kept.people if one["kind"] == "person" and one["active"]]
    for person in people:
        for declaration, author in filed.items():
            did = _takes_back(declaration, kept.actor(person), at)
            yield (person["n"], declaration), did, author == person["person"]


def _takes_back(declaration: UUID, by: Actor, at: dt.datetime) -> bool:
    return done(lambda: withdraw(declaration, by=by, at=at))


@pytest.fixture
def filed(kept: Kept, rooms: dict[Any, Address], as_role: Any) -> dict[UUID, UUID]:
    """Declaration → who filed it."""
    at, found = clock.now(), {}
    authors = [one["person"] for one in kept.people if one["kind"] == "person" and one["active"]][:12]
    with as_role("owner"):
        for n, (author, room) in enumerate(zip(authors, rooms.values(), strict=False)):
            one = Declaration.objects.create(
                kind="arrival", receipt_no=f"T{n:07}", declarer="self", address=room, area=room.area, filed_at=at,
                happened_on=clock.local_date(at), filed_by=author, due_at=at, decide_by=at, retain_until=LATER,
            )  # fmt: skip
            found[one.pk] = author
    return found


@pytest.mark.item("S2")
def test_a_declaration_is_taken_back_by_whoever_filed_it(kept: Kept, filed: dict[UUID, UUID]) -> None:
    found = list(taking_back(kept, filed))

    assert disagreements(iter(found)) == []
    assert sum(right for _, _, right in found) == len(filed)


# Wrong policies, planted


def anywhere_will_do(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, verb, None, at)


def nobody_is_staff(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return ()


@pytest.mark.control
@pytest.mark.parametrize(("part", "fault"), [("require", anywhere_will_do), ("spans", nobody_is_staff)])
def test_a_wrong_policy_planted_in_filing_is_found(
    part: str, fault: Any, kept: Kept, rooms: dict[Any, Address], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"shouwang.registry.declaring.{part}", fault)

    assert is_found(filing(kept, rooms, n_places=len(rooms)))


def plant(owner_sql: OwnerSql, function: str, old: str, new: str) -> None:
    ((source,),) = owner_sql(f"SELECT pg_get_functiondef('{function}'::regprocedure)")
    assert old in source, function
    owner_sql(source.replace(old, new))


@pytest.mark.control
@pytest.mark.parametrize(
    ("function", "old", "new"),
    [
        ("own_resident()", "AND bound_to(id, account)", ""),
        ("bound_to(uuid, uuid)", "AND held.revoked_at IS NULL", ""),
        ("file_request(uuid, varchar, uuid, bytea, integer, varchar, timestamptz, timestamptz, date)",
         "AND identity IN (SELECT own_subjects())", ""),
    ],
    ids=["the joining is not asked for", "a joining that was given up still holds", "anybody’s look will do"],
)  # fmt: skip
def test_a_wrong_policy_planted_in_asking_is_found(
    function: str, old: str, new: str, kept: Kept, residents: Residents, owner_sql: OwnerSql
) -> None:
    plant(owner_sql, function, old, new)

    assert is_found(asking(kept, residents))


@pytest.mark.control
def test_taking_back_for_others_planted_in_the_database_is_found(
    kept: Kept, filed: dict[UUID, UUID], owner_sql: OwnerSql
) -> None:
    filed_by = "AND filed_by = nullif(current_setting('shouwang.person', true), '')::uuid"
    plant(owner_sql, "withdraw_declaration(uuid)", filed_by, "")

    assert is_found(taking_back(kept, filed))
