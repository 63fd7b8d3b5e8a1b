"""Calls of the cast, and crews whose presence the tests say."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.matters import presence
from shouwang.matters.intake import open_matter
from shouwang.matters.presence import Present
from shouwang.matters.steps import take_step

QIAOXI_04, HEBU_01 = (111.427, 27.686), (111.432, 27.690)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def noon() -> dt.datetime:
    return dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def a_call(world, noon):
    """A function that opens a call: a fight in Qiaoxi 04, told to Fang, unless said otherwise."""

    def make(**given):
        told = {"by": world.fang, "at": noon, "point": QIAOXI_04, "place_text": "桥西路12号", "subkind": "order.fight"}
        return open_matter(kind="incident", **(told | given))

    return make


@pytest.fixture
def there(monkeypatch):
    """A function that says who is at the scene: `there(world.ming, world.he, recorder="")`."""

    def say(*people, recorder: str = "5120471"):
        present = [Present(one.person_id, one.post.pk, one.person.sworn, recorder) for one in people]
        monkeypatch.setattr(presence, "ANSWERS", [lambda matter, at: present])

    say()
    return say


@pytest.fixture
def on_scene(world, a_call, noon, there):
    """A function that brings a call to the scene with these people there."""

    def make(*people, recorder: str = "5120471", **given):
        call = a_call(**given)
        there(*(people or (world.ming, world.li, world.he)), recorder=recorder)
        for step, who in (("dispatch", "fang"), ("acknowledge", "ming"), ("depart", "ming"), ("arrive", "ming")):
            call = take_step(call, step, by=getattr(world, who), at=noon + MINUTE)
        return call

    return make
