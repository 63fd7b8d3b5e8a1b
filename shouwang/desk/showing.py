"""What a list of one kind of matter is narrowed to by its address: what is shown, and one group of its sorts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Asked = tuple[str, Promise, Iterable[tuple[str, Any]], str]


def choices_of(*asked: Asked) -> list[dict[str, Any]]:
    """Of name, label, (value, words) to choose from and the value chosen: what ui/parts/_filters.html draws."""
    return [
        {"name": name, "label": label,
         "options": [{"value": value, "label": words, "on": value == chosen} for value, words in options]}
        for name, label, options, chosen in asked
    ]  # fmt: skip


@dataclass(frozen=True)
class Showing:
    """`?show=` one of `shows`, `?sort=` one of `sorts`; nonsense is left aside."""

    show: str = "open"
    sort: str = ""
    shows: ClassVar[Mapping[str, Promise]]
    sorts: ClassVar[Mapping[str, Any]]
    all_sorts: ClassVar[Promise]

    @classmethod
    def read(cls, query: Any) -> Self:
        show, sort = query.get("show", ""), query.get("sort", "")
        return cls(show if show in cls.shows else "open", sort if sort in cls.sorts else "")

    def choices(self) -> list[dict[str, Any]]:
        return choices_of(
            ("show", _("What is shown"), self.shows.items(), self.show),
            ("sort", _("Sort"), [("", self.all_sorts), *self.sorts.items()], self.sort),
        )
