"""Positions, map datums, shapes, and what a bad position is told."""

from __future__ import annotations

import random

import pytest

from shouwang.core.geo import (
    NotAPosition,
    PositionMissing,
    PositionOutOfRange,
    PositionSwapped,
    bd_to_gcj,
    bd_to_wgs,
    bearing_deg,
    bounds_of,
    box_around,
    check_lonlat,
    covers,
    gcj_to_bd,
    gcj_to_wgs,
    length_m,
    metres_between,
    moved,
    wgs_to_bd,
    wgs_to_gcj,
)

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[112.0, 28.0], [112.02, 28.0], [112.02, 28.02], [112.0, 28.02], [112.0, 28.0]],
        [[112.009, 28.009], [112.011, 28.009], [112.011, 28.011], [112.009, 28.011], [112.009, 28.009]],
    ],
}


@pytest.mark.parametrize(("lon", "lat"), [("nan", 28), (float("inf"), 28), (None, 28), ("abc", 28), ([], {}), ("", "")])
def test_what_is_no_number_is_no_position(lon, lat):
    with pytest.raises(NotAPosition):
        check_lonlat(lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(181, 28), (-180.1, 0), (112, -90.5), (112, 128.9), (1e300, 1)])
def test_a_position_outside_the_earth_is_refused(lon, lat):
    with pytest.raises(PositionOutOfRange):
        check_lonlat(lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(28.1, 112.9), (39.9, 116.4), (43.8, 87.6), ("28.1", "112.9")])
def test_a_swapped_pair_is_told_how_to_turn_it(lon, lat):
    with pytest.raises(PositionSwapped) as caught:
        check_lonlat(lon, lat)

    assert caught.value.given == {"lon": float(lon), "lat": float(lat)}


def test_nought_nought_means_no_fix():
    with pytest.raises(PositionMissing):
        check_lonlat(0, 0)


@pytest.mark.parametrize(("lon", "lat"), [(112.9, 28.1), ("112.9", "28.1"), (-0.12, 51.5), (180, -90), (174.7, -41.2)])
def test_good_positions_pass(lon, lat):
    assert check_lonlat(lon, lat) == (float(lon), float(lat))


def test_a_degree_of_latitude_is_111_kilometres():
    assert metres_between(112, 28, 112, 29) == pytest.approx(111_195, abs=1)


@pytest.mark.parametrize(("to", "bearing"), [((112, 29), 0), ((112, 27), 180), ((113, 28), 89.77), ((111, 28), 270.23)])
def test_bearings_count_clockwise_from_north(to, bearing):
    assert bearing_deg(112, 28, *to) == pytest.approx(bearing, abs=0.01)


def test_moving_comes_out_as_far_away_as_asked():
    place = moved(112.9, 28.1, metres=750, towards_deg=63)

    assert metres_between(112.9, 28.1, *place) == pytest.approx(750, abs=0.01)
    assert bearing_deg(112.9, 28.1, *place) == pytest.approx(63, abs=0.01)


@pytest.mark.parametrize(  # vectors of a public library of many languages
    ("wgs", "gcj"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_chinese_map_positions_are_shifted_as_published(wgs, gcj):
    assert wgs_to_gcj(*wgs) == pytest.approx(gcj, abs=1e-9)
    assert gcj_to_wgs(*gcj) == pytest.approx(wgs, abs=1e-8)


def test_a_railway_station_in_the_third_datum_is_where_it_is_published():
    assert gcj_to_bd(116.42703, 39.90245) == pytest.approx((116.43351, 39.90851), abs=2e-5)


def test_every_datum_comes_back_to_the_millimetre():
    dice = random.Random(7)
    for _round in range(500):
        place = (dice.uniform(75, 134), dice.uniform(18, 53))
        assert metres_between(*place, *gcj_to_wgs(*wgs_to_gcj(*place))) < 0.001
        assert metres_between(*place, *bd_to_gcj(*gcj_to_bd(*place))) < 0.001
        assert metres_between(*place, *bd_to_wgs(*wgs_to_bd(*place))) < 0.001


def test_outside_china_nothing_is_shifted():
    assert wgs_to_gcj(-0.12, 51.5) == (-0.12, 51.5)


def test_a_point_is_inside_a_shape_but_not_in_its_hole():
    assert covers(SQUARE, 112.005, 28.005)
    assert not covers(SQUARE, 112.01, 28.01)
    assert not covers(SQUARE, 112.03, 28.01)


def test_two_neighbours_never_share_a_point_of_their_common_edge():
    east = {
        "type": "MultiPolygon",
        "coordinates": [[[[112.02, 28.0], [112.04, 28.0], [112.04, 28.02], [112.02, 28.02], [112.02, 28.0]]]],
    }

    assert [covers(SQUARE, 112.02, 28.01), covers(east, 112.02, 28.01)].count(True) == 1


def test_bounds_boxes_and_lengths():
    west, south, east, north = box_around(112, 28, 1000)

    assert bounds_of(SQUARE) == (112.0, 28.0, 112.02, 28.02)
    assert metres_between(112, 28, east, 28) == pytest.approx(1000, rel=0.001)
    assert metres_between(112, 28, 112, north) == pytest.approx(1000, rel=0.001)
    assert (112 - west, 28 - south) == pytest.approx((east - 112, north - 28))
    assert length_m([(112, 28), (112, 28.001), (112, 28.002)]) == pytest.approx(222.4, abs=0.1)
