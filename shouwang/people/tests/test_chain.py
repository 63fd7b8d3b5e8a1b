"""One responsible post for each piece of ground at each instant, and where there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.people.chain import Fault, NobodyResponsible, chain_above, chain_of, gaps, links_of, responsible_at
from shouwang.people.giving import end_post
from shouwang.people.inviting import close_account

DAY = dt.timedelta(days=1)


@pytest.mark.item("S-GRD-003")
def test_each_tier_names_one_holder_up_to_the_bureau(world, noon):
    holders = [(link.area, link.holder and link.holder.person) for link in links_of(world.qiaoxi_04, noon)]

    assert holders == [
        (world.qiaoxi_04, world.lu.person), (world.qiaoxi, world.shen.person),
        (world.station, world.lin.person), (world.bureau, world.cheng.person),
    ]  # fmt: skip


@pytest.mark.item("S-GRD-003")
def test_a_call_climbs_past_those_who_may_not_see_it(world, noon):
    assert responsible_at(world.qiaoxi_04, noon) == world.shen.post
    assert chain_above(world.qiaoxi_04, noon) == [world.lin.post, world.cheng.post]
    assert chain_of(world.qiaoxi_04, noon, able=None)[0] == world.lu.post


@pytest.mark.item("S-ORG-001")
def test_responsibility_follows_the_date_of_the_matter(world, noon):
    end_post(world.shen.post, by=world.lin, at=noon)

    assert responsible_at(world.qiaoxi_04, noon - DAY) == world.shen.post
    assert responsible_at(world.qiaoxi_04, noon) == world.lin.post


def test_a_holder_whose_account_is_closed_holds_nothing(world, noon):
    close_account(world.shen.person, by=world.lin, at=noon)

    assert responsible_at(world.qiaoxi, noon) == world.lin.post


def test_a_government_area_has_its_own_chain(world, noon):
    assert chain_of(world.street, noon, able=None) == [world.jiang.post, world.qiu.post]


def test_ground_without_anybody_above_says_so(world, noon):
    with pytest.raises(NobodyResponsible):
        responsible_at(world.street, noon)  # grid heads keep grids; none of them may see calls


@pytest.mark.item("S-GRD-003", "S-ORG-001")
def test_gaps_are_areas_without_holder_and_holders_without_signature(world, noon):
    found = {(gap.area.name, gap.fault) for gap in gaps([world.bureau.duty_path, world.county.government_path], noon)}

    assert found == {("河埠03网格", Fault.NO_HOLDER), ("桥西03网格", Fault.NOT_ACCEPTED)}
    assert [gap.area for gap in gaps([world.hebu.duty_path], noon)] == [world.hebu_03]
