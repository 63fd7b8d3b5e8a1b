"""Who sees that a request or a declaration waits, and who may open and answer it, is what the printed page says.

One request and one declaration lie on every piece of ground of a random town; the lists, the looks and the answers of
each person are compared with the brute-force model; wrong policies that are planted are found.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from shouwang.config.database import place
from shouwang.config.environment import current
from shouwang.core import clock, keyring
from shouwang.people import access
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.verbs import Verb
from shouwang.registry import declaring
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused, NoGround
from shouwang.registry.models import Declaration, Request
from shouwang.registry.opening import open_here
from shouwang.registry.requests import requests_waiting
from shouwang.registry.tests.town import lay_address
from tests.journeys.test_policy_agrees_in_the_database import Kept

pytestmark = [pytest.mark.committed, pytest.mark.timeout(900)]
NOW, N_PEOPLE = 50, 60


@pytest.fixture
def kept(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_role: Any) -> Kept:
    """The town as it is at this very hour, since the database asks for the posts of today."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(policy_town, "EPOCH", clock.now() - dt.timedelta(hours=NOW, minutes=30))
    town = Kept(policy_town.make_town(random.Random(23), n_people=N_PEOPLE, n_rows=1))
    address = lay_address(world.qiaoxi_04)
    with as_role("owner"):
        for number, area in enumerate(town.areas.values()):
            _lay(number, area, address)
    return town


def _lay(number: int, area: Any, address: Any) -> None:
    at, one = clock.now(), area.pk
    later, day = at + dt.timedelta(days=9), clock.local_date(at)
    Request.objects.create(kind="object", receipt_no=f"R{number:07}", resident=one, account=one, area=area, filed_at=at,
                           decide_by=later, retain_until=day)  # fmt: skip
    Declaration.objects.create(
        kind="arrival", receipt_no=f"D{number:07}", declarer="self", address=address, area=area, happened_on=day,
        filed_at=at, due_at=later, decide_by=later, retain_until=day,
    )  # fmt: skip


def told(page: Any, person: Any, kept: Kept) -> set[str]:
    """Ground on which the printed page lets this person keep the registers."""
    found = set()
    for (duty, government), area in kept.areas.items():
        row = {"id": area.pk, "duty": duty, "government": government, "sealed": False, "named": [],
               "excluded_persons": [], "excluded_posts": [], "excluded_offices": []}  # fmt: skip
        if policy_page.decide(page, person, Verb.REGISTER_KEEP.value, row, NOW):
            found.add(area.name)
    return found


def disagreements(kept: Kept) -> list[tuple[Any, set[str], set[str]]]:
    """Persons whose lists of what waits differ from the page: number, shown, told."""
    page, at, found = policy_page.read(), clock.now(), []
    for person in kept.people:
        if person["kind"] != "person":
            continue
        by, right = kept.actor(person), told(page, person, kept)
        asked = {one.grid for one in requests_waiting(by, at)}
        filed = {one.grid for one in declaring.waiting(by, at)} if right else set()
        if asked != right or filed != right:
            found.append((person["n"], asked ^ right, filed ^ right))
    return found


@pytest.mark.item("S2", "PRI-11")
def test_what_waits_is_seen_by_whom_the_page_names(kept: Kept) -> None:
    assert disagreements(kept) == []


@pytest.mark.item("S2", "A1")
def test_a_request_is_opened_on_ones_own_ground_and_by_nobody_else(kept: Kept) -> None:
    """The page asks for the verb, the database besides for a post of today over that ground."""
    page, at = policy_page.read(), clock.now()
    rows = {one.area_id: one.pk for one in _requests()}
    n_opened = 0
    for person in [one for one in kept.people if one["kind"] == "person"][:25]:
        by = kept.actor(person)
        keeps = policy_page.decide(page, person, Verb.REGISTER_KEEP.value, None, NOW)
        for ground, area in list(kept.areas.items())[::3]:
            right = keeps and stands_over(person, ground)
            assert opens(rows[area.pk], by, at) == right, (person["n"], area.name)
            n_opened += right
    assert n_opened > 5


def stands_over(person: Any, ground: tuple[str, str]) -> bool:
    """Whether one of his posts of today lies over it: rule 1 and the paths, nothing of verbs."""
    row = {"duty": ground[0], "government": ground[1]}
    held = [post for post in person["posts"] if person["active"] and post["start"] <= NOW < post["end"]]
    return any(policy_page._inside(row, post) for post in held)


def opens(request: Any, by: Any, at: Any) -> bool:
    try:
        open_here([request], register=Register.REQUEST, purpose="own_request", by=by, at=at)
    except (LookRefused, NoGround):
        return False
    return True


def _requests() -> list[Request]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {place.role_name(current(), 'jobs')}")
        return list(Request.objects.all())


def any_post_will_do(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return tuple(path for post in access.posts_of(by, at) for path in access.paths_of(post.area))


def the_named_post_is_forgotten(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return access.spans(replace(by, post_id=None), verb, at)


def counting_is_as_good_as_keeping(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return access.spans(by, Verb.REGISTER_COUNT, at)


@pytest.mark.control
@pytest.mark.parametrize("fault", [any_post_will_do, the_named_post_is_forgotten, counting_is_as_good_as_keeping])
def test_a_wrong_policy_planted_in_the_lists_is_found(fault: Any, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shouwang.registry.requests.spans", fault)

    assert disagreements(kept)


@pytest.mark.control
def test_a_gate_planted_open_in_the_database_is_found(kept: Kept, owner_sql: Callable[..., Any]) -> None:
    """`stands_over` that says yes to everybody lets a request be opened from next door."""
    ((source,),) = owner_sql("SELECT pg_get_functiondef('stands_over(uuid, uuid)'::regprocedure)")
    owner_sql(source[: source.index("AS $function$")] + "AS $function$ SELECT true $function$")

    with pytest.raises(AssertionError):
        test_a_request_is_opened_on_ones_own_ground_and_by_nobody_else(kept)
