"""Shared borders move together; lines split, neighbours merge; what would break a border is refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.territory.corners import Cell, corners_of, polygons_from, tied
from shouwang.territory.shaping import (
    CrossesItself,
    LineCutsNothing,
    NoAreaDrawn,
    NoSuchCell,
    NoSuchCorner,
    NotBeside,
    add_corner,
    draw,
    merge,
    move_corner,
    name,
    remove_corner,
    split,
)
from shouwang.territory.tests.test_tiling import box
from shouwang.territory.tiling import faults_of

WHOLE = box(111.418, 27.682, 111.430, 27.698)
BORDER = Cell(polygons_from(WHOLE))
MIDDLE = (111.424, 27.690)


@pytest.fixture
def four():
    """A community in quarters."""
    boxes = [(111.418, 27.69), (111.424, 27.69), (111.418, 27.682), (111.424, 27.682)]
    cells = [
        Cell(polygons_from(box(x, y, x + 0.006, y + 0.008)), f"c{n}", f"网格{n}", 400) for n, (x, y) in enumerate(boxes)
    ]
    return tied(cells, [BORDER])


def faults(cells):
    return faults_of(WHOLE, {str(n): cell.boundary for n, cell in enumerate(cells)})


def test_a_corner_that_four_share_moves_for_all_of_them(four):
    moved = move_corner(four, MIDDLE, (111.4252, 27.6911), [BORDER])

    assert all((111.4252, 27.6911) in corners_of([cell]) for cell in moved)
    assert faults(moved) == []


def test_a_corner_dropped_near_another_or_near_a_border_is_drawn_to_it(four):
    corner = (111.424, 27.698)  # where two of them meet the community's own border
    cells, new = add_corner(four, (111.4241, 27.694))

    assert corner in corners_of([four[0]])
    at_corner = move_corner(cells, new, (111.42401, 27.69797), [BORDER])
    assert len(corners_of(at_corner)) == len(corners_of(four))
    on_border = move_corner(cells, corner, (111.4262, 27.69796), [BORDER])
    assert (111.4262, 27.698) in corners_of(on_border)
    assert faults(on_border) == []


def test_borders_drawn_half_a_metre_apart_become_one():
    left = Cell(polygons_from(box(111.418, 27.682, 111.423998, 27.698)))
    right = Cell(polygons_from(box(111.424001, 27.682, 111.430, 27.698)))

    cells = tied([left, right], [BORDER])

    assert cells[0].shape.intersection(cells[1].shape).length > 0
    assert cells[0].shape.union(cells[1].shape).area == pytest.approx(BORDER.shape.area)


def test_a_new_corner_stands_in_both_neighbours_and_goes_from_both(four):
    cells, corner = add_corner(four, (111.4241, 27.694))

    assert [corner in corners_of([cell]) for cell in cells] == [True, True, False, False]
    assert remove_corner(cells, corner) == four
    with pytest.raises(NoSuchCorner):
        add_corner(four, (111.421, 27.686))
    with pytest.raises(NoSuchCorner):
        remove_corner(four, (111.421, 27.686))


def test_a_border_never_crosses_itself(four):
    cells, corner = add_corner(four, (111.424, 27.694))

    with pytest.raises(CrossesItself):
        move_corner(cells, corner, (111.440, 27.660), [BORDER])


def test_a_line_splits_and_the_larger_part_goes_on(four):
    cells = split(four, 0, [(111.4195, 27.699), (111.4195, 27.689)])

    assert [cell.code for cell in cells] == ["c0", "c1", "c2", "c3", ""]
    assert cells[0].households + cells[4].households == 400
    assert cells[0].shape.area > cells[4].shape.area
    assert (111.4195, 27.69) in corners_of([cells[2]])  # the neighbour shares the corner where the line ends
    assert faults(cells) == []
    moved = move_corner(cells, (111.4195, 27.69), (111.420, 27.6895), [BORDER])
    assert faults(moved) == []


@pytest.mark.parametrize("line", [[], [(111.419, 27.691)], [(111.419, 27.691), (111.420, 27.692)]])
def test_a_line_that_cuts_nothing_is_refused(four, line):
    with pytest.raises(LineCutsNothing):
        split(four, 0, line)


def test_what_is_drawn_is_cut_out_of_what_it_lies_on(four):
    ring = [(111.422, 27.688), (111.426, 27.688), (111.426, 27.700), (111.422, 27.700)]
    cells = draw(four, ring, [BORDER])

    assert [cell.code for cell in cells] == ["c0", "c1", "c2", "c3", ""]
    assert faults(cells) == []
    for wrong in ([], ring[:2], [ring[0], ring[2], ring[1], ring[3]], [(0, 0), (1, 0), (1, 1)]):
        with pytest.raises(NoAreaDrawn):
            draw(four, wrong, [BORDER])


def test_neighbours_merge_and_others_do_not(four):
    cells = merge(four, 0, 1)

    assert [cell.code for cell in cells] == ["c0", "c2", "c3"]
    assert cells[0].households == 800
    assert faults(cells) == []
    with pytest.raises(NotBeside):
        merge(four, 0, 3)
    for one, other in ((0, 0), (0, 9), (-1, 0)):
        with pytest.raises(NoSuchCell):
            merge(four, one, other)


def test_a_name_is_kept_without_odd_spaces(four):
    assert name(four, 2, "  桥西 桥头 ")[2].title == "桥西 桥头"


STEP = st.floats(-0.0012, 0.0012)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # nothing fails on a time
@given(st.floats(0.1, 0.9), STEP, STEP, STEP, STEP, st.floats(27.6835, 27.6885))
def test_however_far_borders_are_bent_and_cut_no_ground_is_lost(share, right, up, left, down, cut):
    boxes = [(111.418, 27.69), (111.424, 27.69), (111.418, 27.682), (111.424, 27.682)]
    cells = tied([Cell(polygons_from(box(x, y, x + 0.006, y + 0.008)), households=9) for x, y in boxes], [BORDER])

    cells = move_corner(cells, MIDDLE, (MIDDLE[0] + right, MIDDLE[1] + up), [BORDER])
    cells, corner = add_corner(cells, (111.418 + 0.005 * share, 27.69 + up * share * 5 / 6))
    cells = move_corner(cells, corner, (corner[0] + left / 20, corner[1] + down), [BORDER])
    cells = split(cells, 3, [(111.416, cut), (111.432, cut)])

    assert len(cells) == 5
    assert faults(tied(cells, [BORDER])) == []
