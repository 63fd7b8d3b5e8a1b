"""What the queue can be narrowed to: a kind of matter, one of the areas of the person's own ground."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.desk.board import Filters
from shouwang.desk.showing import choices_of
from shouwang.matters.kinds import kinds
from shouwang.people.access import spans, within
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion

MOST = 200


def choices_for(by: Actor, at: dt.datetime, filters: Filters) -> list[dict[str, Any]]:
    """Each filter with its options."""
    types = [("", _("Calls, and what is late")), *((one.name, one.label) for one in kinds())]
    areas = [("", _("All my ground")), *_areas(by, at)]
    return choices_of(("kind", _("Type"), types, filters.kind), ("area", _("Area"), areas, filters.area))


def narrowed_to(by: Actor, at: dt.datetime, path: str) -> Area | None:
    """The area `?area=` names by its path, as far as `by` sees it."""
    return Area.objects.filter(within(spans(by, Verb.MATTER_READ, at)), duty_path=path[:200]).first() if path else None


def _areas(by: Actor, at: dt.datetime) -> list[tuple[str, str]]:
    """Wide ones first, each followed by what lies in it."""
    seen = within(spans(by, Verb.MATTER_READ, at))
    standing = AreaVersion.objects.in_force_at(at).filter(layer="duty").values("area")
    areas = Area.objects.filter(seen, pk__in=standing).order_by("duty_path")[:MOST]
    return [(area.duty_path, area.name) for area in areas if area.duty_path]
