"""The list of the database and what is opened agree: nothing is listed that nobody opens, an emergency opens least."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.journal.record import record
from shouwang.matters.intake import open_matter
from shouwang.registry.emergencies import open_emergency
from shouwang.registry.evacuating import SHOWN
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused, NoGround, ask_database
from shouwang.registry.models import Emergency, Look
from shouwang.registry.opening import IN_AN_EMERGENCY, OPENED_FOR, open_fields, open_found, open_here
from shouwang.registry.purposes import FINDING_FOR, Purpose
from shouwang.registry.tests.town import find_by, open_by, register, traces

pytestmark = [pytest.mark.committed]


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


def listed_for_nothing() -> set[tuple[str, str, str]]:
    """(register, field, purpose) that the list names and no page opens."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT register, field, unnest(purposes) FROM register_fields()")
        rows = cursor.fetchall()
    return {(name, field, purpose) for name, field, purpose in rows if purpose not in OPENED_FOR[Register(name)]}


@pytest.mark.item("PRI-02", "ETH-10")
def test_the_list_names_no_purpose_for_which_nobody_opens_that_register(db: None) -> None:
    assert listed_for_nothing() == set()


@pytest.mark.item("S-REG-008", "PRI-02")
def test_an_emergency_lists_what_it_opens_and_no_more(db: None) -> None:
    assert set(open_fields(Register.RESIDENT, Purpose.EMERGENCY)) == {*IN_AN_EMERGENCY, *SHOWN}


@pytest.mark.control
def test_a_field_listed_for_an_emergency_alone_is_found(db: None, owner_sql: Any) -> None:
    ((source,),) = owner_sql("SELECT pg_get_functiondef('register_fields()'::regprocedure)")
    owner_sql(source.replace("'{visit,verification}'", "'{visit,verification,emergency}'"))

    assert listed_for_nothing() == {("dwelling", "landlord_contact", "emergency")}


@pytest.mark.item("ETH-10")
def test_every_purpose_of_finding_opens_what_is_listed_for_it(world: Any, ring: Path, now: dt.datetime) -> None:
    register(world, now)
    for purpose in (one for one in FINDING_FOR if one != Purpose.HANDLING):
        seen = open_by(world.shen, now, "王晓明", purpose=purpose)
        (look,) = traces(Look, identity=seen.id, purpose=purpose)
        assert tuple(look.fields) == open_fields(Register.RESIDENT, purpose)


@pytest.fixture
def snow(world: Any, ring: Path, now: dt.datetime) -> Any:
    """Somebody found in the snow, and his record."""
    world.resident = register(world, now).resident
    world.matter = open_matter(
        kind="incident", by=world.fang, at=now, channel="phone", subkind="order.fight", words="有位老人倒在雪地里",
        point=(111.427, 27.686),
    )  # fmt: skip
    return world


def bare_look(world: Any, emergency: Emergency, search: Any, fields: list[str], now: dt.datetime) -> Any:
    """As a page that was taken over would ask."""
    with acting(world.fang):
        entry = record("register.look", topic="register.looked", subject=("resident", world.resident), by=world.fang,
                       at=now)  # fmt: skip
        return ask_database(
            "SELECT open_look('resident', %s::uuid[], 'emergency', 'emergency', %s, %s::varchar[], %s, %s)",
            [[world.resident], emergency.matter, fields, entry, search],
        )


@pytest.mark.item("S-REG-008", "A1")
@pytest.mark.parametrize("field", ["phone", "birth_date", "sex", "doc_kind", "doc_no", "look_for_me"])
def test_the_database_opens_no_more_in_an_emergency_whoever_asks(snow: Any, now: dt.datetime, field: str) -> None:
    emergency = open_emergency(matter=snow.matter.pk, reason="老人冻伤", by=snow.fang, at=now)
    found = find(emergency.sitting, who="王晓明", by=snow.fang, at=now)

    with pytest.raises(LookRefused):
        bare_look(snow, emergency, found.search, ["name", field], now)
    assert bare_look(snow, emergency, found.search, ["name", "emergency_contact"], now)


@pytest.mark.item("S-REG-008")
def test_in_an_emergency_no_unit_is_opened(snow: Any, now: dt.datetime) -> None:
    emergency = open_emergency(matter=snow.matter.pk, reason="老人冻伤", by=snow.fang, at=now)

    with pytest.raises(NoGround):
        open_found(uuid4(), register=Register.ORGANISATION, search=uuid4(), sitting=emergency.sitting, by=snow.fang,
                   at=now)  # fmt: skip


def test_a_register_is_opened_for_its_own_purposes_alone(snow: Any, now: dt.datetime) -> None:
    begin_sitting(purpose="visit", by=snow.shen, at=now)
    assert find_by(snow.shen, now, "王晓明").candidates

    with pytest.raises(NoGround):
        open_here([uuid4()], register=Register.DWELLING, purpose="registration", by=snow.shen, at=now)
