"""Residents kept twice: found by a job, shown masked, made one after a look at both, parted again; judged once."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed
from shouwang.registry.linkage.judging import make_one, pairs_merged, pairs_waiting, part, show_pair, tell_apart
from shouwang.registry.linkage.linking import link_residents, model_for
from shouwang.registry.linkage.matching import KEY, Like, Model, installed, pairs_of
from shouwang.registry.linkage.models import Merge, Pair
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Residence, Search
from shouwang.registry.opening import open_found
from shouwang.registry.tests.conftest import ring as ring
from shouwang.registry.tests.town import find_by, id_number, register, shown

pytestmark = [pytest.mark.committed]
NUMBER = "13800002086"


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def twins(world: Any, ring: Path, now: dt.datetime, as_role: Any) -> tuple[UUID, UUID, Pair]:
    """Wang Xiaoming, registered twice with another document, and somebody else; the job found one pair."""
    first = register(world, now, name="王晓明", doc_no=id_number(1), phone=NUMBER)
    second = register(world, now, name="王小明", doc_no=id_number(2), phone=NUMBER, place="桥西路12号3单元501")
    register(
        world, now, name="李想", doc_no=id_number(500, "19700101"), phone="13900000001", place="桥西路12号3单元601"
    )
    with as_role("jobs"):
        assert link_residents(by=Actor.system(), at=now, matching=lambda *_, least: [PAIR(first, second)]) == 1
        return first.resident, second.resident, Pair.objects.get()


def PAIR(first: Any, second: Any) -> tuple[str, str, float]:  # noqa: N802
    return str(first.resident), str(second.resident), 0.97


def look_at_both(pair: Pair, by: Any, at: dt.datetime) -> None:
    seen = show_pair(pair.pk, by=by, at=at)
    for side in seen.sides:
        open_found(side.id, register=Register.RESIDENT, search=seen.search, sitting=seen.sitting, by=by, at=at)


@pytest.mark.skipif(not installed(), reason="cannot be done here: the extra `link` is not installed")
def test_the_job_finds_who_is_there_twice_and_nobody_else(
    world: Any, ring: Path, now: dt.datetime, as_role: Any
) -> None:  # fmt: skip
    first = register(world, now, name="王晓明", doc_no=id_number(101), phone=NUMBER)
    again = register(world, now, name="王晓明", doc_no=id_number(102), phone=NUMBER, place="桥西路12号3单元501")
    for n, name in enumerate(("李想", "周倩", "吴迪", "郑爽", "王芳", "陈晨", "林立", "许诺")):
        register(
            world,
            now,
            name=name,
            doc_no=id_number(n, f"19{60 + n}0101"),
            phone=f"1390000000{n}",
            place=f"桥西路12号3单元60{n}",
        )

    with as_role("jobs"):
        link_residents(by=Actor.system(), at=now)
        (pair,) = Pair.objects.all()

    assert {pair.left, pair.right} == {first.resident, again.resident}


@pytest.mark.skipif(not installed(), reason="cannot be done here: the extra `link` is not installed")
def test_a_slip_of_the_pen_is_forgiven_and_a_namesake_is_not_taken_for_another() -> None:
    people = [
        {KEY: str(n), "name": f"甲{n % 97}", "name_spoken": f"jia{n % 97}", "doc_no": f"4313991970{n:08d}",
         "phone": f"139{n:08d}", "year": str(1940 + n % 70), "home": f"h{n // 3}"}
        for n in range(600)
    ]  # fmt: skip
    people += [people[7] | {KEY: "slip", "doc_no": "431399197000009007", "home": "h900"}]
    people += [people[8] | {KEY: "namesake", "doc_no": "431399198199999999", "phone": "13711112222", "home": "h901"}]

    found = pairs_of([people], model_for(people), least=0.9)

    assert {frozenset(pair[:2]) for pair in found} == {frozenset(("7", "slip"))}


@pytest.mark.skipif(not installed(), reason="cannot be done here: the extra `link` is not installed")
def test_two_files_are_linked_one_to_the_other() -> None:
    model = Model((Like("name", "exact", (0.9, 0.1), (0.001, 0.999)),), (("name",),), prior=0.05)
    one, other = [{KEY: "a", "name": "x"}, {KEY: "b", "name": "x"}], [{KEY: "c", "name": "x"}]

    found = pairs_of([one, other], model, least=0.5)

    assert {frozenset(pair[:2]) for pair in found} == {frozenset("ac"), frozenset("bc")}


def test_the_queue_says_where_and_the_pair_shows_both_masked(
    world: Any, twins: tuple[UUID, UUID, Pair], now: dt.datetime, as_role: Any
) -> None:
    (waiting,) = pairs_waiting(world.shen, now)
    seen = show_pair(waiting.id, by=world.shen, at=now)

    assert (waiting.grid, round(waiting.likeness, 2)) == ("桥西04网格", 0.97)
    assert {(side.id, side.shown) for side in seen.sides} == {(twins[0], "王**"), (twins[1], "王**")}
    with as_role("jobs"):
        assert set(Search.objects.get(pk=seen.search).shown) == {twins[0], twins[1]}


def test_one_person_is_made_of_two_and_parted_again(
    world: Any, twins: tuple[UUID, UUID, Pair], now: dt.datetime, as_role: Any
) -> None:
    first, second, pair = twins
    look_at_both(pair, world.shen, now)

    make_one(pair.pk, first, by=world.shen, at=now)

    assert shown(find_by(world.shen, now, NUMBER)) == {first}
    assert find_by(world.shen, now, "王小明").candidates == []
    with as_role("jobs"):
        assert set(Residence.objects.values_list("resident", flat=True)) >= {first}
        assert second not in set(Residence.objects.values_list("resident", flat=True))
    assert pairs_waiting(world.shen, now) == []
    (merged,) = pairs_merged(world.shen, now)

    part(merged.id, by=world.shen, at=now)

    assert shown(find_by(world.shen, now, NUMBER)) == {first, second}
    assert shown(find_by(world.shen, now, id_number(2), purpose="registration")) == {second}
    assert len(pairs_waiting(world.shen, now)) == 1
    verbs = set(Entry.objects.filter(subject=first).values_list("verb", flat=True))
    assert {"resident.make_one", "resident.part"} <= verbs


def test_two_persons_stay_two_and_are_not_asked_about_again(
    world: Any, twins: tuple[UUID, UUID, Pair], now: dt.datetime, as_role: Any
) -> None:
    tell_apart(twins[2].pk, by=world.shen, at=now)

    with as_role("jobs"):
        found = [(str(twins[0]), str(twins[1]), 0.99)]
        assert link_residents(by=Actor.system(), at=now, matching=lambda *_, least: found) == 0
    assert pairs_waiting(world.shen, now) == []


def test_nobody_makes_one_of_two_without_a_look_at_both(
    world: Any, twins: tuple[UUID, UUID, Pair], now: dt.datetime
) -> None:
    seen = show_pair(twins[2].pk, by=world.shen, at=now)
    open_found(twins[0], register=Register.RESIDENT, search=seen.search, sitting=seen.sitting, by=world.shen, at=now)

    with pytest.raises(LookRefused):
        make_one(twins[2].pk, twins[0], by=world.shen, at=now)


def test_who_stands_elsewhere_sees_no_pair_and_judges_none(
    world: Any, twins: tuple[UUID, UUID, Pair], now: dt.datetime
) -> None:
    assert pairs_waiting(world.zhao, now) == []
    for act in (show_pair, tell_apart, part):
        with pytest.raises(LookRefused):
            act(twins[2].pk, by=world.zhao, at=now)  # type: ignore[operator]
    for who in (world.lu, world.fang, world.an):
        with pytest.raises(NotAllowed):
            pairs_waiting(who, now)


def test_no_page_reads_the_pairs(world: Any, twins: tuple[UUID, UUID, Pair]) -> None:
    for model in (Pair, Merge):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model._default_manager.exists()
