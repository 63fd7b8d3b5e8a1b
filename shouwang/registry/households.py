"""Building → household → person (S-GRD-004): counts first, then one home, then one person, each a step on record.

Only the officer of that grid or its community, for a purpose and a matter. Never a list of a building's people: the
database gives the names of one home, masked, and writes down whom it showed; opening one of them is a look.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.keyring import keyed_hash
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, spans
from shouwang.places.models import Address
from shouwang.registry.finding import Candidate, Found, PurposeFirst, SearchRefused
from shouwang.registry.lists import Register
from shouwang.registry.looking import ask_database, refuse_within_another_act
from shouwang.registry.models import Sitting


class NotYourGrid(Problem):
    code, status = "registry.not_your_grid", 403
    says = _("Only the officer of this grid or its community opens its buildings, and only for a matter.")


@dataclass(frozen=True)
class Home:
    """One dwelling of a building: where, and whether anybody is registered there."""

    dwelling: UUID
    place: str
    lived_in: bool


@dataclass(frozen=True)
class Building:
    """Counts first. `people` None: fewer than five."""

    address: Address
    homes: int
    households: int
    people: int | None
    list: list[Home]


def open_building(building: Address, sitting: Sitting | None, *, by: Actor, at: dt.datetime) -> Building:
    """How many homes, households and people; and which homes there are. Raises PurposeFirst, NotYourGrid."""
    held = _for_a_matter(sitting, at)
    with acting(by):
        ((homes, households, people),) = ask_database(
            "SELECT * FROM building_counts(%s)", [building.pk], refusal=NotYourGrid
        )
        rows = ask_database("SELECT * FROM homes_in(%s)", [building.pk], refusal=NotYourGrid)
        record(
            "building.open", topic="register.counted", subject=("address", building.pk), by=by, at=at,
            area=building.area, purpose=held.purpose, matter_id=str(held.matter), n_homes=homes,
        )  # fmt: skip
    return Building(building, homes, households, people, [Home(*row) for row in rows])


def open_household(dwelling: UUID, sitting: Sitting | None, *, by: Actor, at: dt.datetime) -> Found:
    """Who is registered in one home, masked, at most twenty; a search like any other, so each can be opened by a look.

    Raises  PurposeFirst, NotYourGrid, SearchRefused, LimitReached
    """
    refuse_within_another_act()
    held = _for_a_matter(sitting, at)
    terms = json.dumps({"dwelling": str(dwelling)})
    with acting(by):
        ((search,),) = ask_database(
            "SELECT open_search(%s, %s, %s, %s::varchar[])",
            [held.pk, Register.RESIDENT.value, terms, list(spans(by, Verb.REGISTER_FIND, at))], SearchRefused,
        )  # fmt: skip
    with acting(by):
        rows = ask_database("SELECT id, shown FROM find_household(%s, %s)", [search, terms], NotYourGrid)
        record(
            "register.search", topic="register.searched", subject=("search", search), by=by, at=at,
            register=Register.RESIDENT.value, purpose=held.purpose, matter_id=str(held.matter),
            terms_hash=keyed_hash(terms, purpose="registry_search.terms").hex(), n_found=len(rows),
        )  # fmt: skip
    return Found(search, [Candidate(key, shown, "", "") for key, shown in rows])


def _for_a_matter(sitting: Sitting | None, at: dt.datetime) -> Sitting:
    if sitting is None or sitting.ends_at <= at or sitting.matter is None:
        raise PurposeFirst()
    return sitting
