import dataclasses

from shouwang.core.actor import Actor
from shouwang.places.ground import GroundAddress
from shouwang.places.loading import load_ground
from shouwang.places.models import Address, FoundPlace
from shouwang.places.tree import index, said


def again(as_role, ground, noon, **changes):
    with as_role("jobs"):
        return load_ground(dataclasses.replace(ground, source="newer", **changes), by=Actor.system(), at=noon)


def test_a_ground_brings_its_addresses_as_a_tree(laid):
    street, door = Address.objects.get(name="桥西路"), Address.objects.get(name="12号")

    assert door.parent == street
    assert door.path == f"{street.path}{door.number}/"
    assert (door.full_text, said(door), door.searched) == ("青石县桥西路12号", "桥西路12号", "桥西路12号")
    assert [alias.name for alias in door.aliases.all()] == ["川味小馆"]
    assert list(Address.objects.under(street)) == [door]
    assert list(Address.objects.above(door)) == [street]


def test_what_is_found_by_words_has_the_key_of_its_address(laid):
    assert FoundPlace.objects.get(name="桥西路12号").pk == Address.objects.get(name="12号").pk


def test_a_newer_map_adds_addresses_and_changes_none_that_are_known(laid, as_role, small_ground, noon):
    before = Address.objects.get(name="12号")
    new = GroundAddress("s:14", "building", "桥西路14号", "青石县桥西路14号", 111.4286, 27.6896, "s")

    again(as_role, small_ground, noon, addresses=[small_ground.addresses[0], new])

    assert Address.objects.get(name="12号").pk == before.pk
    assert Address.objects.get(name="14号").parent == before.parent
    assert FoundPlace.objects.filter(name__in=["桥西路12号", "桥西路14号"]).count() == 2


def test_of_two_alike_on_the_map_the_tree_holds_one_and_words_find_both(laid, as_role, small_ground, noon):
    fourteen = GroundAddress("s:14", "building", "桥西路14号", "青石县桥西路14号", 111.4286, 27.6896, "s")
    fourteen_again = dataclasses.replace(fourteen, key="s:14b", lon=111.43)

    again(as_role, small_ground, noon, addresses=[small_ground.addresses[0], fourteen, fourteen_again])

    assert Address.objects.filter(name="14号").count() == 1
    assert FoundPlace.objects.filter(name="桥西路14号").count() == 2


def test_rooms_stand_in_the_tree_and_are_not_among_what_words_find(laid, as_role, small_ground, noon):
    room = GroundAddress("s:12:101", "room", "桥西路12号101室", "青石县桥西路12号101室", 111.4285, 27.6895, "s:12")

    again(as_role, small_ground, noon, addresses=[*small_ground.addresses, room])

    assert Address.objects.get(element="room").name == "101室"
    assert not FoundPlace.objects.filter(kind="room").exists()


def test_an_address_lies_in_the_smallest_area_that_holds_its_point(laid):
    assert Address.objects.get(name="12号").area is not None


def test_an_address_that_ended_is_no_longer_found_by_words(laid, as_role):
    door = Address.objects.get(name="12号")
    door.status = "demolished"

    with as_role("web"):
        index(door)

    assert not FoundPlace.objects.filter(pk=door.pk).exists()
