"""A call in the west of Qiaoxi at noon, and another one in Hebu."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter

QIAOXI = (111.421, 27.690)
HEBU = (111.438, 27.690)
OpenCall = Callable[..., Matter]


@pytest.fixture
def noon() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


@pytest.fixture
def later(noon: dt.datetime) -> Callable[[float], dt.datetime]:
    """`later(90)`: noon and ninety seconds."""
    return lambda seconds: noon + dt.timedelta(seconds=seconds)


@pytest.fixture
def open_call(world: Any, noon: dt.datetime) -> OpenCall:
    def opening(**given: Any) -> Matter:
        given = {"subkind": "order.fight", "point": QIAOXI, "place_text": "桥西路12号", "gist": "打架"} | given
        return open_matter(kind="incident", by=world.fang, at=noon - dt.timedelta(minutes=2), **given)

    return opening


@pytest.fixture
def call(open_call: OpenCall) -> Matter:
    return open_call()


@pytest.fixture
def other_call(open_call: OpenCall) -> Matter:
    return open_call(point=HEBU, place_text="河埠街3号")
