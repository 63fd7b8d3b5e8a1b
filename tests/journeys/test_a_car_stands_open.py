"""An unlocked car: the officer types the plate, the owner gets a message, and neither learns more than that."""

import datetime as dt
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.kinds.vehicle.calling import NotOnShift, call_owner, counts, second_tries
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.notices.models import Notice
from shouwang.notices.vehicles import tell_owner
from shouwang.registry.looking import LimitReached
from shouwang.registry.models import Vehicle, VehicleAsk
from shouwang.registry.purging import run_purges
from shouwang.registry.vehicles import (
    BadPlate,
    TooEarly,
    TooManyVehicles,
    check_plate,
    declare_vehicle,
    own_asks,
    own_vehicles,
    say_coming,
    take_back,
)
from tests.journeys.desks import Desk, middle_of

pytestmark = [pytest.mark.committed]
PLATE, OTHER = "湘A12345", "湘AD12345"
TEN = dt.timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def declared(world: Any, as_role: Any) -> None:
    with as_role("portal"):
        declare_vehicle(" 湘a·12345 ", by=world.wang, at=clock.now())


def call(world: Any, plate: str = PLATE, by: str = "fang", **more: Any) -> Any:
    given = {"reason": "unlocked", "place_text": "桥西路菜场门口", "point": middle_of(world.qiaoxi_04)} | more
    return call_owner(plate=plate, by=getattr(world, by), at=more.pop("at", clock.now()), **given)


@pytest.mark.parametrize("text", ["", "12345", "湘A1234", "湘A1234567", "AA12345", "湘I12345", "湘AO2345"])
def test_what_is_no_plate_is_refused(text: str) -> None:
    with pytest.raises(BadPlate):
        check_plate(text)


@pytest.mark.item("S-REG-014", "S-PAT-003")
def test_the_officer_learns_that_somebody_was_told_and_the_owner_who_asked(
    world: Any, declared: None, desk: Desk, as_role: Any
) -> None:
    fang = desk("fang")
    page = fang.get("/desk/vehicles/").content.decode()
    assert "车主联系" in page
    called = call(world)
    with as_role("jobs"):
        for ask in VehicleAsk.objects.all():
            tell_owner(ask.pk, at=clock.now())
    page = fang.get("/desk/vehicles/?told=yes").content.decode()
    mine = fang.get(f"/desk/matters/{called.matter.pk}/").content.decode()

    assert PLATE in page
    assert "桥西路" in page
    assert "已通知" in page
    assert "王女士" not in page + mine
    with as_role("portal"):
        (asked,) = own_asks(world.wang)
        assert (str(asked.reason), asked.person, asked.unit) == ("没锁或没关好", "方晓宁", "青石桥派出所")
        say_coming(asked.id, by=world.wang, at=clock.now())
    assert "车主正在赶来" in fang.get("/desk/vehicles/").content.decode()
    channels = Notice.objects.filter(wording="vehicle_unlocked").values_list("channel", "recipient_kind")
    assert set(channels) == {("in_app", "person"), ("sms", "holder")}


def test_a_plate_that_nobody_declared_tells_nobody(world: Any, declared: None, as_role: Any) -> None:
    called = call(world, OTHER)

    assert not called.declared
    assert called.matter.state == "found"
    with as_role("jobs"):
        tell_owner(VehicleAsk.objects.get().pk, at=clock.now())
    assert not Notice.objects.filter(wording="vehicle_unlocked").exists()


def test_told_again_after_ten_minutes_and_twice_at_most(
    world: Any, declared: None, as_role: Any, owner_sql: Any
) -> None:
    matter, at = call(world).matter, clock.now()
    with pytest.raises(TooEarly):
        take_step(matter, "again", by=world.fang, at=at)
    with as_role("jobs"):
        assert second_tries(by=Actor.system(), at=at) == 0
    owner_sql("UPDATE registry_vehicleask SET at = at - interval '10 minutes'")
    with as_role("jobs"):
        assert second_tries(by=Actor.system(), at=at) == 1
    owner_sql("UPDATE registry_vehicleask SET at = at - interval '20 minutes'")
    with as_role("jobs"):
        assert second_tries(by=Actor.system(), at=at) == 0
    with pytest.raises(TooEarly):
        take_step(matter, "again", by=world.fang, at=at)
    assert take_step(matter, "came", by=world.fang, at=at).outcome == "came"


INSERT = (
    "INSERT INTO registry_vehicleask (id, matter, reason, street, area_id, person, number, at, plate, place_text)"
    " SELECT gen_random_uuid(), gen_random_uuid(), 'unlocked', '', id, %s, 1, now(), '', '' FROM places_area LIMIT 1"
)


def test_bare_sql_of_the_pages_passes_no_limit(world: Any, declared: None, owner_sql: Any) -> None:
    matter = call(world).matter.pk
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(INSERT, [world.fang.person_id])
    with pytest.raises(ProgrammingError, match="twice at most"), acting(world.fang):
        connection.cursor().execute("SELECT ask_vehicle_again(gen_random_uuid(), %s)", [matter])
    owner_sql("UPDATE registry_vehicleask SET at = at - interval '10 minutes'")
    for expected in (None, "twice at most"):
        with pytest.raises(ProgrammingError, match=expected) if expected else nullcontext(), acting(world.fang):
            connection.cursor().execute("SELECT ask_vehicle_again(gen_random_uuid(), %s)", [matter])


def test_asks_are_read_on_their_own_ground(world: Any, declared: None, owner_sql: Any) -> None:
    call(world)
    seen = []
    for by in (world.shen, world.zhao):
        with acting(by):
            seen.append(VehicleAsk.objects.count())

    assert seen == [1, 0]  # of the neighbouring community nothing


def test_ten_an_hour_and_no_more(world: Any, declared: None) -> None:
    for _ in range(10):
        call(world, OTHER)

    with pytest.raises(LimitReached):
        call(world)
    assert Matter.objects.filter(kind="vehicle").count() == 10


def test_whoever_keeps_shifts_asks_during_his_shift(
    world: Any, declared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(world, by="ming").declared
    monkeypatch.setattr("shouwang.kinds.vehicle.calling.ON_DUTY", [lambda person, at: False])
    with pytest.raises(NotOnShift):
        call(world, by="ming")


def test_after_thirty_days_the_plate_is_gone_and_the_count_stays(world: Any, declared: None, as_role: Any) -> None:
    call(world)
    at = clock.now()
    with as_role("jobs"):
        run_purges(at=at + dt.timedelta(days=31))

        ask = VehicleAsk.objects.get()
    assert (ask.plate, ask.place_text, ask.vehicle) == ("", "", None)
    assert [(street, n) for street, _hour, n in counts(world.fang, at)] == [("桥西路", 1)]


def test_the_pages_cannot_read_vehicles_and_owners_only_their_own(world: Any, declared: None, as_role: Any) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(Vehicle.objects.all())
    with as_role("portal"):
        assert [one.shown for one in own_vehicles(world.wang)] == ["湘A·***45"]
        assert own_vehicles(world.stranger) == []
        with pytest.raises(Exception, match="not"):
            take_back(own_vehicles(world.wang)[0].pk, by=world.stranger, at=clock.now())


def test_five_at_most_and_each_once(world: Any, as_role: Any) -> None:
    with as_role("portal"):
        for number in range(5):
            declare_vehicle(f"湘A1234{number}", by=world.wang, at=clock.now())
        declare_vehicle("湘A12344", by=world.wang, at=clock.now())
        assert len(own_vehicles(world.wang)) == 5
        with pytest.raises(TooManyVehicles):
            declare_vehicle("湘A99999", by=world.wang, at=clock.now())
        take_back(own_vehicles(world.wang)[0].pk, by=world.wang, at=clock.now())
        assert len(own_vehicles(world.wang)) == 4


def test_the_form_keeps_what_was_typed_when_it_is_wrong(world: Any, desk: Desk) -> None:
    fang: Client = desk("fang")
    answer = fang.post("/desk/vehicles/", {"plate": "12", "reason": "unlocked", "place_text": "桥西路12号"})

    assert answer.status_code == 422
    assert 'value="12"' in answer.content.decode()
