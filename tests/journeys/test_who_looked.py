"""Who looked: unit, role, name, purpose and basis, at once; and nothing about anybody else."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from shouwang.core import clock, keyring
from shouwang.core.actor import Actor
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter
from shouwang.registry.looking import NoGround, look_at, look_to_handle
from shouwang.registry.trail import looks_for_matter, looks_for_person

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("ring")]


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def matter(world: Any, now: dt.datetime, ring: None) -> Matter:
    told = Told(name="王女士", number="13800002086")
    return open_matter(kind="incident", by=world.fang, at=now, area=world.qiaoxi, gist="楼上漏水", told=told)


def _identity(matter: Matter) -> UUID:
    identity = matter.parties.get().identity
    assert identity
    return identity


@pytest.mark.item("PRI-17")
def test_the_line_is_there_as_soon_as_somebody_looked(world: Any, matter: Matter, now: dt.datetime) -> None:
    caller = _identity(matter)

    look_at(
        [caller], by=world.fang, at=now, purpose="call_back", basis="statutory_duty", matter=matter.pk,
        fields=["number"],
    )  # fmt: skip

    (line,) = looks_for_matter(matter.pk, identities=[caller])
    with translation.override("en"):
        assert (line.unit, str(line.role), line.person) == ("青石桥派出所", "Dispatcher", "方晓宁")
        assert [str(one) for one in line.told] == ["number"]
        assert str(line.purpose) == "calling back about this matter"
        assert str(line.basis) == "a duty fixed by law: handling this receipt"
    assert dt.timedelta(0) <= clock.now() - line.at < dt.timedelta(seconds=60)


def test_the_public_face_reads_the_line_and_no_table_behind_it(
    world: Any, matter: Matter, now: dt.datetime, as_role: Any
) -> None:
    caller = _identity(matter)
    look_to_handle([caller], by=world.fang, at=now, matter=matter.pk, since=now)

    with as_role("portal"):
        assert [line.person for line in looks_for_matter(matter.pk, identities=[caller])] == ["方晓宁"]


def test_a_line_speaks_of_ones_own_identities_only(world: Any, matter: Matter, now: dt.datetime) -> None:
    from shouwang.registry.identities import keep_identity

    caller, husband = _identity(matter), keep_identity(name="王先生", at=now)
    matter.parties.create(role="party", identity=husband, added_at=now)
    look_to_handle([caller, husband], by=world.fang, at=now, matter=matter.pk, since=now)
    look_at([husband], by=world.fang, at=now, purpose="visit", basis="statutory_duty", matter=matter.pk)

    assert len(looks_for_matter(matter.pk, identities=[caller])) == 1
    assert len(looks_for_matter(matter.pk, identities=[husband])) == 2


def test_a_matter_that_is_not_ones_own_is_not_named(world: Any, matter: Matter, now: dt.datetime) -> None:
    caller = _identity(matter)
    look_to_handle([caller], by=world.fang, at=now, matter=matter.pk, since=now)

    (own,) = looks_for_person(identities=[caller], own_matters=[matter.pk])
    (others,) = looks_for_person(identities=[caller], own_matters=[])

    assert (own.matter, others.matter) == (matter.pk, None)


@pytest.mark.item("ETH-10")
def test_whoever_does_not_work_on_the_matter_has_no_ground(world: Any, matter: Matter, now: dt.datetime) -> None:
    for who in ("zhao", "lu", "stranger", "an", "wang", "xi"):
        with pytest.raises(NoGround):
            look_to_handle([_identity(matter)], by=getattr(world, who), at=now, matter=matter.pk, since=now)


def test_an_identity_of_another_matter_has_no_ground(world: Any, matter: Matter, now: dt.datetime) -> None:
    other = open_matter(kind="incident", by=world.fang, at=now, area=world.qiaoxi, gist="吵", told=Told(name="李先生"))

    with pytest.raises(NoGround):
        look_to_handle([_identity(other)], by=world.fang, at=now, matter=matter.pk, since=now)


def test_after_the_end_only_some_purposes_still_have_their_ground(world: Any, matter: Matter, now: dt.datetime) -> None:
    by = Actor(person_id=world.fang.person_id)
    served: dict[tuple[str, int], bool] = {}

    for purpose, days in (("handling", 1), ("call_back", 29), ("call_back", 31), ("complaint", 700)):
        Matter.objects.filter(pk=matter.pk).update(closed_at=now - dt.timedelta(days=days))
        try:
            look_at([_identity(matter)], by=by, at=now, purpose=purpose, basis="statutory_duty", matter=matter.pk)
            served[purpose, days] = True
        except NoGround:
            served[purpose, days] = False

    assert [look for look, given in served.items() if given] == [("call_back", 29), ("complaint", 700)]
