"""Parts of a kind's declaration: its clocks, and the sorts within it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from shouwang.core.calendar import Limit


@dataclass(frozen=True)
class Deadline:
    """A clock of a kind: started by a step (or "open"), met by others. `limits` by urgency; None: the clock of all."""

    rule: str
    label: Promise
    starts: tuple[str, ...]
    met_by: tuple[str, ...]
    limits: Mapping[int | None, Limit]
    channels: tuple[str, ...] = ()  # only for these; empty: all

    def limit(self, urgency: int) -> Limit | None:
        return self.limits.get(urgency, self.limits.get(None))


@dataclass(frozen=True)
class Subkind:
    """What sort within the kind. `words` are what people say; `dispute` crosses the groups (C10).

    untold  nothing is sent to who reported it: whom it is about could read it
    """

    name: str
    label: Promise
    urgency: int
    words: tuple[str, ...] = ()
    dispute: bool = False
    untold: bool = False

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]
