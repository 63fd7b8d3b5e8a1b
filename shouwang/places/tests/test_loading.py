"""Loading a ground: whole, once, and never half."""

import pytest

from shouwang.core.actor import Actor
from shouwang.places.ground import GroundArea, GroundStretch
from shouwang.places.loading import load_ground, road_graph
from shouwang.places.models import Area, AreaVersion, FoundPlace, GroundLoad, MapFeature
from shouwang.places.tests.conftest import square
from shouwang.solvers.roads import seconds_to


def test_features_places_and_roads_are_there_after_loading(laid):
    assert MapFeature.objects.count() == 4
    assert FoundPlace.objects.get(name="桥西路12号").parent.name == "桥西路"
    assert seconds_to(road_graph(), (111.430, 27.690), [(111.425, 27.690)])[0] == pytest.approx(35.5, abs=0.5)


def test_the_same_ground_twice_changes_nothing(laid, small_ground, as_role, noon):
    with as_role("jobs"):
        again = load_ground(small_ground, by=Actor.system(), at=noon)

    assert again.pk == laid.pk
    assert MapFeature.objects.count() == 4


def test_another_ground_takes_the_place_of_the_one_in_use(laid, small_ground, as_role, noon):
    small_ground.source = "drawn again"
    small_ground.sites = []
    with as_role("jobs"):
        load_ground(small_ground, by=Actor.system(), at=noon)

    assert [load.source for load in GroundLoad.objects.all()] == ["drawn again"]
    assert not FoundPlace.objects.filter(name="河埠广场").exists()


def test_a_ground_with_a_fault_in_it_changes_nothing(laid, small_ground, as_role, noon):
    small_ground.source = "with a stretch to nowhere"
    small_ground.stretches.append(GroundStretch(0, 99, "primary"))

    with pytest.raises(IndexError), as_role("jobs"):
        load_ground(small_ground, by=Actor.system(), at=noon)

    assert GroundLoad.objects.get().pk == laid.pk
    assert MapFeature.objects.count() == 4


def test_new_areas_are_in_force_under_their_parents_and_known_ones_stay(world, small_ground, as_role, noon):
    before = AreaVersion.objects.filter(area=world.qiaoxi).values_list("pk", flat=True)
    above = (("duty", "OWN", "QS-QSQ"), ("government", "NBS12", "431399001000"))
    small_ground.areas = [
        GroundArea("NBS12", "431399001001", "community", "改名", square(111.4, 27.6, 0.01), above),
        GroundArea("NBS12", "431399001009", "community", "新社区", square(111.5, 27.6, 0.01), above, 9, 400),
        GroundArea("OWN", "XX", "bureau", "邻县公安局", square(112, 27, 0.1), (("duty", "", ""),)),
    ]

    with as_role("jobs"):
        load_ground(small_ground, by=Actor.system(), at=noon)

    new = Area.objects.get(code="431399001009")
    assert new.duty_path == f"{world.station.duty_path}{new.number}/"
    assert new.government_path == f"{world.street.government_path}{new.number}/"
    assert {one.layer for one in AreaVersion.objects.in_force_at(noon).filter(area=new)} == {"duty", "government"}
    assert AreaVersion.objects.get(area__code="XX").parent is None
    assert list(AreaVersion.objects.filter(area=world.qiaoxi).values_list("pk", flat=True)) == list(before)


def test_neither_desk_nor_portal_may_change_the_ground(laid, as_role):
    from django.db import Error

    for role in ("web", "portal"):
        with pytest.raises(Error, match="permission denied"), as_role(role):
            MapFeature.objects.all().delete()
