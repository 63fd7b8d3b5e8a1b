"""Tier models are data: the same engine holds two, three and five tiers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shouwang.people.access import NotAllowed
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.tiers import PRESETS, WrongTiers, adopt, read_tiers, reports_to, tier_of, tiers_for, written


@pytest.mark.item("S-GRD-005")
@pytest.mark.parametrize(("preset", "depth"), [("T2", 2), ("T3", 3), ("T3P", 3), ("T5", 5)])
def test_each_preset_is_a_tree_of_its_depth_and_reads_back(preset, depth):
    tiers = read_tiers(written(PRESETS[preset]))

    assert tiers == PRESETS[preset]
    assert len(tiers) == depth
    assert sum(reports_to(tier, tiers) is None for tier in tiers) == 1


@pytest.mark.item("S-GRD-005")
def test_a_community_adopts_three_tiers_and_later_five(world, noon):
    three = tiers_for(world.qiaoxi_04, noon)
    later = noon.replace(hour=9)
    adopt(world.qiaoxi, preset="T5", by=world.lin, at=later)

    assert [tier.name for tier in three] == ["社区", "网格", "网格点"]
    assert [tier.name for tier in tiers_for(world.qiaoxi_04, later)] == [
        "网格长",
        "副网格长",
        "网格管理员",
        "网格员",
        "信息员",
    ]
    assert tiers_for(world.qiaoxi_04, noon) == three
    assert tiers_for(world.hebu_01, later) == PRESETS["T3P"]
    assert tiers_for(world.station, later) == ()


@pytest.mark.item("S-GRD-010")
def test_five_tiers_each_have_duties_a_ground_and_a_reporting_line(world):
    tiers = PRESETS["T5"]
    held = [tier_of(who.post, tiers) for who in (world.su, world.tang, world.yu, world.lu, world.peng)]

    assert [tier.key for tier in held] == ["head", "deputy", "manager", "worker", "contact"]
    assert all(tier.duties for tier in held)
    assert [reports_to(tier, tiers) for tier in held] == [None, *held[:-1]]


@pytest.mark.item("S-GRD-009")
def test_a_grid_point_is_a_tier_with_one_named_contact(world):
    point = PRESETS["T3P"][-1]

    assert point.ground == "grid_point"
    assert tier_of(world.peng.post, PRESETS["T3P"]) == point


def test_every_holder_may_stand_on_the_ground_of_his_tier():
    for tiers in PRESETS.values():
        for tier in tiers:
            assert all(tier.ground in ROLE_TABLE[role].tiers for role in tier.holders), tier.key


@pytest.mark.parametrize(
    "tiers",
    [
        PRESETS["T5"][:1],
        (*PRESETS["T5"], PRESETS["T2"][1]),
        (PRESETS["T2"][0], replace(PRESETS["T2"][1], children=("community",))),
        (PRESETS["T2"][0], replace(PRESETS["T2"][1], key="community")),
        (PRESETS["T2"][0], replace(PRESETS["T2"][1], holders=("station_head",))),
        (replace(PRESETS["T2"][0], children=("nowhere",)), PRESETS["T2"][1]),
        (replace(PRESETS["T2"][0], children=()), PRESETS["T2"][1]),
        (PRESETS["T2"][0], replace(PRESETS["T2"][1], name=" ")),
    ],
)
def test_tiers_that_fit_nothing_are_refused(tiers):
    with pytest.raises(WrongTiers):
        read_tiers(written(tiers))


def test_a_grid_worker_does_not_change_the_tiers(world, noon):
    with pytest.raises(NotAllowed):
        adopt(world.qiaoxi_04, preset="T2", by=world.lu, at=noon)
