"""Words of patrols: sorts, ways of going, shifts, parties, branches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary patrol")
    HUB = "hub", _("Station square or hub")
    NIGHT = "night", _("Night economy")
    SPEAKER = "speaker", _("Loudspeaker tour")
    ALL_NIGHT = "all_night", _("All night")


class Mode(models.TextChoices):
    FOOT = "foot", pgettext_lazy("patrol", "On foot")
    BICYCLE = "bicycle", _("By bicycle")
    CAR = "car", _("By car")
    VIDEO = "video", _("By video")


class Cover(models.TextChoices):
    """S-PAT-019: what overlays is additional; an order never changes from one to the other."""

    BASE = "base", _("Base patrol")
    OVERLAY = "overlay", _("Overlay, on top of the base")


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("patrol", "Planned")
    BRIEFED = "briefed", pgettext_lazy("patrol", "Briefed")
    ON_DUTY = "on_duty", pgettext_lazy("patrol", "On patrol")
    CLOSED = "closed", pgettext_lazy("patrol", "Closed")
    REVIEWED = "reviewed", pgettext_lazy("patrol", "Reviewed")
    NOT_HELD = "not_held", pgettext_lazy("patrol", "Not held")


class Half(models.TextChoices):
    WHOLE = "whole", pgettext_lazy("patrol", "Whole patrol")
    FIRST = "first", _("First half of the night")
    SECOND = "second", _("Second half of the night")


class Party(models.TextChoices):
    PARTY = "party", _("Party members")
    GOVERNMENT = "government", _("Government staff")
    POLICE = "police", pgettext_lazy("patrol", "Police")
    GUARDS = "guards", _("Guards and security workers")
    PEOPLE = "people", _("Volunteers")


class Branch(models.TextChoices):
    STATION = "station", pgettext_lazy("branch", "Police station")
    SPECIAL = "special", _("Patrol and special police")
    TRAFFIC = "traffic", _("Traffic police")
    CRIMINAL = "criminal", _("Criminal police")
    RAILWAY = "railway", _("Railway police or station")
    OTHER = "other", pgettext_lazy("branch", "Other office")
