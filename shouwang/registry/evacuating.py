"""A building must be left: counts of its stairways, and the records of those who wished to be looked for.

Only under an emergency that names the building, by whoever began it, while it lasts. A count names nobody; whoever
wished it is looked at like anybody else, and reads it. The wish ends a year after it was said, unless said again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.registry.looking import LimitReached, LookRefused, ask_database
from shouwang.registry.models import Emergency, Resident
from shouwang.registry.opening import Seen, open_shown
from shouwang.registry.purposes import Told

SHOWN = (Told.NAME, Told.PHONE, Told.RESIDENCES)


class NoSuchEvacuation(Problem):
    code, status = "registry.no_such_evacuation", 403
    says = _("This is shown to whoever began the emergency of this building, for a quarter of an hour.")


@dataclass(frozen=True)
class Stairway:
    """One entrance (or floor, or room, whatever stands below the building) and how many live there."""

    name: str
    heads: int
    wished: int


@dataclass(frozen=True)
class Wished:
    """Those who wished to be looked for and could be opened; how many the limit of the hour kept back."""

    seen: list[Seen]
    n_left: int


def count_building(emergency: Emergency, *, by: Actor) -> list[Stairway]:
    """How many live where in it. Raises NoSuchEvacuation"""
    with acting(by):
        rows = ask_database("SELECT name, heads, wished FROM count_building(%s)", [emergency.pk], NoSuchEvacuation)
    return [Stairway(*row) for row in rows]


def open_wished(emergency: Emergency, *, by: Actor, at: dt.datetime) -> Wished:
    """The records of those who wished it: committed as found first, then looked at, twenty at a time.

    Raises  NoSuchEvacuation
    """
    with acting(by):
        rows = ask_database("SELECT search, residents FROM wished_in_building(%s)", [emergency.pk], NoSuchEvacuation)
    seen: list[Seen] = []
    groups: list[tuple[UUID, list[UUID]]] = list(rows)
    for search, residents in groups:
        try:
            seen += open_shown(residents, search=search, sitting=emergency.sitting, by=by, at=at, fields=SHOWN)
        except (LimitReached, LookRefused):
            break
    return Wished(seen, sum(len(residents) for _search, residents in groups) - len(seen))


def end_old_wishes(*, by: Actor, at: dt.datetime) -> int:
    """A wish whose year is over is one no more; how many."""
    with acting(by):
        n_ended = Resident.objects.filter(look_for_me=True, look_for_me_until__lt=local_date(at)).update(
            look_for_me=False
        )
        if n_ended:
            record(
                "register.end_wishes", topic="register.aged", subject=("run", new_id()), by=by, at=at, n_rows=n_ended
            )
    return n_ended
