"""R9: whatever up to six phones wrote without a network, and however it arrives, everybody ends with the same.

Most histories run the pure decision over a thin store (the log of one record); a few drive the real replay against the
database, to show that the store is like it.
"""

import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from shouwang.core import clock, keyring
from shouwang.core.ids import new_id
from shouwang.matters.replay import Sent, replay
from shouwang.people.models import Device
from shouwang.places.models import Address
from shouwang.registry.agreeing import EditMade, Verdict, judge, open_fields_of, standing
from shouwang.registry.forms import VERSION
from shouwang.registry.lists import Register
from shouwang.registry.looking import ask_database
from shouwang.registry.opening import open_here
from shouwang.registry.tests.town import id_number, register

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
FIELDS = ("rooms", "beds", "hazards")
Judge = Callable[[EditMade, list[EditMade]], Verdict]


@dataclass
class Store:
    """One record as the server keeps it: its log, and the values shown."""

    judge: Judge = judge
    log: list[EditMade] = field(default_factory=list)
    shown: dict[str, UUID] = field(default_factory=dict)  # field → the edit whose value is shown
    told: dict[UUID, frozenset[str]] = field(default_factory=dict)

    def receive(self, edit: EditMade) -> None:
        if edit.id in self.told:
            return  # the same step again
        seen = [one.made_at for one in self.log if one.device and one.number <= edit.base]
        at = max([edit.made_at, *(one + dt.timedelta(milliseconds=1) for one in seen)])
        arrived = replace(edit, number=len(self.log) + 1, made_at=at)
        verdict = self.judge(arrived, self.log)
        self.log.append(arrived)
        self.told[edit.id] = edit.fields
        self.shown |= dict.fromkeys(verdict.writes, edit.id)

    def decide(self, at: dt.datetime, name: str) -> None:
        desk = EditMade(new_id(), len(self.log) + 1, 0, None, at, frozenset({name}))
        self.log.append(desk)
        self.shown[name] = desk.id

    def state(self) -> tuple[Any, ...]:
        waiting = {key: fields for key, fields in open_fields_of(self.log).items() if self._sent(key)}
        return (frozenset(self.shown.items()), frozenset(waiting.items()))

    def _sent(self, key: UUID) -> bool:
        return key in self.told

    def lost(self) -> list[UUID]:
        """Edits that neither stand, nor wait for a person, nor were known to one that stands in their place."""
        standing_now = {name: {one.id for one in standing(self.log, name)} for name in FIELDS}
        known = {one.id: one for one in self.log}
        return [
            key for key, fields in self.told.items()
            if any(
                (key not in standing_now[name] and not any(
                    other.saw(known[key]) for other in self.log if name in other.fields and other.id != key
                ))
                or (key in standing_now[name] and len(standing_now[name]) == 1 and self.shown.get(name) != key)
                for name in fields
            )
        ]  # fmt: skip


@dataclass
class Handset:
    id: UUID
    base: int = 0
    clock: dt.timedelta = dt.timedelta(0)  # how far its clock is off
    outbox: list[EditMade] = field(default_factory=list)


def history(draw: random.Random, judging: Judge = judge) -> list[Store]:
    """One history of up to six phones over some rounds, told to two servers in different orders."""
    one, other = Store(judging), Store(judging)
    phones = [
        Handset(UUID(int=draw.getrandbits(100)), clock=dt.timedelta(seconds=draw.randint(-90, 90)))
        for _ in range(draw.randint(2, 6))
    ]
    at = NOON
    for _ in range(draw.randint(1, 3)):
        for phone in phones:
            if draw.random() < 0.5:
                phone.base = len(one.log)  # takes the record along as it is now
            for _ in range(draw.choice([0, 1, 1, 2, 3])):
                at += dt.timedelta(minutes=draw.randint(0, 60 * 24))
                fields = frozenset(draw.sample(FIELDS, draw.randint(1, 2)))
                phone.outbox.append(EditMade(new_id(), 0, phone.base, phone.id, at + phone.clock, fields))
        sending = [phone for phone in phones if draw.random() < 0.7]
        for store in (one, other):
            deliver(store, [list(phone.outbox) for phone in sending], draw)
        for phone in sending:
            phone.outbox = []
        if draw.random() < 0.3:
            name = draw.choice(FIELDS)
            desk = EditMade(new_id(), len(one.log) + 1, 0, None, at, frozenset({name}))
            for store in (one, other):
                store.log.append(desk)
                store.shown[name] = desk.id
    for store in (one, other):  # the last ones, up to thirty days late
        deliver(store, [list(phone.outbox) for phone in phones], draw)
    return [one, other]


def deliver(store: Store, outboxes: list[list[EditMade]], draw: random.Random) -> None:
    """In any order of the phones, each in its own; parts arrive again."""
    sent: list[EditMade] = []
    while any(outboxes):
        outbox = draw.choice([one for one in outboxes if one])
        sent.append(outbox.pop(0))
        store.receive(sent[-1])
        if draw.random() < 0.2:
            store.receive(draw.choice(sent))


def faults_in(n: int, seed: int, judging: Judge = judge) -> list[str]:
    draw, found = random.Random(seed), []
    for number in range(n):
        one, other = history(draw, judging)
        if one.state() != other.state():
            found.append(f"history {number} of seed {seed}: the two servers differ")
        lost = [key for store in (one, other) for key in store.lost()]
        found += [f"history {number} of seed {seed}: {key} is nowhere" for key in lost]
    return found


@pytest.mark.item("R9")
def test_two_hundred_histories_converge_and_nothing_is_dropped():
    seed = random.randrange(10**6)

    assert faults_in(200, seed) == []


@pytest.mark.prove
@pytest.mark.parametrize("part", range(4))
def test_twenty_thousand_histories_converge_and_nothing_is_dropped(part, record_property):
    seed = random.randrange(10**6)
    record_property("size", 5000)
    record_property("unit", "histories of up to six phones")
    record_property("seed", seed)

    assert faults_in(5000, seed) == []


def first_come(edit: EditMade, log: list[EditMade]) -> Verdict:
    """The planted fault: who arrives last is written over who arrived before."""
    return replace(judge(edit, log), writes=edit.fields)


def first_stays(edit: EditMade, log: list[EditMade]) -> Verdict:
    """The planted fault: what arrives on a record that was changed meanwhile is left out in silence."""
    changed = set().union(*(one.fields for one in log if one.number > edit.base and one.device != edit.device), set())
    return replace(judge(edit, log), writes=frozenset(edit.fields - changed))


@pytest.mark.control
@pytest.mark.parametrize("judging", [first_come, first_stays])
def test_a_server_that_lets_the_order_of_arrival_decide_is_found_out(judging):
    assert faults_in(200, 7, judging) != []


OFFICERS = ("shen", "ming", "li", "guan", "lin")


class Town:
    """Two dwellings of a real town, to which the same history is told in different orders."""

    def __init__(self, world: Any) -> None:
        self.world, self.now = world, clock.now().replace(microsecond=0)
        self.dwellings = [self._dwelling(f"桥西路{number}号1单元101") for number in (71, 73)]
        for who in OFFICERS:
            Device.objects.get_or_create(
                person=world.cast[who].person,
                defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": self.now},
            )

    def _dwelling(self, place: str) -> tuple[Address, UUID]:
        register(self.world, self.now, place=place, name=f"住{place[3:5]}", doc_no=id_number(int(place[3:5])))
        address = Address.objects.get(searched=place)
        ((key,),) = ask_database("SELECT dwelling_at(%s)", [address.pk])
        return address, key

    def take_along(self, who: str, which: int) -> Any:
        by = self.world.cast[who].afresh()
        key = self.dwellings[which][1]
        return open_here([key], register=Register.DWELLING, purpose="visit", by=by, at=self.now)[0]

    def send(self, who: str, which: int, base: int, minutes: int, told: dict[str, int]) -> str:
        address, key = self.dwellings[which]
        given = {"address": str(address.pk), "record": str(key), "base": base, "told": told}
        at = self.now - dt.timedelta(minutes=minutes)
        body = {"id": str(new_id()), "act": "dwelling.edit", "claimed_at": at.isoformat(), "form": VERSION}
        person = self.world.cast[who]
        device = Device.objects.get(person=person.person)
        for _ in range(2):  # each arrives twice
            row = replay(Sent.read(json.dumps(body | {"given": given})), device=device, by=person.afresh(), at=self.now)
        return str(row.outcome)

    def tell(self, draw: random.Random) -> list[tuple[Any, ...]]:
        """One round: all take both along, write, and send to each in another order. What each then holds."""
        self.now += dt.timedelta(minutes=1001)  # every tap of a round is later than what its phones had seen
        bases = {who: [self.take_along(who, which)["version"] for which in (0, 1)] for who in OFFICERS}
        minutes = iter(sorted(draw.sample(range(1, 1000), 3 * len(OFFICERS)), reverse=True))
        outboxes = {
            who: [(next(minutes), {draw.choice(FIELDS): draw.randint(0, 9)}) for _ in range(draw.randint(1, 3))]
            for who in draw.sample(OFFICERS, draw.randint(2, len(OFFICERS)))
        }
        for which in (0, 1):
            left = {who: list(steps) for who, steps in outboxes.items()}
            while left:
                who = draw.choice(sorted(left))
                before, told = left[who].pop(0)
                assert self.send(who, which, bases[who][which], before, told) == "taken"
                left = {name: steps for name, steps in left.items() if steps}
        return [self.held(which) for which in (0, 1)]

    def held(self, which: int) -> tuple[Any, ...]:
        seen = self.take_along("shen", which)
        edits = ask_database("SELECT state, fields FROM edits_of(%s)", [self.dwellings[which][1]])
        waiting = sorted(tuple(fields) for state, fields in edits if state == "open")
        return (*(seen[name] for name in FIELDS), waiting, len(edits))


def _in_the_database(world: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    seed = random.randrange(10**6)
    draw, town = random.Random(seed), Town(world)
    for number in range(rounds):
        one, other = town.tell(draw)
        assert one == other, f"round {number} of seed {seed}"


@pytest.mark.committed
@pytest.mark.item("R9")
def test_the_database_agrees_with_itself_in_whatever_order_steps_arrive(world, tmp_path, monkeypatch):
    _in_the_database(world, tmp_path, monkeypatch, rounds=4)


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.committed
def test_the_database_agrees_with_itself_for_a_hundred_rounds(world, tmp_path, monkeypatch, record_property):
    record_property("size", 100)
    record_property("unit", "rounds of five phones in the database")
    _in_the_database(world, tmp_path, monkeypatch, rounds=100)
