"""Children tile their parent to a metre, or each fault is named with its place."""

from __future__ import annotations

import pytest

from shouwang.territory.tiling import Kind, faults_of

METRE = 1 / 111_195  # of latitude


def box(west, south, east, north) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


PARENT = box(111.418, 27.682, 111.430, 27.698)
WEST, EAST = box(111.418, 27.682, 111.424, 27.698), box(111.424, 27.682, 111.430, 27.698)


def kinds(children, parent=PARENT) -> list:
    return [(fault.kind, fault.names) for fault in faults_of(parent, children)]


def test_two_halves_tile_their_parent():
    assert kinds({"a": WEST, "b": EAST}) == []


@pytest.mark.parametrize("off_m", [-0.9, 0.9])
def test_borders_that_miss_each_other_by_less_than_a_metre_are_no_fault(off_m):
    assert (
        kinds({"a": box(111.418, 27.682, 111.430, 27.690 + off_m * METRE), "b": box(111.418, 27.690, 111.430, 27.698)})
        == []
    )


def test_a_strip_of_two_metres_is_a_gap_or_an_overlap_at_its_place():
    north = box(111.418, 27.690, 111.430, 27.698)

    (gap,) = faults_of(PARENT, {"a": box(111.418, 27.682, 111.430, 27.690 - 2 * METRE), "b": north})
    (over,) = faults_of(PARENT, {"a": box(111.418, 27.682, 111.430, 27.690 + 2 * METRE), "b": north})

    assert (gap.kind, gap.names) == (Kind.GAP, ())
    assert (over.kind, set(over.names)) == (Kind.OVERLAP, {"a", "b"})
    assert gap.lat == pytest.approx(27.690 - METRE, abs=2 * METRE)
    assert gap.square_m == pytest.approx(2 * 1181, rel=0.05)


def test_what_reaches_out_of_its_parent_is_named():
    assert (Kind.OUTSIDE, ("b",)) in kinds({"a": WEST, "b": box(111.424, 27.682, 111.431, 27.698)})


def test_a_child_in_two_pieces_is_named():
    pieces = {"type": "MultiPolygon", "coordinates": [
        box(111.418, 27.682, 111.421, 27.698)["coordinates"], box(111.4215, 27.682, 111.424, 27.698)["coordinates"],
    ]}  # fmt: skip
    found = kinds({"a": pieces, "b": EAST})

    assert (Kind.IN_PIECES, ("a",)) in found
    assert (Kind.GAP, ()) in found


NAN = float("nan")
BOW_TIE = [[111.418, 27.682], [111.424, 27.698], [111.424, 27.682], [111.418, 27.698], [111.418, 27.682]]
NO_NUMBER = [[NAN, 27.6], [111.4, 27.7], [111.5, 27.6], [NAN, 27.6]]
SWAPPED = [[27.682, 111.418], [27.7, 111.418], [27.7, 111.43], [27.682, 111.418]]
BROKEN = {
    "bow tie": {"type": "Polygon", "coordinates": [BOW_TIE]},
    "point": {"type": "Point", "coordinates": [111.42, 27.69]},
    "empty": {"type": "Polygon", "coordinates": []},
    "nothing": {"type": "Polygon"},
    "no number": {"type": "Polygon", "coordinates": [NO_NUMBER]},
    "swapped": {"type": "Polygon", "coordinates": [SWAPPED]},
    "no mapping": {},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_is_no_area_is_named_and_leaves_a_gap(broken):
    found = kinds({"a": broken, "b": EAST})

    assert (Kind.NOT_A_SHAPE, ("a",)) in found
    assert (Kind.GAP, ()) in found


def test_a_hole_in_a_child_is_a_gap():
    holed = {
        "type": "Polygon",
        "coordinates": [*WEST["coordinates"], box(111.420, 27.688, 111.421, 27.689)["coordinates"][0]],
    }

    assert kinds({"a": holed, "b": EAST}) == [(Kind.GAP, ())]
