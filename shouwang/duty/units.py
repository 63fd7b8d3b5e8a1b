"""Setting up units. Booths and rapid-police posts stand in the same list as cars and foot patrols (S-CMD-022)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.journal.record import record
from shouwang.people.access import Verb, require, spans, within
from shouwang.places.models import Area


class UnitNameTaken(Problem):
    code, status = "duty.unit_name_taken", 409
    says = _("This office has a unit called “{unit}” already. Choose another name.")


class UnitNameMissing(Problem):
    code, status = "duty.unit_name_missing", 400
    says = _("Give the unit a name, as it is called on the radio.")


def set_up_unit(
    *, home: Area, name: str, form: str, by: Actor, at: dt.datetime, initials: str = "",
    point: tuple[float, float] | None = None,
) -> Unit:  # fmt: skip
    """A new unit of an office; a booth has the point where it stands."""
    label = clean_line(name, 40, field="name")
    if not label:
        raise UnitNameMissing(field="name")
    lon, lat = check_lonlat(*point) if point else (None, None)
    unit = Unit(
        name=label, form=form, home=home, duty_path=home.duty_path, government_path=home.government_path,
        initials=clean_line(initials, 12, field="initials").lower(), lon=lon, lat=lat,
    )  # fmt: skip
    with acting(by):
        require(by, Verb.UNIT_MANAGE, unit, at)
        try:
            with transaction.atomic():
                unit.save(force_insert=True)
        except IntegrityError:
            raise UnitNameTaken(field="name", unit=label) from None
        record("unit.set_up", topic="unit.set_up", subject=unit, by=by, at=at, area=home, unit=unit.pk, form=form)
    return unit


def units_seen_by(by: Actor, at: dt.datetime) -> list[Unit]:
    """Units that are in use on the ground of `by`, by name."""
    found = Unit.objects.filter(within(spans(by, Verb.ROSTER_READ, at)), active=True)
    return list(found.select_related("home").order_by("name"))
