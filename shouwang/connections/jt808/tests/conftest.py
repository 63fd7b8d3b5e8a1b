"""What the door remembers between readings is forgotten before each test."""

import pytest

from shouwang.tracking import limits
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.town import forget_town


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()
    forget_town()
    limits.READINGS.clear()
    limits.STRANGERS.clear()
