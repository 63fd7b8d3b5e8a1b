"""Which ground each unit belongs to, kept in memory: asked for every position, changed seldom."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shouwang.duty.models import Unit


class UnitPaths:
    """Loaded again whenever a unit turns up that is not known yet."""

    def __init__(self) -> None:
        self._paths: dict[UUID, tuple[str, str]] = {}

    def lacks(self, units: Iterable[UUID]) -> bool:
        return any(unit not in self._paths for unit in units)

    def load(self) -> None:
        rows = Unit.objects.values_list("pk", "duty_path", "government_path")
        self._paths = {unit: (duty, government) for unit, duty, government in rows}

    def within(self, unit: UUID, paths: tuple[str, ...]) -> bool:
        """Paths end with "/", so "/1/2/" never reaches "/1/20/"."""
        return any(own.startswith(path) for own in self._paths.get(unit, ()) for path in paths)
