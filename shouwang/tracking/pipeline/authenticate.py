"""Step: whose token is this? What is known is read again once a second, for all tokens together.

So a taken-back token, and a unit that signed off, is worth nothing a second later; and two hundred units that report
every second cost four queries a second, not eight hundred.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.duty.shifts import on_shift
from shouwang.people.granting import grant_of
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.tracking.models import LastFix
from shouwang.tracking.pipeline.passing import Known, Seen

REMEMBERED = dt.timedelta(seconds=1)
MOST_REMEMBERED = 5000


class UnknownUnit(Problem):
    code, status = "ingest.unknown_unit", 401
    says = _("No unit has this token. Copy it again from the unit's page; it is shown once when it is made.")


@dataclass(frozen=True)
class _Kept:
    grant: UUID
    known: Known


_kept: dict[str, _Kept] = {}
_read_at: list[dt.datetime] = []
_reading = threading.Lock()


def authenticate(token: str, at: dt.datetime) -> Known:
    """The unit behind a token, as it stands now or stood less than a second ago. Raises UnknownUnit."""
    if not _is_fresh(at):
        with _reading:
            if not _is_fresh(at):
                _read_again(at)
    kept = _kept.get(token) or _first_seen(token, at)
    return kept.known


def _is_fresh(at: dt.datetime) -> bool:
    return bool(_read_at) and dt.timedelta(0) <= at - _read_at[0] < REMEMBERED


def _read_again(at: dt.datetime) -> None:
    """Every remembered token at once; those that ended are forgotten."""
    before = dict(_kept) if len(_kept) < MOST_REMEMBERED else {}
    if before:
        live = Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), revoked_at__isnull=True)
        subjects = dict(live.filter(pk__in={kept.grant for kept in before.values()}).values_list("pk", "subject"))
        known = all_known(Unit.objects.filter(pk__in=set(subjects.values()), active=True), at)
        for token, kept in before.items():
            found = known.get(subjects.get(kept.grant, kept.grant))
            if found is None:
                _kept.pop(token, None)
            else:
                _kept[token] = replace(kept, known=replace(found, doubted=kept.known.doubted))
    else:
        _kept.clear()
    _read_at[:] = [at]


def _first_seen(token: str, at: dt.datetime) -> _Kept:
    grant = grant_of(token, GrantKind.UNIT, at) if token else None
    known = all_known(Unit.objects.filter(pk=grant.subject, active=True), at) if grant else {}
    if grant is None or grant.subject not in known:
        raise UnknownUnit(field="id")
    _kept[token] = kept = _Kept(grant.pk, known[grant.subject])
    return kept


def known_of(unit: Unit, at: dt.datetime) -> Known:
    """What the pipeline needs to know of one unit."""
    return all_known([unit], at)[unit.pk]


def all_known(units: Iterable[Unit], at: dt.datetime) -> dict[UUID, Known]:
    """What the pipeline needs to know of units: shift and last place. Three queries, however many they are."""
    rows = {unit.pk: unit for unit in units}
    shifts = on_shift(rows, at)
    fixes = {fix.shift: fix for fix in LastFix.objects.filter(unit__in=rows)}
    found = {}
    for key, unit in rows.items():
        shift = shifts.get(key)
        last = fixes.get(shift.pk) if shift else None
        found[key] = Known(
            unit=key,
            duty_path=unit.duty_path,
            government_path=unit.government_path,
            shift=shift.pk if shift else None,
            shift_start=shift.during.lower if shift else None,
            last=Seen(last.at, last.lon, last.lat) if last else None,
        )
    return found


def remember(token: str, known: Known) -> None:
    """Keep what was learned from a reading, until the rows are read again."""
    kept = _kept.get(token)
    if kept is not None:
        _kept[token] = replace(kept, known=known)


def forget(unit: UUID | None = None) -> None:
    """Read the rows again next time."""
    for token in [token for token, kept in _kept.items() if unit in (None, kept.known.unit)]:
        _kept.pop(token, None)
    _read_at.clear()
