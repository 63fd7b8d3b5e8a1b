"""Who is at the scene: the crews that have arrived and not left. The crew check of a step asks (CFS-08)."""

from __future__ import annotations

import datetime as dt

from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Crew
from shouwang.matters.models import Matter
from shouwang.matters.presence import Present, presence

AT_SCENE = ("arrived", "reported")


@presence
def crews_at_scene(matter: Matter, at: dt.datetime) -> list[Present]:
    """Every person of those crews, with the recorder he carries."""
    shifts = Assignment.objects.filter(matter=matter, state__in=AT_SCENE).values("shift")
    rows = Crew.objects.filter(shift__in=shifts, during__contains=at)
    return [Present(row.person_id, None, row.sworn, row.recorder) for row in rows]
