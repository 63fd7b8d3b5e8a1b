"""Terminals that hang up, send again and lie about the time: what was acknowledged is kept, once, and no lie is.

The small form runs always; two thousand terminals for half an hour are a part of `make prove`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from shouwang.connections.jt808 import receiving, server
from shouwang.connections.jt808.messages import Result
from shouwang.connections.jt808.models import Terminal
from shouwang.connections.jt808.positions import write_position
from shouwang.connections.jt808.reading import POSITION
from shouwang.connections.jt808.receiving import Outcome
from shouwang.connections.jt808.simulator import Terminal as Device
from shouwang.core import clock
from shouwang.duty.models import Shift, Unit
from shouwang.people.granting import grant_hash
from shouwang.people.models import Grant
from shouwang.tracking.models import Fix, LastFix

LON, LAT, SEED = 111.4215, 27.6905, 808
HOUR_S, SHIFT_S, BEHIND_S = 3600, 4 * 3600, 240
GROWS_MIB = 60.0


@dataclass
class Teller:
    """One terminal and what it knows: which of its times the platform acknowledged, and which were lies."""

    unit: object
    device: Device
    rng: random.Random
    kept: array[int] = field(default_factory=lambda: array("q"))
    told: int = 0
    last_s: int = 0

    async def live(self, port: int, n: int, every_s: float, end: float) -> None:
        connected = False
        while self.told < n and time.monotonic() < end:
            try:
                if not connected:
                    await self.device.connect("127.0.0.1", port)
                    connected = await self.device.sign_on()
                await self._report()
                if self.rng.random() < 0.1:
                    await self.device.aclose()
                    connected = False
            except (OSError, TimeoutError):
                connected = False
            if every_s:
                await asyncio.sleep(every_s * self.rng.uniform(0.5, 1.5))
        if connected:
            await self.device.aclose()

    async def _report(self) -> None:
        """The truth, an old truth, or a lie; sometimes without waiting for the answer, and then once more."""
        self.told += 1
        self.last_s = at_s = max(self.last_s + 1, int(clock.now().timestamp()) - BEHIND_S)
        lot = self.rng.random()
        if lot < 0.1:
            await self._send(at_s + HOUR_S)  # a clock that is an hour ahead
        elif lot < 0.2:
            await self._send(at_s - 2 * SHIFT_S)  # from before the shift
        else:
            at_s -= HOUR_S if lot < 0.4 else 0  # from an hour without a network: kept as late
            if lot > 0.85:
                self.device._send(POSITION, self._body(at_s))  # and the answer is never read
                await self.device.aclose()
                await self.device.connect("127.0.0.1", self.port)
                await self.device.sign_on()
            if await self._send(at_s) == Result.DONE:
                self.kept.append(at_s)

    port = 0

    async def _send(self, at_s: int) -> int:
        return (await self.device.ask(POSITION, self._body(at_s))).body[4]

    def _body(self, at_s: int) -> bytes:
        return write_position(self.device.position(dt.datetime.fromtimestamp(at_s, dt.UTC)))


def tellers(world, n: int) -> list[Teller]:
    """So many units on a shift since four hours ago, each with a terminal that has its code."""
    began = clock.now() - dt.timedelta(seconds=SHIFT_S)
    home = world.qx1.home
    units = [Unit(name=f"soak {k}", form="car", home=home, duty_path=home.duty_path) for k in range(n)]
    codes = [f"soak-code-{k:06}" for k in range(n)]
    grants = [
        Grant(kind="unit", subject=unit.pk, token_hash=grant_hash(code), given_at=began)
        for unit, code in zip(units, codes, strict=True)
    ]
    numbers = [str(13900000001 + k) for k in range(n)]
    listed = zip(numbers, units, grants, strict=True)
    Unit.objects.bulk_create(units, 1000)
    Shift.objects.bulk_create(
        [Shift(unit=one, during=DateTimeTZRange(began, None), since=began) for one in units], 1000
    )
    Grant.objects.bulk_create(grants, 1000)
    Terminal.objects.bulk_create([Terminal(number=number, unit=unit, grant=g.pk) for number, unit, g in listed], 1000)
    devices = [Device(number, LON, LAT, code=code) for number, code in zip(numbers, codes, strict=True)]
    return [
        Teller(unit.pk, device, random.Random(SEED + k))
        for k, (unit, device) in enumerate(zip(units, devices, strict=True))
    ]


def soaked(all_of_them: list[Teller], *, n: int, every_s: float, seconds: float) -> float:
    """All of them at once; by how many MiB this process grew over the last two thirds of it."""
    sizes: list[float] = []

    async def run() -> None:
        end = time.monotonic() + seconds
        async with server.Server("127.0.0.1", 0) as door:
            for one in all_of_them:
                one.port = door.port
            living = asyncio.gather(*(one.live(door.port, n, every_s, end) for one in all_of_them))
            while not living.done():
                sizes.append(psutil.Process().memory_info().rss / 2**20)
                await asyncio.wait([living], timeout=max(1.0, seconds / 100))
            await living

    asyncio.run(run())
    return sizes[-1] - sizes[len(sizes) // 3]


def faults(all_of_them: list[Teller]) -> list[str]:
    """Acknowledged and not kept; kept and a lie; a marker that is behind, or was moved by what was late."""
    now = clock.now()
    rows: dict[object, set[int]] = {}
    for unit, at in Fix.objects.values_list("unit", "at"):
        rows.setdefault(unit, set()).add(int(at.timestamp()))
    markers = dict(LastFix.objects.values_list("unit", "at"))
    found = []
    for one in all_of_them:
        kept = rows.get(one.unit, set())
        lost = [at for at in one.kept if at not in kept]
        lies = [at for at in kept if at > now.timestamp() or at < now.timestamp() - SHIFT_S]
        newest = max((at for at in one.kept if at > one.last_s - HOUR_S // 2), default=0)
        behind = newest and int(markers[one.unit].timestamp()) < newest if one.unit in markers else bool(newest)
        found += [f"{one.device.number} lost {len(lost)}"] if lost else []
        found += [f"{one.device.number} was believed {len(lies)} lies"] if lies else []
        found += [f"{one.device.number} stands behind"] if behind else []
    return found


@pytest.mark.committed
def test_a_dozen_terminals_that_hang_up_and_lie_lose_nothing(world):
    a_dozen = tellers(world, 12)
    soaked(a_dozen, n=25, every_s=0, seconds=60)
    assert sum(len(one.kept) for one in a_dozen) > 100
    assert Fix.objects.filter(late=True).exists()
    assert faults(a_dozen) == []


@pytest.mark.control
@pytest.mark.committed
def test_control_a_door_that_answers_before_it_keeps_is_found(world, monkeypatch, record_property):
    keep: Callable[..., None] = receiving.keep
    monkeypatch.setattr(receiving, "keep", lambda passings: keep(passings[1:]))
    record_property("control", "acknowledged, not kept")
    some = tellers(world, 4)
    soaked(some, n=10, every_s=0, seconds=60)
    assert faults(some)


@pytest.mark.prove
@pytest.mark.committed
@pytest.mark.timeout(3000)
def test_two_thousand_terminals_for_half_an_hour(world, record_property):
    many = tellers(world, 2000)
    grew = soaked(many, n=10**9, every_s=10.0, seconds=1800)
    n_kept = sum(len(one.kept) for one in many)
    record_property("size", str(n_kept))
    record_property("unit", "acknowledged positions")
    record_property("seed", str(SEED))
    record_property("measured", f"memory {grew:+.0f} MiB")
    assert n_kept > 100_000
    assert faults(many) == []
    assert grew < GROWS_MIB


def test_what_is_too_much_is_refused_at_once_and_stays_with_the_terminal(monkeypatch):
    """The door sheds positions before anything else is asked of the database (R4)."""
    monkeypatch.setattr(server, "MOST_WAITING", 5)
    answers: list[Outcome] = []

    class Peer:
        sender = datum = ""

        def answered(self, _asked: object, outcome: Outcome) -> None:
            answers.append(outcome)

    async def run() -> None:
        door = server.Server("127.0.0.1", 0)
        monkeypatch.setattr(door, "_store_waiting", lambda: asyncio.sleep(0))  # a database that does not get on
        for _ in range(50):
            door.ask(Peer(), object())
        await asyncio.sleep(0)
        assert len(door._waiting) == 5
        await asyncio.to_thread(door._thread.shutdown)

    asyncio.run(run())
    assert [one.kept for one in answers] == [False] * 45
