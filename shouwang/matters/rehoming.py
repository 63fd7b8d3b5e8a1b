"""A new cut of areas comes into force: open matters move by point in the same act, and change hands with the ground.

Closed matters keep their area, so that figures stay; those responsible for the ground today see them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.matters.ground import Ground, lay_in, responsible_for
from shouwang.matters.models import Matter
from shouwang.matters.passing import make_responsible
from shouwang.people.chain import areas_upwards
from shouwang.people.models import Post
from shouwang.places.models import Area, AreaVersion
from shouwang.territory.in_force import on_cut

BEFORE = dt.timedelta(microseconds=1)
BATCH = 500


def rehome(cut: UUID, at: dt.datetime, *, by: Actor | None = None) -> int:
    """Move the matters on the ground of a cut that comes into force at `at`, one entry for each open one; how many.

    Called in the act that brings the cut into force, once the areas have the paths of the new one.
    """
    by = by or Actor.system()
    with acting(by):
        touched = _touched(cut, at)
        if not touched:
            return 0
        ground = Ground(at)
        rows = Matter.objects.filter(area__in=touched).select_for_update(of=("self",)).select_related("area")
        moved = sum(_move(row, ground, by, at) for row in rows.open().iterator(chunk_size=BATCH))
        _show_closed(rows.exclude(phase__in=["new", "active", "waiting"]), ground, at)
    return moved


@on_cut
def follow_the_ground(cut: UUID, at: dt.datetime, by: Actor) -> None:
    """What lies on the ground moves in the act that brings a cut into force."""
    rehome(cut, at, by=by)


def _touched(cut: UUID, at: dt.datetime) -> set[UUID]:
    """Areas whose matters may lie elsewhere now: those of the cut, those they replace, and what lay under those."""
    versions = AreaVersion.objects.filter(cut=cut)
    parents = set(versions.exclude(parent=None).values_list("parent", flat=True))
    found = set(versions.values_list("area", flat=True)) | parents
    edge = found
    while edge:
        children = AreaVersion.objects.filter(parent__in=edge).filter(
            Q(during__contains=at - BEFORE) | Q(during__contains=at)
        )
        edge = set(children.values_list("area", flat=True)) - found
        found |= edge
    return found


def _home_of(matter: Matter, ground: Ground, at: dt.datetime) -> Area:
    """By point; without one, its area or the nearest one above it that is still in force."""
    if matter.lon is not None and matter.lat is not None:
        found = ground.smallest_at(matter.lon, matter.lat)
        if found is not None:
            return found
    for one in areas_upwards(matter.area, at - BEFORE):
        if one in ground.areas:
            return ground.areas[one]
    return matter.area


def _move(row: Matter, ground: Ground, by: Actor, at: dt.datetime) -> bool:
    home, was = _home_of(row, ground, at), row.area
    held_by = row.responsible_id
    if home.pk == was.pk and (row.duty_path, row.government_path) == (home.duty_path, home.government_path):
        return False
    lay_in(row, home)
    if row.visibility != "sealed":
        make_responsible(row, responsible_for(row, at), at)
    row.version += 1
    row.save(update_fields=["area", "duty_path", "government_path", "responsible", "version"])
    record("matter.rehome", topic="matter.rehomed", subject=row, by=by, at=at, area=home, from_area=was.pk,
           held_by=held_by, holder=row.responsible_id, version=row.version,
           changed=["area", "responsible"])  # fmt: skip
    return True


def _show_closed(rows: Iterable[Matter], ground: Ground, at: dt.datetime) -> None:
    """Closed ones keep their area; the paths that decide who sees them follow the ground."""
    changed = []
    for row in rows:
        home = _home_of(row, ground, at)
        if (row.duty_path, row.government_path) != (home.duty_path, home.government_path):
            row.duty_path, row.government_path = home.duty_path, home.government_path
            changed.append(row)
    Matter.objects.bulk_update(changed, ["duty_path", "government_path"], batch_size=BATCH)


def responsible_then(matter: Matter, at: dt.datetime) -> Post:
    """Who answered for the ground of the matter at that instant (S-ORG-001: by the date, not today's holder)."""
    area = None
    if matter.lon is not None and matter.lat is not None:
        area = Ground(at).smallest_at(matter.lon, matter.lat)
    then = Matter(area=area or matter.area, excluded_posts=matter.excluded_posts,
                  excluded_persons=matter.excluded_persons, excluded_areas=matter.excluded_areas)  # fmt: skip
    return responsible_for(then, at)
