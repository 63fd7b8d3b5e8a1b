"""Step: whose token is this? All tokens of units, and how their units stand, are read again once a second.

So a taken-back token, and a unit that signed off, is worth nothing a second later; and two thousand units that report
every second cost one query a second.

A radio of the equipment ledger goes with whoever holds it: it reports for the unit on which its holder is on shift now,
and for nobody while he is on none, or while it lies in stock, broken or lost (S-CMD-003).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.people.granting import grant_hash, grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.tracking.pipeline.passing import Known, Seen

REMEMBERED = dt.timedelta(seconds=1)
MOST_HASHES = 50_000

_KNOWN = """
SELECT {key}, unit.id, unit.duty_path, unit.government_path, shift.id,
       extract(epoch FROM lower(shift.during))::float8, extract(epoch FROM marker.at)::float8, marker.lon, marker.lat
FROM {units}
LEFT JOIN duty_shift AS shift ON shift.unit_id = unit.id AND shift.during @> %(at)s {carried}
LEFT JOIN tracking_lastfix AS marker ON marker.unit = unit.id AND marker.shift = shift.id
WHERE {which}
"""
_OF_TOKENS = _KNOWN.format(
    key="token.token_hash",
    units="""people_grant AS token
LEFT JOIN duty_item AS item ON item."grant" = token.id
LEFT JOIN duty_crew AS aboard ON aboard.person_id = item.holder_id AND aboard.during @> %(at)s
LEFT JOIN duty_shift AS held ON held.id = aboard.shift_id
JOIN duty_unit AS unit ON unit.id = coalesce(held.unit_id, item.unit_id, token.subject)""",
    carried="AND (item.id IS NULL OR item.unit_id IS NOT NULL OR aboard.id IS NOT NULL)",
    which="token.kind = 'unit' AND token.revoked_at IS NULL AND (token.ends_at IS NULL OR token.ends_at > %(at)s)"
    " AND unit.active",
)
_OF_UNITS = _KNOWN.format(
    key="unit.id", units="duty_unit AS unit", carried="", which="unit.id = ANY(%(units)s)"
)  # fmt: skip


class UnknownUnit(Problem):
    code, status = "ingest.unknown_unit", 401
    says = _("No unit has this token. Copy it again from the unit's page; it is shown once when it is made.")


_known: dict[bytes, Known] = {}  # by the hash of the token
_hashes: dict[str, bytes] = {}
_doubted: dict[UUID, Seen] = {}
_read_at: list[dt.datetime] = []
_reading = threading.Lock()


def authenticate(token: str, at: dt.datetime) -> Known:
    """The unit behind a token, as it stands now or stood less than a second ago. Raises UnknownUnit."""
    if not _is_fresh(at):
        with _reading:
            if not _is_fresh(at):
                _read_again(at)
    found = _known.get(_hash_of(token))
    if found is None:
        found = _given_just_now(token, at)
    return found


def _hash_of(token: str) -> bytes:
    found = _hashes.get(token)
    if found is None:
        found = grant_hash(token)
        if found in _known:  # a guess takes no room
            if len(_hashes) >= MOST_HASHES:
                _hashes.clear()
            _hashes[token] = found
    return found


def _is_fresh(at: dt.datetime) -> bool:
    return bool(_read_at) and dt.timedelta(0) <= at - _read_at[0] < REMEMBERED


def _read_again(at: dt.datetime) -> None:
    rows = _rows(_OF_TOKENS, {"at": at})
    found = {bytes(row[0]): _as_known(row) for row in rows}
    _known.clear()
    _known.update(found)
    _read_at[:] = [at]


def _given_just_now(token: str, at: dt.datetime) -> Known:
    if not token or grant_of(token, GrantKind.UNIT, at) is None:
        raise UnknownUnit(field="id")
    with _reading:
        _read_again(at)
    try:
        return _known[grant_hash(token)]
    except KeyError:
        raise UnknownUnit(field="id") from None


def known_of(unit: Unit, at: dt.datetime) -> Known:
    """What the pipeline needs to know of one unit."""
    return all_known([unit.pk], at)[unit.pk]


def all_known(units: Iterable[UUID], at: dt.datetime) -> dict[UUID, Known]:
    """What the pipeline needs to know of units: shift and last place. One query, however many they are."""
    return {row[1]: _as_known(row) for row in _rows(_OF_UNITS, {"at": at, "units": list(units)})}


def _rows(query: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _as_known(row: tuple[Any, ...]) -> Known:
    _key, unit, duty_path, government_path, shift, shift_start, at, lon, lat = row
    last = Seen(_instant(at), lon, lat) if at is not None else None
    began = _instant(shift_start) if shift_start is not None else None
    return Known(unit, duty_path, government_path, shift, began, last, _doubted.get(unit))


def _instant(epoch_s: float) -> dt.datetime:
    """Exact to the microsecond. Why not a timestamp: reading one as text costs ten times as much, for every unit."""
    return dt.datetime.fromtimestamp(epoch_s, dt.UTC)


def remember(token: str, known: Known) -> None:
    """Keep what was learned from a reading, until the rows are read again; what is doubted, longer."""
    key = _hash_of(token)
    if key in _known:
        _known[key] = known
    if known.doubted is not None:
        _doubted[known.unit] = known.doubted
    else:
        _doubted.pop(known.unit, None)


def forget(unit: UUID | None = None) -> None:
    """Read the rows again next time."""
    for key in [key for key, known in _known.items() if unit in (None, known.unit)]:
        _known.pop(key, None)
    if unit is None:
        _doubted.clear()
    _read_at.clear()
