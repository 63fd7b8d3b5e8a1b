"""What the docking station of an office tells: which files came off which recorder. It holds a token of that office."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.equipment.recordings import MOST_FILES, NotOfTheLedger, put_upload, recorder_item
from shouwang.duty.models import Crew, Upload
from shouwang.people.access import Verb, require
from shouwang.people.granting import give_grant, grant_of, revoke_grant
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.places.models import Area

LASTS = dt.timedelta(days=365)
BACK = dt.timedelta(days=30)  # a shift older than this is noted by hand
_HASH = re.compile(r"[0-9a-f]{64}")


class NotADock(Problem):
    code, status = "recording.not_a_dock", 403
    says = _("This token opens nothing. Ask whoever keeps the equipment for a new one.")


class FilesUnusable(Problem):
    code, status = "recording.files", 400
    says = _("File {n} cannot be read. Each has: name, sha256, bytes, and began_at with its time zone if it is known.")


class NoShiftForIt(Problem):
    code, status = "recording.no_shift", 409
    says = _("No shift that has ended and waits for its upload carries this recorder. Note it by hand.")


@dataclass(frozen=True)
class Docked:
    """One file off a recorder. `began_at` None where the station does not say."""

    file: str
    sha256: str
    size: int
    began_at: dt.datetime | None

    @property
    def told(self) -> dict[str, Any]:
        return {"file": self.file, "sha256": self.sha256, "bytes": self.size}


def give_dock_token(office: Area, *, by: Actor, at: dt.datetime) -> str:
    """The token of the office's docking station, told once; the one before it ends."""
    with acting(by):
        require(by, Verb.EQUIPMENT_KEEP, office, at)
        for grant in Grant.objects.filter(kind=GrantKind.DOCK, subject=office.pk, revoked_at__isnull=True):
            revoke_grant(grant, by=by, at=at)
        return give_grant(GrantKind.DOCK, subject=office.pk, by=by, at=at, ends_at=at + LASTS)[1]


def office_of(token: str, at: dt.datetime) -> UUID:
    """Raises NotADock"""
    grant = grant_of(token, GrantKind.DOCK, at) if token else None
    if grant is None:
        raise NotADock
    return grant.subject


def docked_files(told: object) -> list[Docked]:
    """What a station sent as `files`. Raises FilesUnusable. Pure."""
    rows = told if isinstance(told, list) else []
    if not rows or len(rows) > MOST_FILES:
        raise FilesUnusable(n=len(rows))
    return [_file(n, row) for n, row in enumerate(rows, start=1)]


def _file(n: int, row: object) -> Docked:
    try:
        given: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
        began = dt.datetime.fromisoformat(given["began_at"]) if given.get("began_at") else None
        found = Docked(clean_line(str(given["name"]), 120), str(given["sha256"]).lower(), int(given["bytes"]), began)
    except (KeyError, TypeError, ValueError, Problem) as fault:
        raise FilesUnusable(n=n) from fault
    usable = _HASH.fullmatch(found.sha256) and found.file and 0 <= found.size < 2**50
    if not usable or (began is not None and began.utcoffset() is None):
        raise FilesUnusable(n=n)
    return found


def take_from_dock(
    office: UUID, serial: str, files: Sequence[Docked], *, storage_pct: int | None, at: dt.datetime
) -> tuple[list[Upload], list[str]]:
    """A record for each shift the files belong to, and the names of those that belong to none.

    A file without a time belongs to the last shift that waits. What was sent before is not noted twice.
    Raises  NotOfTheLedger, NoShiftForIt
    """
    by = Actor.system()
    with acting(by):
        item = recorder_item(serial)
        if item is None or item.home_id != office:
            raise NotOfTheLedger(serial=serial[:40])
        since = Crew.objects.filter(recorder=item.serial, during__endswith__gt=at - BACK, during__endswith__lte=at)
        waiting = since.select_for_update(of=("self",)).select_related("shift__unit").order_by("-during")
        noted = set(Upload.objects.filter(crew__in=since).values_list("crew", flat=True))
        shifts = [row for row in waiting if row.pk not in noted]
        known = {one["sha256"] for told in item.uploads.values_list("files", flat=True) for one in told}
        fresh = [one for one in files if one.sha256 not in known]
        if not fresh:
            return [], []
        if not shifts:
            raise NoShiftForIt
        of_shift: dict[UUID, list[dict[str, Any]]] = {}
        apart = []
        for one in fresh:
            row = _shift_of(one, shifts)
            if row is None:
                apart.append(one.file)
            else:
                of_shift.setdefault(row.pk, []).append(one.told)
        made = [
            put_upload(item, row, of_shift[row.pk], by=by, at=at, storage_pct=storage_pct)
            for row in shifts if row.pk in of_shift
        ]  # fmt: skip
    return made, apart


def _shift_of(one: Docked, shifts: Sequence[Crew]) -> Crew | None:
    if one.began_at is None:
        return shifts[0]
    return next((row for row in shifts if row.during.lower <= one.began_at <= row.during.upper), None)
