import datetime as dt
from collections.abc import Callable

import pytest


@pytest.fixture
def noon() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


@pytest.fixture
def later(noon: dt.datetime) -> Callable[[float], dt.datetime]:
    return lambda seconds: noon + dt.timedelta(seconds=seconds)
