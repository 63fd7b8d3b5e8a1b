"""Plants people who are found: registered with somebody to call, a matter each, a dispatcher at his desk. Prints JSON.

SHOUWANG_ROLE=web python -m bench.load.found RUNS
"""

from __future__ import annotations

import json
import sys

from bench.load.planting import a_desk

GIVEN = "安柏川冬帆歌禾景岚眠宁青染书棠晚溪弦野舟"


def main() -> None:
    import django

    django.setup()
    from shouwang.core.clock import local_date, now
    from shouwang.demo.world import load_world
    from shouwang.matters.intake import open_matter
    from shouwang.places.models import Address
    from shouwang.registry.lists import Category, DocumentKind, Relation
    from shouwang.registry.registering import ResidenceTold, ResidentTold, register_residence

    runs, world, at = int(sys.argv[1]), load_world(), now()
    homes = Address.objects.in_use().filter(element="room", area__duty_path__startswith=world.hebu.duty_path)
    found = []
    for number, home in enumerate(homes.select_related("area").order_by("number")[:runs]):
        name = f"欧阳{GIVEN[number % 20]}{GIVEN[number // 20]}"
        told = ResidentTold(
            name, Category.REGISTERED, DocumentKind.OTHER, f"BENCH{number:05}", phone="",
            emergency_contact=f"欧阳家 139{number:04}7777",
        )  # fmt: skip
        lives = ResidenceTold(Relation.FAMILY, local_date(at))
        register_residence(told, lives, address=home, by=world.zhao, at=at)
        matter = open_matter(
            kind="incident", by=world.fang, at=at, area=world.qiaoxi, channel="phone", subkind="help.fall",
            gist="有位老人倒在雪地里",
        )  # fmt: skip
        found.append(
            {"name": name, "reference": matter.reference, "matter": str(matter.pk), "number": f"139{number:04}7777"}
        )
    print(json.dumps({"desk": a_desk(900, world, at), "found": found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
