"""After a new cut: figures of an earlier day on the grids of today, and whose ground an old matter lay in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.matters.intake import open_matter
from shouwang.territory.drawing import Piece, draw_cut
from shouwang.territory.history import shared_out
from shouwang.territory.in_force import approve_cut, bring_into_force, check_cut
from shouwang.territory.renaming import draft_name
from shouwang.territory.tests.test_tiling import box


@pytest.fixture
def recut(world):
    """桥西's north-east falls in two halves today; the rest stays. A call of yesterday lay in it."""
    at = clock.now()
    call = open_matter(kind="incident", by=world.fang, at=at - dt.timedelta(days=1), point=(111.4285, 27.694),
                       place_text="桥西路", gist="吵架", subkind="order.fight")  # fmt: skip
    stay = [Piece(one.versions.first().boundary, one) for one in (world.qiaoxi_01, world.qiaoxi_03, world.qiaoxi_04)]
    halves = [
        Piece(box(111.424, 27.690, 111.427, 27.698), world.qiaoxi_02, 205),
        Piece(box(111.427, 27.690, 111.430, 27.698), None, 205),
    ]
    cut = draw_cut({world.qiaoxi: [*halves, *stay]}, by=world.shen, at=at)
    check_cut(cut.key, by=world.lin, at=at)
    approve_cut(cut.key, by=world.cheng, at=at)
    bring_into_force(cut.key, by=world.lin, at=at)
    call.refresh_from_db()
    return call


@pytest.mark.item("S-GRD-001")
def test_figures_of_an_earlier_day_are_told_on_the_grids_of_today_as_an_estimate(world, desk, recut):
    on = clock.local_date(clock.now()) - dt.timedelta(days=10)

    page = desk("shen").get(f"/desk/grids/{world.qiaoxi.code}/past/", {"on": on.isoformat()}).content.decode()

    then, now = page.split("换成现在的网格")
    assert then.count("431399001001") == 4 * 2 + 2  # four grids with links, and the community's own
    assert "桥西05网格" in now
    assert "≈ 205" in now  # half of the 410 households that the undivided grid had
    assert "估算" in now
    assert "沈知行" not in then  # grids have their own holders
    assert "陆禾" in then


def test_without_a_cut_since_then_the_figures_are_the_figures(world, desk):
    address = f"/desk/grids/{world.qiaoxi.code}/past/"

    page = desk("shen").get(address).content.decode()

    assert "所以就是原数" in page
    assert "≈" not in page
    assert "还没有生效的网格" in desk("shen").get(address, {"on": "1999-01-01"}).content.decode()
    assert desk("shen").get(address, {"on": "garbage"}).status_code == 200
    assert desk("zhao").get(address).status_code == 404
    assert desk("shen").get(f"/desk/grids/{world.qiaoxi_01.code}/past/").status_code == 404


def test_an_old_matter_says_whose_ground_it_was_then(world, desk, recut):
    page = desk("fang").get(f"/desk/matters/{recut.pk}/").content.decode()

    assert "当时归谁管" in page
    assert "桥西02网格" in page.split("当时归谁管")[1]


def test_a_renamed_grid_is_called_then_as_it_was_called_then(world, desk):
    call = open_matter(kind="incident", by=world.fang, at=clock.now() - dt.timedelta(days=2), point=(111.427, 27.686),
                       place_text="桥西路", gist="吵架", subkind="order.fight")  # fmt: skip
    assert "当时归谁管" not in desk("fang").get(f"/desk/matters/{call.pk}/").content.decode()

    cut = draft_name(world.qiaoxi_04, "桥西桥头网格", by=world.shen, at=clock.now())
    for by, act in ((world.su, check_cut), (world.lin, approve_cut), (world.lin, bring_into_force)):
        act(cut.key, by=by, at=clock.now())

    assert "桥西04网格" in desk("fang").get(f"/desk/matters/{call.pk}/").content.decode().split("当时归谁管")[1]


def test_what_is_shared_out_adds_up():
    old = {"a": box(0, 0, 2, 1), "b": box(2, 0, 4, 1)}
    new = {"x": box(0, 0, 1, 1), "y": box(1, 0, 3, 1), "z": box(3, 0, 4, 1)}

    assert shared_out({"a": 100, "b": 40}, old, new) == pytest.approx({"x": 50, "y": 70, "z": 20})


@pytest.mark.item("S-GRD-002")
def test_the_work_map_of_an_ended_grid_shows_its_last_border_and_what_came_after(world, desk, as_role):
    at = clock.now()
    stay = [Piece(one.versions.first().boundary, one) for one in (world.qiaoxi_03, world.qiaoxi_04)]
    north = Piece(box(111.418, 27.690, 111.430, 27.698), world.qiaoxi_01, 820)
    cut = draw_cut({world.qiaoxi: [north, *stay]}, by=world.shen, at=at)
    for by, act in ((world.lin, check_cut), (world.cheng, approve_cut), (world.lin, bring_into_force)):
        act(cut.key, by=by, at=at)
    address = f"/desk/grids/{world.qiaoxi_02.code}/"

    page = desk("shen").get(address).content.decode()

    assert "桥西02网格" in page
    assert "已撤销" in page
    assert f"/desk/grids/{world.qiaoxi_01.code}/" in page.split("后来归哪里")[1]
    assert "桥西03网格" not in page
    assert "罗素云" in page.split("撤销时谁负责")[1]
    assert "111.424" in page  # the border itself
    assert "改名" not in page
    assert desk("zhao").get(address).status_code == 404
    sheet = desk("shen").get(f"{address}map.pdf")
    assert sheet.content.startswith(b"%PDF")
    assert address in desk("shen").get(f"/desk/grids/{world.qiaoxi.code}/past/").content.decode()
    with as_role("portal"):
        public = Client().get(f"/where/{world.qiaoxi_02.code}/")
    assert public.status_code == 410
    assert f"/where/{world.qiaoxi_01.code}/" in public.content.decode()
