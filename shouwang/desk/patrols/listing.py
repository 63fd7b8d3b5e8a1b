"""The list of patrols as the address narrows it, and where calls came in the evening."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.desk.showing import choices_of
from shouwang.matters.models import Matter
from shouwang.patrols.models import Cover, Kind, Order, State
from shouwang.patrols.ordering import orders_seen

OPEN = (State.PLANNED, State.BRIEFED, State.ON_DUTY)
SHOWS: dict[str, Promise] = {
    "open": _("Patrols ahead and out"),
    **{State(name).value: label for name, label in State.choices},
    "all": pgettext_lazy("patrol", "All of them"),
}
LOOK_BACK = dt.timedelta(days=28)
EVENING = (18, 24)  # hours
FEWEST = 3  # fewer are not told: one call would be somebody's
MOST = 6


@dataclass(frozen=True)
class Filters:
    """`?show=`, `?kind=`, `?cover=`; nonsense is left aside."""

    show: str = "open"
    kind: str = ""
    cover: str = ""

    @classmethod
    def read(cls, query: Any) -> Self:
        show, kind, cover = (query.get(name, "") for name in ("show", "kind", "cover"))
        return cls(
            show if show in SHOWS else "open",
            kind if kind in Kind.values else "",
            cover if cover in Cover.values else "",
        )

    def choices(self) -> list[dict[str, Any]]:
        return choices_of(
            ("show", _("What is shown"), SHOWS.items(), self.show),
            ("kind", pgettext_lazy("patrol", "Sort of patrol"), [("", _("All sorts")), *Kind.choices], self.kind),
            ("cover", _("Base or overlay"), [("", _("Both")), *Cover.choices], self.cover),
        )

    def of(self, by: Actor, at: dt.datetime) -> QuerySet[Order]:
        rows = orders_seen(by, at).select_related("ground", "beat", "lead", "series")
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.cover:
            rows = rows.filter(cover=self.cover)
        if self.show == "open":
            rows = rows.filter(state__in=OPEN)
        elif self.show != "all":
            rows = rows.filter(state=self.show)
        rows = rows.annotate(n_people=Count("legs__slots", distinct=True))
        return rows.order_by("starts_at" if self.show == "open" else "-starts_at", "id")


def evening_places(by: Actor, at: dt.datetime) -> list[tuple[str, int, int]]:
    """Areas with calls between 18 and 24 in the last four weeks, and what residents asked for there: name, calls,
    requests. Places and hours only (PAT-07)."""
    seen = Matter.objects.visible_to(by, at).filter(opened_at__gte=at - LOOK_BACK)
    calls: Counter[str] = Counter()
    for name, opened in seen.filter(kind="incident").values_list("area__name", "opened_at"):
        calls[name] += EVENING[0] <= opened.astimezone(SHANGHAI).hour < EVENING[1]
    asked = seen.filter(Q(kind="trouble") | Q(kind="hazard")).values_list("area__name").annotate(n=Count("pk"))
    wished = dict(asked)
    found = [(name, calls[name], wished.get(name, 0)) for name in {*calls, *wished}]
    told = [one for one in found if one[1] + one[2] >= FEWEST]
    return sorted(told, key=lambda one: (-one[1], -one[2], one[0]))[:MOST]
