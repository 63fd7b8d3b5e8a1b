"""What a session of the pages may do with traces of looking: lay down its own, and leave everybody's as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.registry.tests.attempting import Session

SIT = (
    "INSERT INTO registry_sitting (id, person, purpose, basis, began_at, ends_at)"
    " VALUES (%s, %s, 'visit', 'statutory_duty', now(), now() + %s::interval)"
)
BEGIN = (
    "INSERT INTO registry_emergency (id, sitting_id, person, matter, area_id, reason, began_at, judge_by, verdict)"
    " VALUES (%s, %s, %s, %s, %s, %s, now(), now() + interval '23 hours', %s)"
)

CHANGES = [
    "reason = '散步'", "person = gen_random_uuid()", "matter = gen_random_uuid()",
    "began_at = now() - interval '9 days'",
    "judge_by = now() + interval '9 days'", "verdict = 'confirmed'",
    "verdict = 'confirmed', judged_by = gen_random_uuid()",
]  # fmt: skip


@pytest.fixture(scope="module")
def town(database: Any, environment: Environment) -> Iterator[dict[str, Any]]:
    """Two officers of neighbouring communities and their lead, each in a session of his own."""
    owner = Session(place.role_parameters(environment, "owner"))
    web = place.role_parameters(environment, "web")
    people = dict(owner.run("SELECT login, id FROM people_person WHERE login IN ('shen', 'zhao', 'zhou')"))
    ((ground,),) = owner.run("SELECT area_id FROM people_post WHERE person_id = %s", [people["shen"]])
    stage: dict[str, Any] = {login: Session(web, person) for login, person in people.items()}
    yield stage | {"owner": owner, "people": people, "ground": ground}
    for session in (*stage.values(), owner):
        session.close()
    database.renew()


@pytest.fixture
def emergency(town: dict[str, Any]) -> UUID:
    """One that Shen began on his own ground."""
    shen, sitting, row = town["people"]["shen"], uuid4(), uuid4()
    town["shen"].run(SIT, [sitting, shen, "15 minutes"])
    town["shen"].run(BEGIN, [row, sitting, shen, uuid4(), town["ground"], "老人摔倒", "waiting"])
    return row


@pytest.mark.item("A1")
def test_nobody_sits_for_another_or_for_longer_than_a_quarter_of_an_hour(town: dict[str, Any]) -> None:
    for person, lasts in ((town["people"]["zhao"], "10 minutes"), (town["people"]["shen"], "1 day")):
        row = uuid4()
        town["shen"].run(SIT, [row, person, lasts])
        assert town["owner"].run("SELECT count(*) FROM registry_sitting WHERE id = %s", [row]) == [(0,)]


@pytest.mark.item("A1")
def test_an_emergency_is_read_where_it_is_judged_and_nowhere_else(town: dict[str, Any], emergency: UUID) -> None:
    seen = {who: town[who].run("SELECT reason FROM registry_emergency") for who in ("shen", "zhou", "zhao")}

    assert (len(seen["shen"]) > 0, len(seen["zhou"]) > 0, seen["zhao"]) == (True, True, [])
    assert town["zhou"].run("SELECT 1 FROM registry_sitting") == []  # and whose sitting it was is his own affair


@pytest.mark.item("A1")
@pytest.mark.parametrize("change", CHANGES)
def test_an_emergency_stays_as_it_was_told(town: dict[str, Any], emergency: UUID, change: str) -> None:
    told = "SELECT reason, person, began_at, matter, verdict, judge_by FROM registry_emergency WHERE id = %s"
    before = town["owner"].run(told, [emergency])
    for who in ("shen", "zhou", "zhao"):
        town[who].run(f"UPDATE registry_emergency SET {change} WHERE id = '{emergency}'")

    assert town["owner"].run(told, [emergency]) == before


@pytest.mark.item("A1")
def test_it_is_judged_once_and_by_whoever_acts(town: dict[str, Any], emergency: UUID) -> None:
    judge = f"UPDATE registry_emergency SET verdict = %s, judged_by = %s, judged_at = now() WHERE id = '{emergency}'"
    town["shen"].run(judge, ["confirmed", town["people"]["shen"]])  # his own: the constraint
    town["zhou"].run(judge, ["abuse", town["people"]["zhou"]])
    town["zhou"].run(judge, ["confirmed", town["people"]["zhou"]])

    verdict = "SELECT verdict, judged_by FROM registry_emergency WHERE id = %s"
    assert town["owner"].run(verdict, [emergency]) == [("abuse", town["people"]["zhou"])]


@pytest.mark.item("A1")
def test_off_ones_ground_or_without_a_reason_no_emergency_begins(town: dict[str, Any]) -> None:
    zhao = town["people"]["zhao"]
    ((own,),) = town["owner"].run("SELECT area_id FROM people_post WHERE person_id = %s", [zhao])
    for area, reason, verdict in ((town["ground"], "老人摔倒", "waiting"), (own, "", "waiting"),
                                  (own, "老人摔倒", "confirmed")):  # fmt: skip
        sitting, row = uuid4(), uuid4()
        town["zhao"].run(SIT, [sitting, zhao, "15 minutes"])
        town["zhao"].run(BEGIN, [row, sitting, zhao, uuid4(), area, reason, verdict])
        assert town["owner"].run("SELECT 1 FROM registry_emergency WHERE id = %s", [row]) == []


@pytest.mark.item("A1")
def test_codes_of_the_counter_are_not_listed(town: dict[str, Any]) -> None:
    town["owner"].run(
        "INSERT INTO registry_countercode (id, code_hash, account, made_at, ends_at)"
        " VALUES (gen_random_uuid(), 'CANARY-code', gen_random_uuid(), now(), now() + interval '9 minutes')"
    )

    assert town["shen"].run("SELECT account FROM registry_countercode") == []
    assert town["shen"].run("SELECT account_of_code('guessed', false)") == [(None,)]
    ((account,),) = town["shen"].run("SELECT account_of_code('CANARY-code', true)")
    assert account is not None
    assert town["shen"].run("SELECT account_of_code('CANARY-code', true)") == [(None,)]
