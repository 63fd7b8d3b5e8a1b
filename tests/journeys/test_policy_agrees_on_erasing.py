"""Erasing: who may delete a record is what the printed page says (rule 16), by the step and by the database alone.

Requests of every sort lie on every piece of ground of a random town, and some people opened some of the records.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from shouwang.config.environment import current
from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people import access
from shouwang.people.models import Post
from shouwang.people.tests import policy_page
from shouwang.people.verbs import Verb
from shouwang.registry import requests
from shouwang.registry.grants import GRANTS
from shouwang.registry.models import LookToken, Request
from tests.journeys.test_policy_agrees_in_the_database import Kept
from tests.journeys.test_policy_agrees_on_edits import on
from tests.journeys.test_policy_agrees_on_ones_own import (
    LATER,
    NOW,
    Answer,
    OwnerSql,
    anywhere_will_do,
    disagreements,
    done,
    is_found,
    keep_resident,
    kept,
    plant,
)

__all__ = ["kept"]  # the fixture
pytestmark = [pytest.mark.timeout(600)]


class Asked:
    """Requests on every piece of ground: to delete and not, open and answered. Some people opened some records."""

    def __init__(self, kept: Kept, responsible: UUID, rng: random.Random) -> None:
        at, self.all = clock.now(), []
        people = [one["person"] for one in kept.people if one["kind"] == "person"]
        for ground, area in kept.areas.items():
            for kind, is_open in (("erase", True), ("correct", True), ("erase", False)):
                looked = [one for one in people if rng.random() < 0.6]
                one = on(area, ground) | {"id": uuid4(), "kind": kind, "open": is_open, "looked": looked,
                                          "resident": uuid4()}  # fmt: skip
                keep_resident(one["resident"], 100 + len(self.all), area, None)
                _request(one, 7_000_000 + len(self.all), area, responsible)
                LookToken.objects.bulk_create(_leave(person, "resident", one["resident"], at) for person in looked)
                LookToken.objects.bulk_create(_leave(person, "request", one["id"], at) for person in looked)
                self.all.append(one)


def _request(one: dict[str, Any], number: int, area: Any, responsible: UUID) -> None:
    at, state = clock.now(), "filed" if one["open"] else "done"
    Request.objects.create(
        id=one["id"], kind=one["kind"], receipt_no=f"Q{number}", resident=one["resident"], account=uuid4(), area=area,
        filed_at=at, decide_by=at, retain_until=LATER, state=state,
    )  # fmt: skip
    Matter.objects.create(
        id=one["id"], reference=f"Q{number}", number=number, kind="own_request", subkind=f"own_request.{one['kind']}",
        state="asked", phase="new", area=area, opened_at=at, duty_path=one["duty"], government_path=one["government"],
        responsible_id=responsible,
    )  # fmt: skip


def _leave(person: UUID, register: str, record: UUID, at: dt.datetime) -> LookToken:
    return LookToken(
        register=register, person=person, purpose="own_request", basis="statutory_duty", entry=uuid4(),
        identities=[record], fields=["name"], created_at=at, ends_at=at, used_at=at, transaction=1,
    )  # fmt: skip


@pytest.fixture
def asked(kept: Kept, world: Any, as_role: Any) -> Asked:
    with as_role("owner"):
        return Asked(kept, Post.objects.get(person=world.shen.person_id).pk, random.Random(13))


def erasing(kept: Kept, asked: Asked, n_requests: int = 24) -> Iterator[Answer]:
    page, rng, at = policy_page.read(), random.Random(2), clock.now()
    for person in [one for one in kept.people if one["kind"] == "person"]:
        by = kept.actor(person)
        for one in rng.sample(asked.all, n_requests):
            yield (person["n"], one["id"]), _deletes(one, by, at), policy_page.may_erase(page, person, one, NOW)


def _deletes(one: dict[str, Any], by: Actor, at: dt.datetime) -> bool:
    return done(lambda: take_step(Matter(pk=one["id"]), "delete", by=by, at=at, done="已删除"))


def erasing_itself(kept: Kept, asked: Asked) -> Iterator[Answer]:
    """The database alone, without the step: open, to delete, looked at, and a post of today over the ground."""
    at = clock.now()
    for person in [one for one in kept.people if one["kind"] == "person"][::5]:
        by = kept.actor(person)
        held = [post for post in person["posts"] if person["active"] and post["start"] <= NOW < post["end"]]
        for one in asked.all:
            right = one["kind"] == "erase" and one["open"] and person["person"] in one["looked"]
            right = right and any(policy_page._inside(one, post) for post in held)
            yield (person["n"], one["id"]), _erases(one["id"], by, at), right


def _erases(request: UUID, by: Actor, at: dt.datetime) -> bool:
    def act() -> None:
        with acting(by):
            requests.erase(request, by=by, at=at, area=None)

    return done(act)


@pytest.mark.item("S2", "A7")
def test_who_erases_a_record_is_what_the_page_says(kept: Kept, asked: Asked) -> None:
    found = list(erasing(kept, asked))

    assert disagreements(iter(found)) == []
    assert 5 < sum(right for _, _, right in found) < len(found) / 4


@pytest.mark.item("S2", "A7")
def test_the_database_erases_only_at_an_open_request_that_was_looked_into_on_ones_own_ground(
    kept: Kept, asked: Asked
) -> None:
    found = list(erasing_itself(kept, asked))

    assert disagreements(iter(found)) == []
    assert sum(right for _, _, right in found) > 10


def rows_that_pages_delete() -> set[str]:
    """Tables of the registers from which the role of a page may take rows: what one keeps there of oneself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::text[]) AS one, unnest(%s::text[]) AS role"
            " WHERE has_table_privilege(role, one, 'DELETE') OR has_table_privilege(role, one, 'TRUNCATE')",
            [list(GRANTS), [f"{current().schema}_{role}" for role in ("web", "portal", "read", "seal")]],
        )
        return {row[0] for row in cursor.fetchall()}


OF_ONESELF = {"registry_ownaddress", "registry_vehicle"}  # by row security


@pytest.mark.item("S2", "A7")
def test_no_page_deletes_a_row_of_the_registers(kept: Kept) -> None:
    assert rows_that_pages_delete() == OF_ONESELF


# Wrong policies, planted


def counting_is_as_good(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, Verb.REGISTER_COUNT, row, at)


@pytest.mark.control
@pytest.mark.parametrize("fault", [anywhere_will_do, counting_is_as_good])
def test_a_wrong_policy_planted_in_the_step_that_erases_is_found(
    fault: Any, kept: Kept, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.matters.steps.require", fault)

    assert is_found(erasing(kept, asked, n_requests=len(asked.all)))


@pytest.mark.control
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AND stands_over(v_person, area_id)", ""), ("token.person = v_person AND", ""),
        ("AND kind = 'erase'", ""), ("AND state = 'filed' AND stands", "AND stands"),
    ],
    ids=["from next door", "somebody else looked", "any request will do", "an answered one will do"],
)  # fmt: skip
def test_a_wrong_policy_planted_in_the_erasing_itself_is_found(
    old: str, new: str, kept: Kept, asked: Asked, owner_sql: OwnerSql
) -> None:
    plant(owner_sql, "erase_resident(uuid)", old, new)

    assert is_found(erasing_itself(kept, asked))


@pytest.mark.control
def test_a_right_to_delete_planted_for_the_pages_is_found(kept: Kept, owner_sql: OwnerSql) -> None:
    owner_sql(f'GRANT DELETE ON registry_residence TO "{current().schema}_web"')

    assert rows_that_pages_delete() != OF_ONESELF
