"""What a key asks for goes before what pages ask by themselves."""

import asyncio

from shouwang.config.front import limits
from shouwang.config.front.turns import Turns


async def one(turn, name, done, lasts=0.0):
    async with turn:
        await asyncio.sleep(lasts)
        done.append(name)


def test_a_question_of_the_page_begins_when_nobody_waits_for_an_answer(monkeypatch):
    monkeypatch.setattr(limits, "GIVES_WAY_S", 30)
    done = []

    async def run():
        turns = Turns()
        key = asyncio.create_task(one(turns.pressed(), "key", done, 0.05))
        await asyncio.sleep(0)
        await asyncio.gather(key, one(turns.passive(), "page", done), one(turns.pressed(), "another key", done))

    asyncio.run(run())
    assert done == ["another key", "key", "page"]


def test_it_does_not_wait_for_a_long_answer(monkeypatch):
    monkeypatch.setattr(limits, "GIVES_WAY_S", 0.01)
    done = []

    async def run():
        turns = Turns()
        long = asyncio.create_task(one(turns.pressed(), "export", done, 60))
        await asyncio.sleep(0)
        await one(turns.passive(), "page", done)
        long.cancel()

    asyncio.run(run())
    assert done == ["page"]


def test_what_has_waited_for_its_turn_gives_way_no_more(monkeypatch):
    monkeypatch.setattr(limits, "GIVES_WAY_S", 0.2)
    monkeypatch.setattr(limits, "PASSIVE_AT_ONCE", 1)
    done = []

    async def run():
        turns = Turns()
        long = asyncio.create_task(one(turns.pressed(), "export", done, 60))
        await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(one(turns.passive(), "page", done) for _ in range(200)))
        long.cancel()
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(run()) < 30, "each of two hundred waited anew"
    assert done == ["page"] * 200


def test_few_are_asked_at_a_time(monkeypatch):
    monkeypatch.setattr(limits, "PASSIVE_AT_ONCE", 2)
    most, now = [0], [0]

    async def ask(turns):
        async with turns.passive():
            now[0] += 1
            most[0] = max(most[0], now[0])
            await asyncio.sleep(0.001)
            now[0] -= 1

    async def run():
        turns = Turns()
        await asyncio.gather(*(ask(turns) for _ in range(20)))

    asyncio.run(run())
    assert most == [2]
