"""Puts units on duty and dispatchers at their desks, where no page could make so many: prints them as JSON.

SHOUWANG_ROLE=web python -m bench.load.planting UNITS DESKS CALLS
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from typing import Any

YEAR = dt.timedelta(days=365)


def main() -> None:
    import django

    django.setup()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    from shouwang.core.clock import now
    from shouwang.demo.world import load_world

    n_units, n_desks, n_calls = (int(word) for word in sys.argv[1:])
    world, at = load_world(), now()
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    places = addresses(world.areas["station"], max(n_units, n_calls))
    planted = {
        "key": secret.decode(),
        "desks": [a_desk(number, world, at) for number in range(n_desks)],
        "units": [a_unit(number, world, public, places[number], at) for number in range(n_units)],
        "calls": places[:n_calls],
    }
    print(json.dumps(planted, ensure_ascii=False))


def addresses(office: Any, n: int) -> list[dict[str, Any]]:
    """Doors on the ground of the office, in an order of chance that is the same each time."""
    from shapely import contains_xy
    from shapely.geometry import shape

    from shouwang.places.models import AreaVersion, FoundPlace

    ground = shape(AreaVersion.objects.filter(area=office, layer="duty").latest("during").boundary)
    west, south, east, north = ground.bounds
    doors = FoundPlace.objects.filter(
        is_address=True, lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north
    ).order_by("full_text")
    found = [
        {"id": str(one.pk), "lon": one.lon, "lat": one.lat, "text": one.full_text, "name": one.name}
        for one in doors
        if contains_xy(ground, one.lon, one.lat)
    ]
    return random.Random(5).choices(found, k=n)


def a_desk(number: int, world: Any, at: dt.datetime) -> str:
    """The cookie of a dispatcher of the station who has signed in."""
    from shouwang.people.sessions import open_session

    person = _staff(f"load-desk-{number}", f"调度{number:02}", "dispatcher", world, at)
    return open_session(person, label="load", at=at, proven=True)[1]


def a_unit(number: int, world: Any, public: bytes, place: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    """A crew of two on duty with a bound phone, and the token with which its tracker reports."""
    from shouwang.core.acting import acting
    from shouwang.core.actor import Actor
    from shouwang.duty.models import Unit
    from shouwang.duty.shifts import CrewMember, start_shift
    from shouwang.people.models import Device
    from shouwang.people.models.device import DeviceState
    from shouwang.tracking.tokens import give_token

    home = world.areas["station"]
    leader, helper = (
        _staff(f"load-crew-{number}-{which}", f"警员{number:03}{which}", "police_officer", world, at) for which in "ab"
    )
    with acting(Actor.system()):
        unit = Unit.objects.create(
            name=f"巡{number:03}", call_sign=f"L{number:03}", initials=f"x{number:03}", form="car", home=home,
            duty_path=home.duty_path, government_path=home.government_path, report_every_s=1,
        )  # fmt: skip
        device = Device.objects.create(
            person=leader, label="load", public_key=public, state=DeviceState.BOUND, bound_at=at, last_contact_at=at
        )
    crew = [CrewMember(leader, recorder=f"R{number:03}a", lead=True), CrewMember(helper, recorder=f"R{number:03}b")]
    start_shift(unit=unit, crew=crew, by=world.zhou, at=at)
    token = give_token(unit=unit, by=world.lin, at=at)[1]
    return {"id": str(unit.pk), "token": token, "device": str(device.pk), "lon": place["lon"], "lat": place["lat"]}


def _staff(login: str, name: str, role: str, world: Any, at: dt.datetime) -> Any:
    from psycopg.types.range import TimestamptzRange

    from shouwang.core.acting import acting
    from shouwang.core.actor import Actor
    from shouwang.people.models import Person, Post

    with acting(Actor.system()):
        person = Person.objects.create(name=name, login=login, sworn=True, badge="", created_at=at)
        Post.objects.create(
            person=person, role=role, area=world.areas["station"], during=TimestamptzRange(at - YEAR, None),
            accepted_at=at,
        )  # fmt: skip
    return person


if __name__ == "__main__":
    main()
