"""One line of the time line of a review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from shouwang.core.clock import local_date
from shouwang.matters.models import Matter

SORTS: dict[str, Promise] = {
    "held": pgettext_lazy("review", "Responsible"),
    "clock": pgettext_lazy("review", "Limit"),
    "crew": pgettext_lazy("review", "Crew"),
    "alert": pgettext_lazy("review", "Alert"),
    "known": pgettext_lazy("review", "Known to"),
    "act": pgettext_lazy("review", "Step"),
    "gap": pgettext_lazy("review", "Gap"),
}


@dataclass(frozen=True)
class Drawn:
    """One line. `entry`: what a finding may rest on, for a gap the last before it. `late_s`: noted so much later.

    derived  worked out from posts, clocks or silences; it is no entry itself
    """

    at: dt.datetime
    sort: str
    text: str
    titles: str = ""
    entry: UUID | None = None
    matter: Matter | None = None
    person: UUID | None = None
    late_s: int | None = None
    erased: bool = False
    derived: bool = False

    @property
    def day(self) -> dt.date:
        return local_date(self.at)

    @property
    def label(self) -> Promise:
        return SORTS[self.sort]
