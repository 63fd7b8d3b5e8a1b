"""Every address with a key × every role: what lies on one's own ground is there, what lies next door is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shouwang.core.ids import new_id
from shouwang.desk.views import matter as matter_pages
from shouwang.journal.models import Entry
from shouwang.matters.models import Draft, Matter
from shouwang.people.roles import ROLES
from tests.journeys import kinds_of_people, kinds_on_ground  # noqa: F401 (each plants its kinds)
from tests.journeys.addresses import patterns
from tests.journeys.ground_table import (
    ANSWERED,
    COMMITS,
    NO_GROUND,
    ON_GROUND,
    OWN,
    REASONS,
    RESIDENTS,
    SAID,
    SHOWN_ELSEWHERE,
    WORDS,
)
from tests.journeys.next_door import a_resident, areas_next_door, browser_of, newcomer, post_of
from tests.journeys.planting import PLANT, Ground, Planted
from tests.journeys.route_table import IN, OPEN, ROUTES
from tests.journeys.test_every_route_and_role import HOLDERS

TREE = Path(__file__).parents[2]
STAFF = [role for role in ROLES if role != "resident"]
LIKELY = ["duty_lead", "station_head", "bureau_head", "community_officer"]  # who opens most: asked first
REFUSED = (403, 404, 405)


def keyed(routes: dict[str, str]) -> set[str]:
    """Names of the addresses that staff or residents open, and that take the key of a row."""
    found = patterns()
    return {
        name for name, whom in routes.items() if whom != OPEN
        for kind in found[name][1].pattern.converters.values()
        if type(kind).__name__ in ("UUIDConverter", "IntConverter", "StringConverter")
    }  # fmt: skip


def lined() -> list[str]:
    on_ground = [name for names in (*ON_GROUND.values(), *OWN.values(), *RESIDENTS.values()) for name in names]
    return [*on_ground, *NO_GROUND, *SHOWN_ELSEWHERE]


def faults_of_table(wanted: Iterable[str], lines: list[str]) -> list[str]:
    twice = {name for name in lines if lines.count(name) > 1}
    return sorted({*set(wanted).symmetric_difference(lines), *twice})


def test_every_keyed_address_has_one_line_and_every_line_its_address():
    wrong = faults_of_table(keyed(ROUTES), lined())
    assert not wrong, wrong
    assert set(NO_GROUND.values()) <= set(REASONS)
    assert {*ON_GROUND, *OWN, *RESIDENTS} <= set(PLANT)


@pytest.mark.control
def test_a_new_keyed_address_without_a_line_is_found():
    missing = [name for name in lined() if name != "desk:matter"]

    assert faults_of_table(keyed(ROUTES), missing) == ["desk:matter"]
    assert faults_of_table(keyed(ROUTES), [*lined(), "desk:matter"]) == ["desk:matter"]


@pytest.mark.parametrize("name", sorted(SHOWN_ELSEWHERE))
def test_what_is_shown_elsewhere_is_shown_there(name):
    text = (TREE / SHOWN_ELSEWHERE[name]).read_text(encoding="utf8")
    steady = [part for part in patterns()[name][1].pattern.describe().strip("'").split("/") if part and "<" not in part]

    assert name in text or all(part in text for part in steady)


def roles_of(name: str) -> list[str]:
    """The roles that open it, the likeliest first."""
    whom = ROUTES[name].split()
    opening = [role for role in STAFF if ROUTES[name] == IN or not ROLES[role].isdisjoint(whom)]
    return sorted(opening, key=lambda role: LIKELY.index(role) if role in LIKELY else len(LIKELY))


def ask(browser: Client, method: str, name: str, planted: Planted) -> int:
    """What is answered; whatever it wrote is taken back."""
    whole, pattern = patterns()[name]
    known = {"name": WORDS.get(name, ""), "what": "rule"} | planted
    address = reverse(whole, kwargs={place: known[place] for place in pattern.pattern.converters})
    said = {key: str(value) for key, value in (planted | SAID.get(name, {})).items()}
    undone = transaction.atomic()
    undone._from_testcase = True  # as Django's TestCase: durable blocks are allowed in it
    with undone:
        answer = (browser.get if method == "GET" else browser.post)(address, said)
        transaction.set_rollback(True)
    return int(answer.status_code)


def faults(name: str, planted: Planted, own: Iterable[tuple[str, Client]], others: Iterable[tuple[str, Client]]) -> Any:
    """Where somebody of the ground is not let in at all, and where somebody else is."""
    allowed, seen = set[str](), []
    for role, browser in own:
        if name in COMMITS:
            allowed.add("POST")
            break
        answers = {method: ask(browser, method, name, planted) for method in ("GET", "POST")}
        allowed |= {method for method, status in answers.items() if status != 405}
        seen.append((role, answers))
        if any(status not in REFUSED for status in answers.values()):
            break
    else:
        return [(name, "nobody of the ground", seen)]
    found: list[Any] = []
    for role, browser in others:
        for method in sorted(allowed):
            before = Entry.objects.count()
            status = ask(browser, method, name, planted)
            alike = name not in ANSWERED or status == ask(browser, method, name, planted | {"key": new_id()})
            if status != ANSWERED.get(name, 404) or not alike or Entry.objects.count() != before:
                found.append((name, role, method, status))
    return found


@pytest.fixture
def holders(world: Any) -> Callable[[str], Client]:
    made: dict[str, Client] = {}

    def holder(role: str) -> Client:
        if role not in made:
            made[role] = browser_of(getattr(world, HOLDERS[role]).person, role)
        return made[role]

    return holder


@pytest.fixture
def neighbours(world: Any) -> Callable[[str], Client]:
    """`neighbours("dispatcher")`: holds the same post, on ground of the same tier beside it."""
    areas, made = areas_next_door(world), dict[str, Client]()

    def neighbour(role: str) -> Client:
        if role not in made:
            holder = getattr(world, HOLDERS[role])
            person = newcomer(role, areas[post_of(holder).area.tier], sworn=holder.person.sworn)
            made[role] = browser_of(person, role)
        return made[role]

    return neighbour


@pytest.fixture
def planted(world: Any, as_role: Any) -> Callable[..., Planted]:
    """`planted("matter")`: one in Qiaoxi, and Zhou's where it belongs to somebody. As the owner: some are for jobs."""

    def plant(kind: str, whose: str = "zhou") -> Planted:
        with as_role("owner"):
            return PLANT[kind](Ground(world, world.qiaoxi, world.cast[whose].person))

    return plant


@pytest.fixture
def leaks(planted: Any, holders: Any, neighbours: Any) -> Callable[..., list[Any]]:
    """`leaks("matter")`: every address of that kind, asked by everybody who opens it, here and next door."""

    def found(kind: str, *only: str) -> list[Any]:
        thing = planted(kind)
        return [
            fault
            for name in only or ON_GROUND[kind]
            for fault in faults(
                name, thing, ((role, holders(role)) for role in roles_of(name)),
                ((role, neighbours(role)) for role in roles_of(name)),
            )
        ]  # fmt: skip

    return found


@pytest.mark.parametrize("kind", ON_GROUND)
def test_what_lies_next_door_does_not_exist_and_ones_own_does(leaks, kind):
    assert not (found := leaks(kind)), found


@pytest.mark.parametrize("kind", OWN)
def test_what_belongs_to_one_person_does_not_exist_for_his_colleague(world, planted, kind):
    thing = planted(kind)
    own = [("duty_lead", browser_of(world.zhou.person, "duty_lead"))]
    others = [("colleague", browser_of(newcomer("duty_lead", world.station, sworn=True), "duty_lead"))]

    found = [fault for name in OWN[kind] for fault in faults(name, thing, own, others)]
    assert not found, found


@pytest.mark.parametrize("kind", RESIDENTS)
def test_what_belongs_to_one_resident_does_not_exist_for_another(world, planted, process_of, kind):
    thing = planted(kind, "wang")
    own = [("resident", browser_of(world.wang.person, "resident"))]
    others = [("another", browser_of(a_resident(), "resident"))]

    for name in RESIDENTS[kind]:
        with process_of("resident", name):
            assert not (found := faults(name, thing, own, others)), found


def test_the_draft_of_another_stays(world, planted):
    draft = planted("draft")
    browser = browser_of(world.lin.person, "station_head")

    assert browser.post(reverse("desk:draft_dropped", args=[draft["key"]])).status_code == 200
    assert Draft.objects.filter(pk=draft["key"]).exists()


@pytest.mark.control
def test_a_page_that_asks_for_no_ground_is_found(leaks, monkeypatch):
    monkeypatch.setattr(matter_pages, "visible_matter", lambda _request, key: Matter.objects.get(pk=key))

    found = leaks("matter", "desk:matter", "desk:watch", "desk:step_form")

    assert {name for name, *_ in found} == {"desk:matter", "desk:step_form"}  # the other one asks elsewhere
