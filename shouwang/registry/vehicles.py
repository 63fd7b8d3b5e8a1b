"""A vehicle stands open: its owner, who declared the plate himself, gets a message; nobody learns who he is.

There is no way back from a person to a plate, and none from a plate to a name. The owner sees who asked and why.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import half_width
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id
from shouwang.core.keyring import keyed_hash
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible
from shouwang.people.roles import ROLE_TABLE
from shouwang.places.models import Area
from shouwang.registry.looking import ask_database
from shouwang.registry.models import Vehicle, VehicleAsk
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.protecting import bucket_of, check_of

HOLDS = Limit(1, Span.YEAR, "", "design")  # then it is declared again, or forgotten
MOST_VEHICLES = 5
NOBODY = UUID(int=0)
BETWEEN_TRIES = dt.timedelta(minutes=10)
MOST_TRIES = 2
_PLATE = re.compile(r"[\u4e00-\u9fff][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}")
_STREET = re.compile(r"^.{1,20}?(?:大道|路|街|巷|弄|里)")


class BadPlate(Problem):
    code, status = "registry.bad_plate", 400
    says = _("A plate has seven or eight characters, such as 湘A12345.")


class TooManyVehicles(Problem):
    code, status = "registry.too_many_vehicles", 409
    says = _("Five vehicles are declared already. Take one back first.")


class TooEarly(Problem):
    code, status = "registry.too_early", 409
    says = _("The owner is told again ten minutes after the first time, and twice at most.")


@dataclass(frozen=True)
class OwnAsk:
    """One call, as the owner reads it: who, from where, why."""

    id: UUID
    at: dt.datetime
    shown: str
    reason: Promise | str
    place: str
    unit: str
    role: Promise | str
    person: str
    answered: bool


def check_plate(text: str, *, field: str = "plate") -> str:
    """Seven characters, or eight of a new-energy vehicle (IDN-08); dots and spaces do not matter. Raises BadPlate"""
    plate = re.sub(r"[\s·.\-]", "", half_width(text)).upper()
    if not _PLATE.fullmatch(plate):
        raise BadPlate(field=field)
    return plate


def plate_in(words: str) -> str:
    """The plate that these words are and nothing else; "" where they are something else."""
    try:
        return check_plate(words)
    except BadPlate:
        return ""


def declare_vehicle(plate: str, *, by: Actor, at: dt.datetime) -> None:
    """From one's own account; said again it holds a year from now. Raises BadPlate, TooManyVehicles"""
    known, row = check_plate(plate), new_id()
    hashed = _hash_of(known)
    with acting(by):
        own = list(Vehicle.objects.filter(person=by.person_id or NOBODY))
        same = [one for one in own if check_of(hashed, one.pk) == bytes(one.plate_check)]
        if len(own) - len(same) >= MOST_VEHICLES:
            raise TooManyVehicles(field="plate")
        Vehicle.objects.filter(pk__in=[one.pk for one in same]).delete()
        Vehicle.objects.create(
            id=row, person=by.person_id or NOBODY, plate_bucket=bucket_of(hashed), plate_check=check_of(hashed, row),
            shown=f"{known[:2]}·***{known[-2:]}", declared_at=at, ends_on=local_date(due_at(at, HOLDS).at),
        )  # fmt: skip
        record("vehicle.declare", topic="vehicle.declared", subject=("vehicle", row), by=by, at=at)


def take_back(vehicle: UUID, *, by: Actor, at: dt.datetime) -> None:
    """The consent ends here and now. Raises NotVisible"""
    with acting(by):
        if not Vehicle.objects.filter(pk=vehicle, person=by.person_id or NOBODY).delete()[0]:
            raise NotVisible
        record("vehicle.take_back", topic="vehicle.declared", subject=("vehicle", vehicle), by=by, at=at)


def own_vehicles(by: Actor) -> list[Vehicle]:
    with acting(by):
        return list(Vehicle.objects.filter(person=by.person_id or NOBODY).order_by("declared_at"))


def ask_owner(
    plate: str, *, matter: UUID, area: Area, reason: str, place_text: str, by: Actor, at: dt.datetime
) -> bool:
    """Have the owner told, in the caller's transaction; whether the plate is declared. Raises BadPlate, LimitReached"""
    known, ask = check_plate(plate), new_id()
    hashed = _hash_of(known)
    ((declared,),) = ask_database(
        "SELECT ask_vehicle(%s, %s, %s, %s, %s, %s, %s, %s::smallint, %s)",
        [
            ask, matter, area.pk, VehicleReason(reason).value, place_text[:200], street_of(place_text, area), known,
            bucket_of(hashed), hashed,
        ],
    )  # fmt: skip
    record(
        "vehicle.ask", topic="vehicle.asked", subject=("vehicle_ask", ask), by=by, at=at, area=area, reason=reason,
        matter_id=str(matter), declared=declared,
    )  # fmt: skip
    return bool(declared)


def ask_again(matter: UUID, *, by: Actor, at: dt.datetime) -> None:
    """The second try, in the caller's transaction. Raises TooEarly"""
    asked = list(VehicleAsk.objects.filter(matter=matter, vehicle__isnull=False).order_by("-at"))
    if not asked or len(asked) >= MOST_TRIES or at - asked[0].at < BETWEEN_TRIES:
        raise TooEarly
    first, again = asked[0], new_id()
    ask_database("SELECT ask_vehicle_again(%s, %s)", [again, matter], TooEarly)
    record(
        "vehicle.ask", topic="vehicle.asked", subject=("vehicle_ask", again), by=by, at=at, area=first.area_id,
        reason=first.reason, matter_id=str(matter), declared=True,
    )  # fmt: skip


def own_asks(by: Actor) -> list[OwnAsk]:
    """Who asked for one's vehicles in the last 30 days, and why."""
    with acting(by):
        rows = ask_database(
            "SELECT id, at, shown, reason, place_text, unit, role, person, answered FROM own_asks()", []
        )
    return [
        OwnAsk(
            key, at, shown, VehicleReason(reason).label, place, unit or "—",
            ROLE_TABLE[role].label if role in ROLE_TABLE else "—", person or "—", answered,
        )
        for key, at, shown, reason, place, unit, role, person, answered in rows
    ]  # fmt: skip


def say_coming(ask: UUID, *, by: Actor, at: dt.datetime) -> None:
    """The owner is on his way; whoever asked reads it."""
    with acting(by):
        ask_database("SELECT answer_ask(%s)", [ask])
        record("vehicle.answer", topic="vehicle.answered", subject=("vehicle_ask", ask), by=by, at=at)


def street_of(place_text: str, area: Area) -> str:
    """For the count by street: the street at the beginning of the words, else the grid."""
    found = _STREET.match(place_text.strip())
    return found.group(0) if found else area.name


def _hash_of(plate: str) -> bytes:
    return keyed_hash(plate, purpose="registry_vehicle.plate")
