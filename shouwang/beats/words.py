"""Kinds of places on a beat, each with the evening hours in which it is usually looked after (PAT-06, S-PAT-011)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    MAIN_ROAD = "main_road", _("Main road")
    SQUARE = "square", _("Shopping square")
    CROWD = "crowd", _("Crowded place")
    HUB = "hub", _("Transport hub")
    MARKET = "market", pgettext_lazy("beat", "Market")
    SCHOOL = "school", pgettext_lazy("beat", "School")
    ESTATE = "estate", _("Estate gate")
    OTHER = "other", pgettext_lazy("beat", "Other place")


EVENINGS: dict[str, tuple[dt.time, dt.time]] = {
    PlaceKind.MAIN_ROAD: (dt.time(18), dt.time(23)),
    PlaceKind.SQUARE: (dt.time(18), dt.time(22)),
    PlaceKind.CROWD: (dt.time(18), dt.time(23)),
    PlaceKind.HUB: (dt.time(17), dt.time(0)),
    PlaceKind.MARKET: (dt.time(17), dt.time(21)),
    PlaceKind.SCHOOL: (dt.time(16), dt.time(21, 30)),
    PlaceKind.ESTATE: (dt.time(19), dt.time(23)),
    PlaceKind.OTHER: (dt.time(18), dt.time(22)),
}
