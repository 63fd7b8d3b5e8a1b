"""Step: whose token is this? Remembered for a second, so that a taken-back token is worth nothing a second later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.duty.shifts import on_shift
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.tracking.models import LastFix
from shouwang.tracking.pipeline.passing import Known, Seen

REMEMBERED = dt.timedelta(seconds=1)
MOST_REMEMBERED = 5000


class UnknownUnit(Problem):
    code, status = "ingest.unknown_unit", 401
    says = _("No unit has this token. Copy it again from the unit's page; it is shown once when it is made.")


_known: dict[str, tuple[dt.datetime, Known]] = {}


def authenticate(token: str, at: dt.datetime) -> Known:
    """The unit behind a token, as it stands now or stood less than a second ago. Raises UnknownUnit."""
    kept = _known.get(token)
    if kept is not None and dt.timedelta(0) <= at - kept[0] < REMEMBERED:
        return kept[1]
    grant = grant_of(token, GrantKind.UNIT, at) if token else None
    unit = Unit.objects.filter(pk=grant.subject, active=True).first() if grant else None
    if unit is None:
        _known.pop(token, None)
        raise UnknownUnit(field="id")
    known = known_of(unit, at)
    if kept is not None:
        known = replace(known, doubted=kept[1].doubted)
    if len(_known) >= MOST_REMEMBERED:
        _known.clear()
    _known[token] = (at, known)
    return known


def known_of(unit: Unit, at: dt.datetime) -> Known:
    """What the pipeline needs to know of a unit. Two queries."""
    shift = on_shift([unit.pk], at).get(unit.pk)
    last = LastFix.objects.filter(unit=unit.pk, shift=shift.pk).first() if shift else None
    return Known(
        unit=unit.pk,
        duty_path=unit.duty_path,
        government_path=unit.government_path,
        shift=shift.pk if shift else None,
        shift_start=shift.during.lower if shift else None,
        last=Seen(last.at, last.lon, last.lat) if last else None,
    )


def remember(token: str, known: Known) -> None:
    """Keep what was learned from a reading, until the rows are read again."""
    if token in _known:
        _known[token] = (_known[token][0], known)


def forget(unit: UUID | None = None) -> None:
    """Read the rows again next time."""
    for token in [token for token, (_at, known) in _known.items() if unit in (None, known.unit)]:
        _known.pop(token, None)
