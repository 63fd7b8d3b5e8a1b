"""The emergency button of a terminal: it sounds at the desk at once, and is a call from where it was pressed."""

from __future__ import annotations

import datetime as dt
import logging
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.alerts import put_alert
from shouwang.duty.models import Alert, AlertKind, Unit
from shouwang.matters.intake import open_matter
from shouwang.tracking.pipeline import Known

log = logging.getLogger("shouwang.jt808")
URGENCY = 1


def raise_alarm(known: Known, place: tuple[float, float] | None, at: dt.datetime) -> bool:
    """Whether the desk has it. Pressed again while it sounds, it stays one alert and one call.

    place  where it was pressed; without one, the last place of the unit, or its ground
    """
    by = Actor.system()
    if place is None and known.last is not None:
        place = known.last.lon, known.last.lat
    try:
        with acting(by):
            sounding = Alert.objects.filter(kind=AlertKind.SOS, subject=known.unit, settled_at__isnull=True).first()
            matter = sounding.matter_id if sounding else _open_call(known.unit, place, by, at)
            put_alert(
                kind=AlertKind.SOS, subject=known.unit, unit_id=known.unit, matter_id=matter, raised_at=at, by=by, at=at
            )
    except DatabaseError:
        log.exception("an emergency was not kept")
        return False
    return True


def _open_call(unit_id: UUID, place: tuple[float, float] | None, by: Actor, at: dt.datetime) -> UUID | None:
    """None when it cannot be one (nobody is responsible there): the alert sounds all the same."""
    unit = Unit.objects.select_related("home").get(pk=unit_id)
    with translation.override(settings.LANGUAGE_CODE):
        gist = _("{unit} pressed the emergency button").format(unit=unit.name)
    try:
        return open_matter(
            kind="incident", by=by, at=at, point=place, area=None if place else unit.home, place_text="", gist=gist,
            urgency=URGENCY, channel="alarm_device", verb=None,
        ).pk  # fmt: skip
    except Problem:
        log.exception("an emergency sounds without a call")
        return None
