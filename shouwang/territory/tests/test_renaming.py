"""Another name is a draft like any other; what was called otherwise stays findable by its day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.people import sessions
from shouwang.people.access import NotAllowed
from shouwang.places.models import Area, AreaVersion
from shouwang.territory.drawing import Piece, draw_cut
from shouwang.territory.in_force import ApprovedByItsDrawer, CutFaulty, approve_cut, bring_into_force, check_cut
from shouwang.territory.naming import NamedAfterPerson, NameTaken, NameUnusable
from shouwang.territory.renaming import CalledSo, draft_name, names_of
from shouwang.territory.tests.test_tiling import box

NOON = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
EVENING = NOON + dt.timedelta(hours=8)
NEW = "桥西桥头网格"


@pytest.fixture
def page(world):
    """A function: the pages as somebody of the cast sees them."""

    def seen_by(who) -> Client:
        client = Client()
        client.cookies["sw_session"] = sessions.open_session(who.person, label="test", at=clock.now(), proven=True)[1]
        return client

    return seen_by


@pytest.mark.item("S-GRD-008")
def test_another_name_is_proposed_checked_approved_by_somebody_else_and_comes_into_force(world, page):
    grid = world.qiaoxi_04
    asked = page(world.shen).post(reverse("desk:grid_name", args=[grid.code]), {"name": NEW})
    assert asked.status_code == 302

    draft = page(world.lin).get(asked.url).content.decode()
    assert "桥西04网格拟更名为桥西桥头网格" in draft
    assert "在地图上修改" not in draft
    assert NEW in page(world.shen).get(reverse("desk:grid", args=[grid.code])).content.decode()
    assert Area.objects.get(pk=grid.pk).name == "桥西04网格"

    acts = f"{asked.url}acts/"
    for who, act in ((world.su, "check"), (world.lin, "approve"), (world.cheng, "force")):
        assert page(who).post(acts, {"act": act}).status_code == 302

    assert Area.objects.get(code=grid.code).name == NEW
    versions = grid.versions.filter(layer="duty").order_by("during")
    assert [one.name for one in versions] == ["桥西04网格", NEW]
    assert versions[0].boundary == versions[1].boundary
    assert [one.name for one in names_of(grid)] == [NEW, "桥西04网格"]
    shown = page(world.shen).get(reverse("desk:grid", args=[grid.code])).content.decode()
    assert "曾用名" in shown
    assert "桥西04网格" in shown


@pytest.mark.item("S-GRD-008")
def test_a_name_is_nobodys_and_nobody_elses_and_whoever_proposed_it_does_not_approve_it(world, page):
    for wrong, name in (
        (NamedAfterPerson, "陆禾网格"), (NameTaken, "桥西03网格"), (NameUnusable, " \n "), (NameUnusable, "a\u202eb"),
        (NameUnusable, "长" * 81), (CalledSo, "桥西04网格"),
    ):  # fmt: skip
        with pytest.raises(wrong):
            draft_name(world.qiaoxi_04, name, by=world.shen, at=NOON)
    with pytest.raises(NotAllowed):
        draft_name(world.qiaoxi_04, "别的网格", by=world.lu, at=NOON)

    refused = page(world.shen).post(reverse("desk:grid_name", args=[world.qiaoxi_04.code]), {"name": "桥西03网格"})
    assert refused.status_code == 409
    assert 'value="桥西03网格"' in refused.content.decode()

    cut = draft_name(world.qiaoxi_04, NEW, by=world.lin, at=NOON)
    check_cut(cut.key, by=world.su, at=NOON)
    with pytest.raises(ApprovedByItsDrawer):
        approve_cut(cut.key, by=world.lin, at=NOON)


def test_two_grids_that_are_to_get_the_same_name_do_not_both_get_it(world):
    cuts = [draft_name(one, NEW, by=world.shen, at=NOON) for one in (world.qiaoxi_03, world.qiaoxi_04)]
    for cut in cuts:
        check_cut(cut.key, by=world.su, at=NOON)
    approve_cut(cuts[0].key, by=world.lin, at=NOON)

    with pytest.raises(NameTaken):
        approve_cut(cuts[1].key, by=world.lin, at=NOON)


def test_a_name_drafted_on_borders_that_have_moved_since_does_not_bring_them_back(world):
    name = draft_name(world.qiaoxi_02, NEW, by=world.shen, at=NOON)
    rest = [
        Piece(one.boundary, one.area)
        for one in AreaVersion.objects.in_force_at(NOON).filter(parent=world.qiaoxi, layer="duty")
        if one.area not in (world.qiaoxi_01, world.qiaoxi_02)
    ]
    moved = [Piece(box(111.418, 27.690, 111.425, 27.698), world.qiaoxi_01),
             Piece(box(111.425, 27.690, 111.430, 27.698), world.qiaoxi_02)]  # fmt: skip
    borders = draw_cut({world.qiaoxi: [*rest, *moved]}, by=world.shen, at=NOON)
    for cut in (name, borders):
        assert check_cut(cut.key, by=world.su, at=NOON) == []
        approve_cut(cut.key, by=world.lin, at=NOON)
    bring_into_force(borders.key, by=world.lin, at=NOON)

    with pytest.raises(CutFaulty):
        bring_into_force(name.key, by=world.lin, at=EVENING)
    assert Area.objects.get(pk=world.qiaoxi_02.pk).name == "桥西02网格"
