"""A cut from its draft to the day it is superseded; codes and names that follow from the ground."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.places.models import Area, AreaVersion
from shouwang.territory.codes import CodesUsedUp, in_order, new_codes
from shouwang.territory.cuts import CutMovedOn, CutNotFound
from shouwang.territory.drawing import CannotMakeHere, NotABoundary, NothingDrawn, Piece, PieceTwice, draw_cut
from shouwang.territory.in_force import ApprovedByItsDrawer, CutFaulty, approve_cut, bring_into_force, check_cut
from shouwang.territory.naming import grid_name
from shouwang.territory.tests.test_tiling import box
from shouwang.territory.tiling import Kind

NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
EVENING = NOON + dt.timedelta(hours=8)
TOP, LOW = (27.690, 27.698), (27.682, 27.690)


@pytest.fixture
def five_grids(world):
    """Qiaoxi's north-east grid is split in two; the other three stay as they are."""
    stay = [Piece(one.versions.first().boundary, one) for one in (world.qiaoxi_01, world.qiaoxi_03, world.qiaoxi_04)]
    halves = [
        Piece(box(111.424, TOP[0], 111.427, TOP[1]), world.qiaoxi_02),
        Piece(box(111.427, TOP[0], 111.430, TOP[1])),
    ]
    return {world.qiaoxi: [*halves, *stay]}


def bring(cut, world, at=NOON):
    assert check_cut(cut.key, by=world.lin, at=at) == []
    approve_cut(cut.key, by=world.cheng, at=at)
    bring_into_force(cut.key, by=world.lin, at=at)


@pytest.mark.item("S-GRD-001")
def test_a_draft_is_checked_approved_brought_into_force_and_superseded_by_the_next(world, five_grids):
    cut = draw_cut(five_grids, by=world.shen, at=NOON)
    assert AreaVersion.objects.in_force_at(NOON).filter(cut=cut.key).count() == 0
    bring(cut, world)

    next_cut = draw_cut(five_grids | {world.qiaoxi: [
        *five_grids[world.qiaoxi][2:], Piece(box(111.424, TOP[0], 111.430, TOP[1]), world.qiaoxi_02),
    ]}, by=world.shen, at=EVENING)  # fmt: skip
    bring(next_cut, world, EVENING)

    new = Area.objects.get(code="431399001001005")
    at_noon = AreaVersion.objects.in_force_at(NOON).filter(parent=world.qiaoxi, layer="duty")
    assert set(at_noon.values_list("area__name", flat=True)) == {f"桥西0{n}网格" for n in range(1, 6)}
    assert set(at_noon.values_list("status", flat=True)) == {"superseded"}
    assert AreaVersion.objects.in_force_at(EVENING).filter(parent=world.qiaoxi, layer="duty").count() == 4
    assert not AreaVersion.objects.in_force_at(EVENING).filter(area=new).exists()
    assert list(Entry.objects.filter(subject=cut.key).order_by("id").values_list("verb", flat=True)) == [
        "area.draw", "area.check", "area.approve", "area.bring_into_force",
    ]  # fmt: skip


def test_each_fault_is_named_and_a_faulty_draft_goes_no_further(world, five_grids):
    five_grids[world.qiaoxi].pop()  # the south-east is left out
    cut = draw_cut(five_grids, by=world.shen, at=NOON)

    faults = check_cut(cut.key, by=world.lin, at=NOON)

    assert [fault.kind for fault in faults] == [Kind.GAP]
    assert (faults[0].lon, faults[0].lat) == pytest.approx((111.427, 27.686), abs=1e-3)
    with pytest.raises(CutMovedOn):
        approve_cut(cut.key, by=world.cheng, at=NOON)


def test_a_grid_point_that_would_lie_outside_its_grid_is_a_fault(world, five_grids):
    swapped = [piece for piece in five_grids[world.qiaoxi] if piece.area not in (world.qiaoxi_03, world.qiaoxi_04)]
    south = [
        Piece(box(111.418, *_rows(LOW, 111.424)), world.qiaoxi_04),
        Piece(box(111.424, *_rows(LOW, 111.430)), world.qiaoxi_03),
    ]
    cut = draw_cut({world.qiaoxi: [*swapped, *south]}, by=world.shen, at=NOON)

    assert [fault.names for fault in check_cut(cut.key, by=world.lin, at=NOON)] == [("桥西里3幢",)]


def _rows(lats, east):
    return lats[0], east, lats[1]


def test_ground_that_changed_after_the_check_is_looked_at_once_more(world, five_grids):
    cut = draw_cut(five_grids, by=world.shen, at=NOON)
    check_cut(cut.key, by=world.lin, at=NOON)
    AreaVersion.objects.filter(area=world.qiaoxi).update(boundary=box(111.418, 27.682, 111.440, 27.698))

    with pytest.raises(CutFaulty):
        approve_cut(cut.key, by=world.cheng, at=NOON)


def test_whoever_drew_it_does_not_approve_it(world, five_grids):
    cut = draw_cut(five_grids, by=world.lin, at=NOON)
    check_cut(cut.key, by=world.lin, at=NOON)

    with pytest.raises(ApprovedByItsDrawer):
        approve_cut(cut.key, by=world.lin, at=NOON)


def test_each_act_is_for_its_own_verb_on_its_own_ground(world, five_grids):
    for stranger in (world.zhao, world.fang, world.stranger):
        with pytest.raises((NotAllowed, NotVisible)):
            draw_cut(five_grids, by=stranger, at=NOON)
    cut = draw_cut(five_grids, by=world.shen, at=NOON)
    with pytest.raises(NotAllowed):
        check_cut(cut.key, by=world.shen, at=NOON)
    check_cut(cut.key, by=world.su, at=NOON)
    with pytest.raises(NotAllowed):
        approve_cut(cut.key, by=world.su, at=NOON)
    with pytest.raises(CutMovedOn):
        bring_into_force(cut.key, by=world.lin, at=NOON)
    with pytest.raises(CutNotFound):
        check_cut(world.qiaoxi.pk, by=world.lin, at=NOON)


def test_what_cannot_be_drawn_is_refused_and_leaves_nothing(world):
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    whole = Piece(box(111.418, 27.682, 111.430, 27.698))
    for wrong, pieces in (
        (NothingDrawn, {}), (NothingDrawn, {world.qiaoxi: []}), (NotABoundary, {world.qiaoxi: [Piece(bow_tie)]}),
        (CannotMakeHere, {world.station: [whole]}),
        (PieceTwice, {world.qiaoxi: [Piece(whole.boundary, world.qiaoxi_01), Piece(whole.boundary, world.qiaoxi_01)]}),
    ):  # fmt: skip
        with pytest.raises(wrong):
            draw_cut(pieces, by=world.lin, at=NOON)
    assert not AreaVersion.objects.filter(status="draft").exists()


def test_serials_run_west_to_east_and_north_to_south_and_are_never_used_twice(world, five_grids):
    boxes = [box(2, 0, 3, 1), box(0, 1, 1, 2), box(1, 0, 2, 1), box(1, 1, 3, 2), box(0, 0, 1, 1)]
    assert in_order(boxes) == [1, 3, 4, 2, 0]

    bring(draw_cut(five_grids, by=world.shen, at=NOON), world)
    without = [piece for piece in five_grids[world.qiaoxi] if piece.area is not None][1:]
    again = draw_cut({world.qiaoxi: [Piece(box(111.424, *_rows(TOP, 111.430))), *without]}, by=world.shen, at=EVENING)

    assert "431399001001006" in {one.area.code for one in again.drawn}  # 005 was given at noon
    Area.objects.create(number=999, code="431399001001999", scheme="GRID15", tier="grid", layer="duty", name="x")
    with pytest.raises(CodesUsedUp):
        new_codes(world.qiaoxi, 1)


@pytest.mark.item("S-GRD-008")
def test_a_grid_is_named_after_its_community_and_serial_once_in_the_county(world):
    assert grid_name(world.qiaoxi, 7) == "桥西07网格"
    Area.objects.create(number=998, code="431399002201", scheme="NBS12", tier="community", layer="duty", name="桥西村")
    assert grid_name(world.qiaoxi, 7) == "桥西社区07网格"
