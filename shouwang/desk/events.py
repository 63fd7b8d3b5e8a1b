"""The list of events as the address narrows it, their posts on the map, and units that may be meant for a post."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.desk.showing import Showing
from shouwang.duty.models import Unit
from shouwang.kinds.event.holding import Standing
from shouwang.kinds.event.words import GROUPS
from shouwang.matters.models import Matter
from shouwang.matters.querying import MatterQuerySet
from shouwang.people.access import spans, within
from shouwang.people.verbs import Verb

SHOWS: dict[str, Promise] = {
    "open": _("Events ahead and running"),
    "planned": _("Wait for approval"),
    "running": _("Running now"),
    "stood_down": _("To be reviewed"),
    "ended": _("Events that are over"),
}
STATUS: dict[str, tuple[str, Promise]] = {  # of a post: its shape on the map, and in words
    "held": ("scene", pgettext_lazy("post of an event", "taken up")),
    "vacant": ("new", pgettext_lazy("post of an event", "vacant")),
    "early": ("wait", pgettext_lazy("post of an event", "not yet")),
    "over": ("done", pgettext_lazy("post of an event", "over")),
}
EDGE_DEG = 0.0015  # of ground around the outermost post


class Filters(Showing):
    shows, sorts, all_sorts = SHOWS, GROUPS, _("All events")

    def of(self, by: Actor, at: dt.datetime) -> MatterQuerySet:
        rows = Matter.objects.visible_to(by, at).filter(kind="event")
        if self.sort:
            rows = rows.filter(subkind__startswith=f"{self.sort}.")
        if self.show == "ended":
            return rows.filter(closed_at__isnull=False).order_by("-facts__starts_at")
        rows = rows.open().order_by("facts__starts_at")
        return rows if self.show == "open" else rows.filter(state=self.show)


def units_for(by: Actor, at: dt.datetime) -> list[Unit]:
    """Units a post may be meant for: on duty now or not."""
    return list(Unit.objects.filter(within(spans(by, Verb.EVENT_PLAN, at)), active=True).order_by("name"))


def on_map(board: list[Standing]) -> dict[str, Any]:
    """The posts as the map draws pins."""
    features = [
        {"type": "Feature", "id": str(one.post.pk),
         "geometry": {"type": "Point", "coordinates": [one.post.lon, one.post.lat]},
         "properties": {"number": one.post.number, "kind": one.post.label, "place": one.unit_name or one.post.unit_name,
                        "status": STATUS[one.status][0]}}
        for one in board
    ]  # fmt: skip
    return {"matters": {"type": "FeatureCollection", "features": features}}


def bounds_of_posts(board: list[Standing], matter: Matter) -> str:
    """`west,south,east,north` around the posts, or around the place itself."""
    points = [(one.post.lon, one.post.lat) for one in board] or [(matter.lon or 0.0, matter.lat or 0.0)]
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    box = (min(lons) - EDGE_DEG, min(lats) - EDGE_DEG, max(lons) + EDGE_DEG, max(lats) + EDGE_DEG)
    return ",".join(f"{edge:.6f}" for edge in box)
