"""The demo's cast on the sign-in page: offered by the demo, in a database that the demo made, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Shown:
    """One button: who, as what, what he can do."""

    person_id: UUID
    name: str
    post: str
    can: str


_offered: list[Callable[[], list[Shown]]] = []


def offer(cast: Callable[[], list[Shown]]) -> None:
    """Name the function that lists the cast; it answers nothing where the database is not the demo's."""
    _offered[:] = [cast]


def shown() -> list[Shown]:
    """The cast to choose from; empty in a real town."""
    return _offered[0]() if settings.DEMO and _offered else []


def may_be_acted(person_id: UUID) -> bool:
    return any(one.person_id == person_id for one in shown())
