"""Sessions of the database roles over bare SQL; and an own key ring for every test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.core import keyring
from shouwang.registry.tests.attempting import Session, plant_identity


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    return tmp_path / "ring"


@pytest.fixture(scope="module")
def planted(database: Any, environment: Environment) -> Iterator[UUID]:
    """One identity, committed; the database is made anew after the module."""
    yield plant_identity(place.role_parameters(environment, "web"))
    database.renew()


OpenSession = Callable[..., Session]


@pytest.fixture
def session(planted: UUID, environment: Environment) -> Iterator[OpenSession]:
    """`session()` signs in somebody as role web; `session(role="owner")` plants a fault."""
    opened: list[Session] = []

    def sign_in(person: UUID | None = None, role: str = "web") -> Session:
        opened.append(Session(place.role_parameters(environment, role), person))
        return opened[-1]

    yield sign_in
    for one in opened:
        one.close()
