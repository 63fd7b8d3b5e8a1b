"""Gas in a building: how many live behind which entrance, and by name only those who wished to be looked for."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock, keyring
from shouwang.core.actor import Actor
from shouwang.matters.intake import open_matter
from shouwang.places.models import Address
from shouwang.registry.emergencies import open_emergency
from shouwang.registry.evacuating import NoSuchEvacuation, count_building, end_old_wishes, open_wished
from shouwang.registry.finding import SearchRefused, find, sitting_now
from shouwang.registry.models import Emergency, Look, Resident
from shouwang.registry.registering import register_residence
from shouwang.registry.tests.town import id_number, lives, told, traces
from tests.journeys.desks import Desk

pytestmark = [pytest.mark.committed]


@pytest.fixture
def building(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """Two entrances: in the first two people, one of whom wished it; in the second one who did not."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    at, numbers = clock.now(), iter(range(900_001, 900_099))

    def lay(above: Address | None, element: str, name: str) -> Address:
        number = next(numbers)
        return Address.objects.create(
            number=number, parent=above, path=f"{above.path if above else '/'}{number}/", element=element, name=name,
            full_text=f"{above.full_text if above else ''}{name}", searched=name, area=world.qiaoxi_04,
        )  # fmt: skip

    house = lay(lay(None, "street", "燃气路"), "building", "7号")
    people = [
        ("1单元", "101室", "王建国", True),
        ("1单元", "102室", "李月娥", False),
        ("2单元", "101室", "赵小川", False),
    ]
    entrances = {name: lay(house, "entrance_unit", name) for name in ("1单元", "2单元")}
    for serial, (entrance, room, name, wishes) in enumerate(people):
        home = lay(entrances[entrance], "room", room)
        who = told(name, id_number(serial), look_for_me=wishes)
        register_residence(who, lives(at), address=home, by=world.shen, at=at)
    return house


@pytest.fixture
def matter(world: Any, building: Address) -> Any:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), area=world.qiaoxi, channel="phone", subkind="order.fight",
        gist="楼道里有燃气味",
    )  # fmt: skip


@pytest.mark.item("S-REG-008", "ETH-10")
def test_counts_for_all_and_names_only_of_those_who_wished(
    world: Any, building: Address, matter: Any, desk: Desk
) -> None:
    fang = desk("fang")
    given = {"reference": matter.reference, "reason": "燃气泄漏", "address": str(building.pk)}
    began = fang.post("/desk/find/emergencies/buildings/", given)
    assert began.status_code == 302
    page = fang.get(began["Location"]).content.decode()
    shown = fang.post(began["Location"].replace("/building/", "/wished/")).content.decode()

    assert "1单元" in page
    assert "2单元" in page
    assert "王建国" not in page
    assert "王建国" in shown
    assert "李月娥" not in shown
    assert "赵小川" not in shown
    (look,) = traces(Look, purpose="emergency")
    assert (look.matter, set(look.fields)) == (matter.pk, {"name", "phone", "residences"})


def _begin(world: Any, building: Address, matter: Any, by: str = "fang") -> Emergency:
    at = clock.now()
    return open_emergency(matter=matter.pk, reason="燃气泄漏", building=building, by=getattr(world, by), at=at)


def test_the_counts_are_of_entrances(world: Any, building: Address, matter: Any) -> None:
    rows = count_building(_begin(world, building, matter), by=world.fang)

    assert [(row.name, row.heads, row.wished) for row in rows] == [("1单元", 2, 1), ("2单元", 1, 0)]


def test_nobody_else_counts_it_and_nobody_is_searched_for_by_it(world: Any, building: Address, matter: Any) -> None:
    emergency = _begin(world, building, matter)

    with pytest.raises(NoSuchEvacuation):
        count_building(emergency, by=world.zhou)
    with pytest.raises(NoSuchEvacuation):
        open_wished(emergency, by=world.zhou, at=clock.now())
    with pytest.raises(SearchRefused):
        find(sitting_now(world.fang, clock.now(), matter.pk), who="李月娥", by=world.fang, at=clock.now())


def test_a_wish_that_has_ended_shows_nobody(world: Any, building: Address, matter: Any, as_role: Any) -> None:
    with as_role("owner"):
        assert Resident.objects.filter(look_for_me=True).get().look_for_me_until is not None
        Resident.objects.update(look_for_me_until=dt.date(2020, 1, 1))
    assert open_wished(_begin(world, building, matter), by=world.fang, at=clock.now()).seen == []
    with as_role("jobs"):
        assert end_old_wishes(by=Actor.system(), at=clock.now()) == 1
        assert not Resident.objects.filter(look_for_me=True).exists()


def test_when_it_is_over_it_shows_nothing_more(world: Any, building: Address, matter: Any, as_role: Any) -> None:
    emergency = _begin(world, building, matter)
    with as_role("owner"):
        emergency.sitting.__class__.objects.update(ends_at=clock.now() - dt.timedelta(seconds=1))

    with pytest.raises(NoSuchEvacuation):
        count_building(emergency, by=world.fang)
