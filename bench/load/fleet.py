"""Units of the bureau on duty, each with a terminal that has its code: prints [[number, code, lon, lat], …] as JSON.

SHOUWANG_ROLE=owner python -m bench.load.fleet TERMINALS

They stand on the ground of the town and are the bureau's: desks of its station share all with them but the list.
"""

from __future__ import annotations

import datetime as dt
import json
import sys


def main() -> None:
    import django

    django.setup()
    from psycopg.types.range import TimestamptzRange

    from bench.load.planting import addresses
    from shouwang.connections.jt808.models import Terminal
    from shouwang.core.clock import now
    from shouwang.demo.world import load_world
    from shouwang.duty.models import Shift, Unit
    from shouwang.people.granting import grant_hash
    from shouwang.people.models import Grant

    n, world = int(sys.argv[1]), load_world()
    began, home = now() - dt.timedelta(hours=1), world.areas["bureau"]
    places = addresses(world.areas["station"], n)
    codes = [f"bench-code-{number:06}" for number in range(n)]
    numbers = [str(13900000001 + number) for number in range(n)]
    units = [Unit(name=f"局{number:04}", form="car", home=home, duty_path=home.duty_path) for number in range(n)]
    shifts = [Shift(unit=one, during=TimestamptzRange(began, None), since=began) for one in units]
    grants = [
        Grant(kind="unit", subject=unit.pk, token_hash=grant_hash(code), given_at=began)
        for unit, code in zip(units, codes, strict=True)
    ]
    terminals = [
        Terminal(number=number, unit=unit, grant=grant.pk, registered_at=began)
        for number, unit, grant in zip(numbers, units, grants, strict=True)
    ]
    for model, rows in ((Unit, units), (Shift, shifts), (Grant, grants), (Terminal, terminals)):
        model.objects.bulk_create(rows, batch_size=1_000)  # type: ignore[attr-defined]
    rows = zip(numbers, codes, places, strict=True)
    print(json.dumps([[number, code, place["lon"], place["lat"]] for number, code, place in rows]))


if __name__ == "__main__":
    main()
