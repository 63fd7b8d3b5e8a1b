"""Whom an officer can find is what the printed page says: the same answer from the page, the filter and the database.

One resident stands on every piece of ground of a random town; each person searches; the candidates are compared.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock, keyring
from shouwang.people import access
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.verbs import Verb
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.looking import NoGround
from shouwang.registry.models import Resident
from shouwang.registry.tests.town import id_number
from tests.journeys.test_policy_agrees_in_the_database import Kept

pytestmark = [pytest.mark.committed, pytest.mark.timeout(600)]
NOW, N_PEOPLE = 50, 90


@pytest.fixture
def kept(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_role: Any) -> Kept:
    """The town as it is at this very hour, since the database asks for the posts of today."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(policy_town, "EPOCH", clock.now() - dt.timedelta(hours=NOW, minutes=30))
    town = Kept(policy_town.make_town(random.Random(11), n_people=N_PEOPLE, n_rows=1))
    with as_role("jobs"):
        for number, area in enumerate(town.areas.values()):
            _lay(number, area)
    return town


def _lay(number: int, area: Any) -> None:
    from shouwang.registry.keeping import dates
    from shouwang.registry.protecting import index_columns

    at = clock.now()
    row = Resident(category="registered", name="王晓明", doc_kind="id_card", doc_no_enc=b"x", area=area, grams=["'wx"],
                   source="visit", basis="statutory_duty", created_at=at, **dates(at))  # fmt: skip
    for column, value in index_columns(row.pk, doc_no=id_number(number)).items():
        setattr(row, column, value)
    row.save(force_insert=True)


Answers = dict[int, tuple[set[str], set[str]]]


def answers(kept: Kept, owner_sql: Callable[..., Any]) -> Answers:
    """For each person: the ground on which he finds somebody, and where the page says that he may."""
    page, at = policy_page.read(), clock.now()
    lies = {row[0]: row[1] for row in owner_sql("SELECT r.id, a.code FROM registry_resident r JOIN places_area a"
                                                " ON a.id = r.area_id")}  # fmt: skip
    found: Answers = {}
    for person in kept.people:
        if person["kind"] != "person":
            continue
        by, told = kept.actor(person), set()
        for (duty, government), area in kept.areas.items():
            row = {"id": area.pk, "duty": duty, "government": government, "sealed": False, "named": [],
                   "excluded_persons": [], "excluded_posts": [], "excluded_offices": []}  # fmt: skip
            if policy_page.decide(page, person, Verb.REGISTER_FIND.value, row, NOW):
                told.add(area.code)
        try:
            sitting = begin_sitting(purpose="visit", by=by, at=at)
            shown = {lies[one.id] for one in find(sitting, who="wx", by=by, at=at).candidates}
        except NoGround:
            shown = set()
        found[person["n"]] = (shown, told)
    return found


def test_whom_one_finds_is_what_the_page_says(kept: Kept, owner_sql: Callable[..., Any]) -> None:
    found = answers(kept, owner_sql)

    assert {n: pair for n, pair in found.items() if pair[0] != pair[1]} == {}
    assert sum(bool(shown) for shown, _ in found.values()) > 10


def any_post_will_do(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return tuple(path for post in access.posts_of(by, at) for path in access.paths_of(post.area))


def the_named_post_is_forgotten(by: Any, verb: Verb, at: Any) -> tuple[str, ...]:
    return access.spans(replace(by, post_id=None), verb, at)


@pytest.mark.parametrize("fault", [any_post_will_do, the_named_post_is_forgotten])
def test_a_fault_planted_in_the_ground_is_found(
    fault: Any, kept: Kept, owner_sql: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.registry.finding.spans", fault)

    assert any(shown != told for shown, told in answers(kept, owner_sql).values())


def test_ground_of_nobodys_post_is_refused_by_the_database_itself(
    kept: Kept, owner_sql: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the filter wrong altogether, the database would still ask for a post of today on that ground."""
    from shouwang.registry.finding import SearchRefused

    person = next(one for one in kept.people if one["kind"] == "person" and not one["posts"])
    monkeypatch.setattr("shouwang.registry.finding.spans", lambda by, verb, at: ("/1/",))
    by, at = kept.actor(person), clock.now()
    sitting = begin_sitting(purpose="visit", by=by, at=at)

    with pytest.raises(SearchRefused):
        find(sitting, who="wx", by=by, at=at)
