import datetime as dt

import pytest

from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.places.finding import find_places
from shouwang.places.matching import match_address
from shouwang.places.models import Address, FoundPlace
from shouwang.territory import addresses, succession
from shouwang.territory.addresses import (
    call_otherwise,
    move_point,
    plan_address,
    put_in_use,
    rename_address,
    verify_address,
)
from shouwang.territory.succession import demolish, merge, split

HERE = (111.427, 27.686)
NEXT_DOOR = (111.434, 27.689)


@pytest.fixture
def noon():
    return dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)


@pytest.fixture
def street(world, noon):
    county = plan_address(parent=None, element="county", name="青石县", point=HERE, by=world.shen, at=noon, in_use=True)
    office = plan_address(parent=county, element="street_office", name="水门街道", by=world.shen, at=noon, in_use=True)
    return plan_address(parent=office, element="street", name="桥西路", by=world.shen, at=noon, in_use=True)


@pytest.fixture
def enter(world, noon):
    def enter(parent, element, name, by=None, point=None):
        return plan_address(
            parent=parent, element=element, name=name, point=point, by=by or world.shen, at=noon, in_use=True
        )

    return enter


@pytest.fixture
def room(street, enter):
    return enter(enter(street, "building", "12号"), "room", "402室")


def test_an_address_has_one_official_text_and_lies_in_its_grid(room, street):
    assert room.full_text == "青石县水门街道桥西路12号402室"
    assert room.searched == "桥西路12号402室"
    assert room.path.startswith(street.path)
    assert room.area.name == "桥西04网格"


def test_a_planned_address_is_put_in_use(world, noon, street):
    door = plan_address(parent=street, element="building", name="3号", by=world.shen, at=noon)
    assert (door.status, door.since) == ("planned", None)

    assert put_in_use(door, by=world.shen, at=noon).since == noon
    with pytest.raises(addresses.AddressInUse):
        put_in_use(door, by=world.shen, at=noon)


@pytest.mark.parametrize("twin", ["12号", "12 号", "１２号", "十二号"])
def test_of_one_name_there_is_one_under_a_parent(enter, street, twin):
    enter(street, "building", "12号")

    with pytest.raises(addresses.AddressTaken):
        enter(street, "building", twin)


@pytest.mark.parametrize("element", ["room", "street", "province", "nonsense", "entrance_unit"])
def test_a_wrong_kind_under_a_parent_is_refused(enter, street, element):
    with pytest.raises(addresses.WrongParent):
        enter(street, element, "12号")


@pytest.mark.parametrize(
    ("who", "error"), [("zhao", NotVisible), ("guan", NotAllowed), ("he", NotAllowed), ("wang", NotVisible)]
)
def test_only_who_keeps_addresses_on_that_ground_may_enter_one(world, street, enter, who, error):
    with pytest.raises(error):
        enter(street, "building", "9号", by=getattr(world, who))


def test_the_grid_manager_keeps_addresses_too(world, street, enter):
    assert enter(street, "building", "9号", by=world.yu).pk


def test_a_point_outside_the_town_is_refused(enter, street):
    with pytest.raises(addresses.OutsideTheTown):
        enter(street, "building", "9号", point=(100.0, 20.0))


def test_a_renamed_street_renames_what_stands_on_it_and_is_still_found_by_its_former_name(world, noon, room, street):
    rename_address(street, "建设路", by=world.shen, at=noon)

    room.refresh_from_db()
    assert room.full_text == "青石县水门街道建设路12号402室"
    assert match_address("建设路12号402")[0].address == room
    assert match_address("桥西路12号402")[0].address == room
    assert [place.full_text for place in find_places("建设路12号")][:1] == ["建设路12号"]


def test_another_name_finds_it(world, noon, room):
    call_otherwise(room.parent, "老邮局大楼", by=world.shen, at=noon)

    assert match_address("老邮局大楼402")[0].address == room


def test_a_moved_point_moves_what_is_below_and_the_area_follows(world, noon, room):
    with pytest.raises(NotVisible):
        move_point(room.parent, *NEXT_DOOR, by=world.shen, at=noon)

    move_point(room.parent, *NEXT_DOOR, by=world.lin, at=noon)
    room.refresh_from_db()

    assert room.point == NEXT_DOOR
    assert room.area.name.startswith("河埠")


def test_an_address_seen_on_the_spot_is_fresh_for_two_years(world, noon, room):
    seen = verify_address(room, by=world.shen, at=noon, photo=room.pk)

    assert not seen.is_stale(dt.date(2028, 5, 30))
    assert seen.is_stale(dt.date(2028, 6, 2))
    assert Entry.objects.get(verb="address.verify").subject == room.pk


def test_a_demolished_building_ends_with_its_rooms_and_is_no_longer_found(world, noon, room):
    demolish(room.parent, by=world.shen, at=noon)

    room.refresh_from_db()
    assert (room.status, room.until) == ("demolished", noon)
    assert not FoundPlace.objects.filter(pk=room.parent_id).exists()
    with pytest.raises(addresses.AddressEnded):
        demolish(room.parent, by=world.shen, at=noon)


def test_a_merged_address_leads_to_what_stands_in_its_place(world, noon, room, street, enter):
    fourteen = enter(street, "building", "14号")

    merge(room.parent, fourteen.pk, by=world.shen, at=noon)

    room.refresh_from_db()
    assert room.full_text == "青石县水门街道桥西路14号402室"
    found = match_address("桥西路12号")[0]
    assert (found.address, found.known_as) == (fourteen, "青石县水门街道桥西路12号")
    with pytest.raises(succession.NothingToMerge):
        merge(fourteen, street.pk, by=world.shen, at=noon)


def test_a_split_address_leads_to_its_parts(world, noon, room):
    old = room.parent
    first, second = split(old, ["12号甲", "12号乙"], by=world.shen, at=noon)

    room.refresh_from_db()
    assert room.parent == first
    assert {match.address for match in match_address("桥西路12号")} == {first, second}
    assert Address.objects.get(pk=old.pk).status == "split"
    with pytest.raises(succession.TooFewParts):
        split(first, ["12号丙", " "], by=world.shen, at=noon)


def test_every_act_is_one_entry(world, noon, room):
    before = Entry.objects.count()

    call_otherwise(room.parent, "老楼", by=world.shen, at=noon)
    verify_address(room, by=world.shen, at=noon)

    assert Entry.objects.count() == before + 2
