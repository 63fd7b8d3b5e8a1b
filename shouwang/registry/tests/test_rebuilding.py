"""A script with an officer's rights that asks and asks: how much of the register it gets before the limits."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.registry.tests.attempting import Session
from shouwang.registry.tests.searching import Searcher

MANY = """
INSERT INTO registry_resident (id, category, name, doc_kind, doc_no_enc, doc_bucket, doc_check, sex, look_for_me,
    key_number, grams, street, area_id, place_grams, source, basis, verified_at, verify_by, retain_until, stale,
    created_at)
SELECT gen_random_uuid(), 'registered', 'somebody', 'id_card', 'x', 1, 'x', 9, false, 1,
    ARRAY['g' || (n %% %(n_names)s)], '桥西路', %(area)s, '{}', 'visit', 'statutory_duty', now(),
    now() + interval '1 year', now() + interval '3 years', false, now()
FROM generate_series(1, %(n)s) AS n
"""


@pytest.fixture
def officer(database: Any, environment: Environment) -> Iterator[tuple[Searcher, Session, UUID]]:
    owner = Session(place.role_parameters(environment, "owner"))
    ((person, area, path),) = owner.run(
        "SELECT p.id, a.id, a.duty_path FROM people_person p JOIN people_post o ON o.person_id = p.id"
        " JOIN places_area a ON a.id = o.area_id WHERE p.login = 'shen'"
    )
    session = Searcher(place.role_parameters(environment, "web"), person, [path])
    yield session, owner, area
    session.close()
    owner.close()
    database.renew()


def _script(
    session: Searcher, owner: Session, area: UUID, n_residents: int, n_queries: int
) -> tuple[set[Any], set[Any]]:
    """Every name in turn; whoever is shown is opened. What was shown masked, and what was opened."""
    owner.run(MANY, {"n": n_residents, "n_names": n_residents // 50, "area": area})
    shown: set[Any] = set()
    opened: set[Any] = set()
    sitting = session.sit()
    for number in range(n_queries):
        terms = json.dumps({"grams": [f"g{number}"]})
        search = session.search(sitting, terms)
        found = [row[0] for row in session.find(search, terms)] if search else []
        shown |= set(found)
        for record in found[:3]:
            token = session.look([record], search)
            opened |= {row[0] for row in session.read_record(token)} if token else set()
    return shown, opened


@pytest.mark.item("ETH-10")
def test_the_limits_end_it_after_a_few_hundred_masked_and_sixty_opened(
    officer: tuple[Searcher, Session, UUID],
) -> None:
    shown, opened = _script(*officer, n_residents=20_000, n_queries=300)

    assert len(shown) == 200
    assert len(opened) <= 60
    assert any("too many searches" in refusal for refusal in officer[0].refusals)


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.item("ETH-10")
def test_ten_thousand_queries_rebuild_less_than_a_thousandth_of_a_million(
    officer: tuple[Searcher, Session, UUID],
) -> None:
    n_residents = 1_000_000
    shown, opened = _script(*officer, n_residents=n_residents, n_queries=10_000)

    assert len(shown) < n_residents / 1000
    assert len(opened) < n_residents / 10_000


def test_a_day_of_such_hours_has_an_end_too(officer: tuple[Searcher, Session, UUID]) -> None:
    session, owner, area = officer
    shown, opened = set(), set()
    for _hour in range(6):
        more, seen = _script(session, owner, area, n_residents=2_000, n_queries=30)
        shown, opened = shown | more, opened | seen
        owner.run("UPDATE registry_search SET began_at = began_at - interval '61 minutes'")
        owner.run("UPDATE registry_looktoken SET created_at = created_at - interval '61 minutes'")

    assert len(shown) <= 600
    assert len(opened) <= 200
    assert any("within a day" in refusal for refusal in session.refusals)


def test_what_is_shown_and_rolled_back_counts_as_twenty(officer: tuple[Searcher, Session, UUID]) -> None:
    """A session that undoes the memory of what it was shown gains nothing by it."""
    session, owner, area = officer
    owner.run(MANY, {"n": 2_000, "n_names": 1_000, "area": area})
    sitting, answered = session.sit(), 0
    for number in range(30):
        terms = json.dumps({"grams": [f"g{number}"]})
        search = session.search(sitting, terms)
        session.run("BEGIN")
        answered += bool(search and session.find(search, terms))
        session.run("ROLLBACK")

    assert answered == 10


@pytest.mark.control
def test_control_without_the_limits_of_the_hour_the_script_goes_on(officer: tuple[Searcher, Session, UUID]) -> None:
    _session, owner, _area = officer
    signature = "open_search(uuid, varchar, text, varchar[])"
    ((source,),) = owner.run(f"SELECT pg_get_functiondef('{signature}'::regprocedure)")
    blind = source.replace("v_searches >= 120 OR v_hour >= 200", "false")
    assert blind != source
    owner.run(blind)

    shown, _opened = _script(*officer, n_residents=20_000, n_queries=15)

    assert len(shown) == 300
