"""A re-cut at noon, drawn, checked, approved and brought into force: matters change hands in the same act."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from shouwang.journal.models import Entry
from shouwang.matters.ground import Ground
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.rehoming import responsible_then
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.chain import gaps
from shouwang.places.models import Area, AreaVersion
from shouwang.territory.drawing import Piece, draw_cut
from shouwang.territory.in_force import approve_cut, bring_into_force, check_cut, handlers

NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
MORNING = NOON - dt.timedelta(hours=3)
BEFORE = dt.timedelta(microseconds=1)
EDGE = 111.427  # from noon on Hebu begins here


def box(west, south, east, north) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def five_hundred(world):
    dice = random.Random(7)
    return [
        open_matter(
            kind="incident", by=world.fang, at=MORNING, place_text="路口", gist="打架",
            point=(dice.uniform(111.4181, 111.4419), dice.uniform(27.6821, 27.6979)),
        )
        for _each in range(500)
    ]  # fmt: skip


def draw_the_new_edge(world):
    """Qiaoxi gives its east to Hebu, which gets a grid for it; the grid point there ends."""
    grids = [world.hebu_01, world.hebu_02, world.hebu_03]
    hebu = [Piece(grid.versions.first().boundary, grid) for grid in grids]
    return draw_cut(
        {
            world.station: [
                Piece(box(111.418, 27.682, EDGE, 27.698), world.qiaoxi),
                Piece(box(EDGE, 27.682, 111.442, 27.698), world.hebu),
            ],
            world.qiaoxi: [
                Piece(box(111.418, 27.690, 111.424, 27.698), world.qiaoxi_01),
                Piece(box(111.424, 27.690, EDGE, 27.698), world.qiaoxi_02),
                Piece(box(111.418, 27.682, 111.424, 27.690), world.qiaoxi_03),
                Piece(box(111.424, 27.682, EDGE, 27.690), world.qiaoxi_04),
            ],
            world.hebu: [Piece(box(EDGE, 27.682, 111.430, 27.698)), *hebu],
            world.qiaoxi_04: [],
        },
        by=world.lin, at=MORNING,
    )  # fmt: skip


def holders(matters) -> dict:
    rows = Matter.objects.filter(pk__in=[one.pk for one in matters]).select_related("responsible")
    return {one.pk: one.responsible for one in rows}


def test_what_lies_on_the_ground_follows_a_cut():
    assert handlers()


@pytest.mark.slow
@pytest.mark.item("S-GRD-001", "S-GRD-003", "S-ORG-001")
def test_re_cut_at_noon_five_hundred_open_matters_have_exactly_one_responsible_post_before_at_and_after(
    world, five_hundred
):
    cut = draw_the_new_edge(world)
    assert check_cut(cut.key, by=world.lin, at=MORNING) == []
    approve_cut(cut.key, by=world.cheng, at=MORNING)
    before = holders(five_hundred)

    bring_into_force(cut.key, by=world.cheng, at=NOON)

    after = holders(five_hundred)
    east = {one.pk for one in five_hundred if EDGE <= one.lon < 111.430}
    assert len(east) > 30
    assert all(before.values())
    assert all(after.values())
    assert {key for key in after if before[key] != after[key]} == east
    assert {before[key] for key in east} == {world.shen.post}
    assert {after[key] for key in east} == {world.zhao.post}
    assert Entry.objects.filter(verb="matter.rehome", subject__in=east).count() == len(east)
    one = next(matter for matter in five_hundred if matter.pk in east)
    assert responsible_then(one, NOON - BEFORE) == world.shen.post
    assert responsible_then(one, NOON) == responsible_then(one, NOON + BEFORE) == world.zhao.post
    for when in (NOON - BEFORE, NOON, NOON + BEFORE):
        ground = Ground(when)
        assert all(ground.smallest_at(matter.lon, matter.lat) for matter in five_hundred)


@pytest.mark.item("S-GRD-003", "S-GRD-008")
def test_the_new_grid_has_its_code_name_and_paths_and_shows_as_a_gap_until_somebody_holds_it(world):
    cut = draw_the_new_edge(world)
    check_cut(cut.key, by=world.lin, at=MORNING)
    approve_cut(cut.key, by=world.cheng, at=MORNING)
    new = Area.objects.get(code="431399001002004")
    assert (new.duty_path, new.government_path) == ("", "")

    bring_into_force(cut.key, by=world.cheng, at=NOON)

    new.refresh_from_db()
    hebu = Area.objects.get(pk=world.hebu.pk)
    assert new.name == "河埠04网格"
    assert new.duty_path == f"{hebu.duty_path}{new.number}/"
    assert new.government_path == f"{hebu.government_path}{new.number}/"
    assert new in [gap.area for gap in gaps([world.station.duty_path], NOON)]
    assert not AreaVersion.objects.in_force_at(NOON).filter(area=world.qiaoxi_04_point).exists()
    assert AreaVersion.objects.in_force_at(NOON - BEFORE).filter(area=world.qiaoxi_04_point).exists()


def test_a_cut_brought_into_force_by_nobody_who_may_changes_nothing(world):
    cut = draw_the_new_edge(world)
    check_cut(cut.key, by=world.lin, at=MORNING)
    approve_cut(cut.key, by=world.cheng, at=MORNING)

    with pytest.raises((NotAllowed, NotVisible)):
        bring_into_force(cut.key, by=world.shen, at=NOON)

    assert AreaVersion.objects.in_force_at(NOON).filter(area=world.qiaoxi, cut=cut.key).count() == 0
