"""The role of the public pages, with any statement it likes: nobody else's record, no binding of its own making."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.registry import declaring
from shouwang.registry.binding import bind_account
from shouwang.registry.requests import ask
from shouwang.registry.tests.town import lay_address, open_by, register

pytestmark = [pytest.mark.committed]
TABLES = (
    "resident", "residence", "dwelling", "organisation", "declaration", "identity", "request", "owncopy", "countercode",
    "look", "looktoken", "search", "sitting", "emergency",
)  # fmt: skip
OWN = (
    "SELECT * FROM own_requests()", "SELECT * FROM own_declared()", "SELECT * FROM own_declarations()",
    "SELECT * FROM own_copies()", "SELECT * FROM own_looks('{}', '{}')", "SELECT own_resident()",
)  # fmt: skip
NOT_ITS_OWN = (
    "SELECT * FROM requests_waiting('{/1/}')", "SELECT * FROM declarations_waiting('{/1/}')",
    "SELECT * FROM overdue_homes('{/1/}')", "SELECT * FROM homes_in(gen_random_uuid())",
    "SELECT * FROM read_records(gen_random_uuid())", "SELECT bound_to(gen_random_uuid(), gen_random_uuid())",
    "SELECT * FROM own_subjects()", "SELECT erase_resident(gen_random_uuid())", "SELECT follow_addresses()",
)  # fmt: skip


@pytest.fixture
def peopled(world: Any, ring: Path) -> Any:
    """王女士 is joined to her record, declared somebody and asked for something."""
    now = clock.now()
    world.resident = register(world, now).resident
    bind_account(open_by(world.shen, now, "王晓明"), world.wang.person_id, by=world.shen, at=now)
    declaring.declare(
        "arrival", {"name": "李四"}, address=lay_address(world.qiaoxi_04, "桥西路13号1"), declarer="self",
        happened_on=clock.local_date(now), by=world.wang, at=now,
    )  # fmt: skip
    world.request = ask("object", "不要上门", by=world.wang, at=now).id
    return world


def seen_by(person: UUID | None, environment: Any) -> list[Any]:
    """Everything that the functions for one's own side say to whoever claims to be this person."""
    from shouwang.config.database import place
    from shouwang.registry.tests.attempting import Session

    session = Session(place.role_parameters(environment, "portal"), person or uuid4())
    rows = [row for statement in OWN for row in session.run(statement) if row != (None,)]
    session.close()
    return rows


@pytest.mark.item("A1", "S2", "PRI-11")
def test_only_whoever_it_is_sees_his_own_side(peopled: Any, environment: Any) -> None:
    dice = random.Random(5)
    others = [one.person.pk for name, one in sorted(peopled.cast.items()) if name != "wang" and hasattr(one, "person")]

    assert len(seen_by(peopled.wang.person_id, environment)) >= 4
    for person in [*dice.sample(others, 8), *(uuid4() for _ in range(8)), None]:
        assert seen_by(person, environment) == []


@pytest.mark.item("A1", "S2")
def test_no_table_of_the_registers_and_no_step_of_staff_opens_to_it(peopled: Any, environment: Any) -> None:
    from shouwang.config.database import place
    from shouwang.registry.tests.attempting import Session

    session = Session(place.role_parameters(environment, "portal"), peopled.wang.person_id)
    tried = [f"SELECT * FROM registry_{table}" for table in TABLES] + list(NOT_ITS_OWN)
    tried += [f"DELETE FROM registry_{table}" for table in TABLES]
    tried.append(
        "INSERT INTO people_grant (id, kind, subject, person_id, given_at)"
        f" VALUES (gen_random_uuid(), 'bound', '{peopled.resident}', '{peopled.wang.person_id}', now())"
    )
    tried.append("UPDATE people_grant SET revoked_at = NULL, kind = 'bound'")
    for statement in tried:
        session.refusals.clear()
        assert session.run(statement) == []
        assert session.refusals, statement
    session.close()


@pytest.mark.control
def test_a_view_planted_open_is_seen(peopled: Any, environment: Any, owner_sql: Any) -> None:
    ((source,),) = owner_sql("SELECT pg_get_functiondef('own_requests()'::regprocedure)")
    owner_sql(source.replace("WHERE r.account = people_own_resident()", ""))

    assert seen_by(uuid4(), environment) != []


def test_a_binding_that_ended_shows_nothing_more(peopled: Any, environment: Any) -> None:
    from shouwang.people import accounts

    assert len(seen_by(peopled.wang.person_id, environment)) >= 4
    with acting(peopled.wang):
        accounts.let_go(peopled.cast["wang"].person, by=peopled.wang, at=clock.now())

    rows = seen_by(peopled.wang.person_id, environment)

    assert peopled.resident not in [value for row in rows for value in row]
