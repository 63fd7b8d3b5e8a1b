"""A look goes through its ground, leaves its entry and its line, and gives what was asked for."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.registry import grounds
from shouwang.registry.grounds import Asked
from shouwang.registry.identities import keep_identity
from shouwang.registry.looking import LookRefused, NoGround, look_at, look_to_handle
from shouwang.registry.models import Look
from shouwang.registry.tests.town import traces

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("db", "ring")]
OPEN_MATTER, CLOSED_MATTER = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    """One matter is open to everybody who asks."""

    def answer(asked: Asked) -> bool:
        return asked.matter == OPEN_MATTER

    monkeypatch.setattr(grounds, "GROUNDS", [answer])


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def caller(now: dt.datetime) -> Iterator[UUID]:
    return keep_identity(name="王女士", number="13800002086", address="桥西路12号", at=now)


def test_opening_the_card_shows_everything_and_leaves_one_entry_a_shift(caller: UUID, now: dt.datetime) -> None:
    fang = Actor(uuid4(), uuid4())
    shift = now - dt.timedelta(hours=3)

    for _ in range(3):
        (seen,) = look_to_handle([caller], by=fang, at=now, matter=OPEN_MATTER, since=shift)

    assert (seen.name, seen.number, seen.address, seen.email) == ("王女士", "13800002086", "桥西路12号", None)
    assert Entry.objects.filter(verb="identity.look", person=fang.person_id).count() == 1
    (line,) = traces(Look, identity=caller)
    assert (line.person, line.post, line.matter, line.purpose) == (
        fang.person_id,
        fang.post_id,
        OPEN_MATTER,
        "handling",
    )


def test_the_next_shift_leaves_its_own_entry(caller: UUID, now: dt.datetime) -> None:
    fang = Actor(uuid4())
    look_to_handle([caller], by=fang, at=now, matter=OPEN_MATTER, since=now - dt.timedelta(hours=1))

    later = now + dt.timedelta(seconds=5)
    look_to_handle([caller], by=fang, at=later, matter=OPEN_MATTER, since=later)

    assert len(traces(Look, identity=caller)) == 2


def test_a_party_who_came_later_gets_an_entry_of_his_own(caller: UUID, now: dt.datetime) -> None:
    fang, since = Actor(uuid4()), now - dt.timedelta(hours=1)
    look_to_handle([caller], by=fang, at=now, matter=OPEN_MATTER, since=since)
    witness = keep_identity(name="李先生", at=now)

    seen = look_to_handle([caller, witness], by=fang, at=now, matter=OPEN_MATTER, since=since)

    assert [one.name for one in seen] == ["王女士", "李先生"]
    assert len(traces(Look, identity=witness)) == 1


def test_a_look_gives_only_the_parts_it_names(caller: UUID, now: dt.datetime) -> None:
    (seen,) = look_at(
        [caller], by=Actor(uuid4()), at=now, purpose="call_back", basis="statutory_duty", matter=OPEN_MATTER,
        fields=["number"],
    )  # fmt: skip

    assert (seen.name, seen.number, seen.address) == (None, "13800002086", None)
    assert [one.fields for one in traces(Look, identity=caller)] == [["number"]]


@pytest.mark.parametrize("matter", [CLOSED_MATTER, None])
def test_without_a_ground_nothing_is_read_and_nothing_is_left(
    caller: UUID, now: dt.datetime, matter: UUID | None
) -> None:
    with pytest.raises(NoGround):
        look_at([caller], by=Actor(uuid4()), at=now, purpose="visit", basis="consent", matter=matter)

    assert not traces(Look, identity=caller)


@pytest.mark.parametrize("who", [Actor.nobody(), Actor.system(), Actor(kind="screen")])
def test_only_a_person_looks(who: Actor, caller: UUID, now: dt.datetime) -> None:
    with pytest.raises(NoGround):
        look_at([caller], by=who, at=now, purpose="visit", basis="consent", matter=OPEN_MATTER)


@pytest.mark.parametrize(("purpose", "basis"), [("curiosity", "consent"), ("", "consent"), ("visit", "because")])
def test_purpose_and_basis_come_from_closed_lists(purpose: str, basis: str, caller: UUID, now: dt.datetime) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        look_at([caller], by=Actor(uuid4()), at=now, purpose=purpose, basis=basis, matter=OPEN_MATTER)


def test_a_look_inside_another_act_is_a_mistake_of_the_programmer(caller: UUID, now: dt.datetime) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="its own transactions"):
        look_to_handle([caller], by=Actor(uuid4()), at=now, matter=OPEN_MATTER, since=now)


def test_too_many_at_once_is_refused_by_the_database(now: dt.datetime) -> None:
    with pytest.raises(LookRefused):
        look_at(
            [uuid4() for _ in range(21)], by=Actor(uuid4()), at=now, purpose="visit", basis="consent",
            matter=OPEN_MATTER,
        )  # fmt: skip
