"""The product's settings, on that backend."""

from shouwang.config.settings import *  # noqa: F403
from shouwang.config.settings import DATABASES

DATABASES["default"]["ENGINE"] = "tests.journeys.early"
