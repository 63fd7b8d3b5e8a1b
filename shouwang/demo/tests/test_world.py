"""The world of the tests and of the demo: whole, in force, and nobody of it can sign in with a password."""

from __future__ import annotations

import pytest
from shapely.geometry import shape
from shapely.ops import unary_union

from shouwang.demo.world import made_by_the_demo
from shouwang.demo.world_cast import PARTS
from shouwang.people.models import Person, Post
from shouwang.people.roles import ROLE_TABLE, ROLES
from shouwang.places.models import AreaVersion


def boundary(area):
    return shape(AreaVersion.objects.filter(area=area, layer="duty").get().boundary)


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        ("station", ["qiaoxi", "hebu"]),
        ("qiaoxi", [f"qiaoxi_0{n}" for n in range(1, 5)]),
        ("hebu", [f"hebu_0{n}" for n in range(1, 4)]),
    ],
)
def test_grids_tile_their_community_and_communities_their_station(world, parent, children):
    parts = [boundary(getattr(world, key)) for key in children]
    whole = boundary(getattr(world, parent))

    assert unary_union(parts).symmetric_difference(whole).area < 1e-12
    assert sum(part.area for part in parts) == pytest.approx(whole.area)


def test_a_community_hangs_in_both_layers(world):
    layers = AreaVersion.objects.filter(area=world.qiaoxi).values_list("layer", "parent__name")

    assert set(layers) == {("duty", "青石桥派出所"), ("government", "水门街道")}
    assert (world.qiaoxi.duty_path, world.qiaoxi.government_path) == ("/1/2/5/", "/3/4/5/")


def test_there_is_somebody_for_every_role_and_a_stranger_without_any(world):
    held = set(Post.objects.values_list("role", flat=True))

    assert held | {"resident"} == set(ROLES)
    assert world.stranger.post is None
    assert world.fang.name == "方晓宁"


def test_everybody_stands_where_his_role_may(world):
    for post in Post.objects.select_related("area", "person"):
        assert post.area.tier in ROLE_TABLE[post.role].tiers
        assert post.person.sworn or not ROLE_TABLE[post.role].sworn


def test_nobody_of_the_cast_has_a_password(world):
    assert set(Person.objects.values_list("password", flat=True)) == {""}
    assert Person.objects.filter(login__in=[part.key for part in PARTS]).count() == len(PARTS)


def test_a_database_of_the_tests_is_not_the_demos(world):
    assert not made_by_the_demo()


def test_crews_are_on_shift(world):
    assert [crew.person.name for crew in world.qx1.shifts.get().crew.order_by("person__badge")] == [
        "何川",
        "周明远",
        "李想",
    ]
    assert not world.qx2.shifts.exists()
