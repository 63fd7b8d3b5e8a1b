"""Hours of a day within which somebody is there, as he said it himself: “after six”, “until noon”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem

KEPT = ("home_from", "home_until")


class WindowEnds(Problem):
    code, status = "window.ends", 400
    says = gettext_lazy("The hour until which somebody is there comes after the hour from which.")


@dataclass(frozen=True)
class Window:
    """`opens`, `closes`: times of day; None: from the morning on, to the night."""

    opens: dt.time | None = None
    closes: dt.time | None = None

    def __bool__(self) -> bool:
        return self.opens is not None or self.closes is not None

    def __str__(self) -> str:
        """As a person says it; empty where any hour will do."""
        opens, closes = (f"{one:%H:%M}" if one else "" for one in (self.opens, self.closes))
        if opens and closes:
            return f"{opens}–{closes}"
        if opens:
            return _("from {hour}").format(hour=opens)
        return _("until {hour}").format(hour=closes) if closes else ""

    def checked(self, field: str = "home_until") -> Window:
        """Itself. Raises WindowEnds"""
        if self.opens is not None and self.closes is not None and self.closes <= self.opens:
            raise WindowEnds(field=field)
        return self

    def on(self, day: dt.date) -> tuple[dt.datetime | None, dt.datetime | None]:
        """The two instants of that day."""
        opens, closes = (dt.datetime.combine(day, one, SHANGHAI) if one else None for one in (self.opens, self.closes))
        return opens, closes

    def facts(self) -> dict[str, str]:
        """As a matter keeps it: only what was said."""
        given = {"home_from": self.opens, "home_until": self.closes}
        return {name: f"{one:%H:%M}" for name, one in given.items() if one}


def window_of(facts: Mapping[str, Any]) -> Window:
    """What a matter keeps in `home_from` and `home_until`."""
    opens, closes = (dt.time.fromisoformat(facts[name]) if facts.get(name) else None for name in KEPT)
    return Window(opens, closes)
