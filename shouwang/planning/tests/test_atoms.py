"""Atoms tile the community, never cut a building, and keep an estate whole unless it is too large for a grid."""

from __future__ import annotations

import pytest
import shapely

from shouwang.planning.atoms import atoms_of, blocks_of
from shouwang.planning.neighbours import neighbours
from shouwang.planning.presets import Limits, preset_of
from shouwang.planning.tests.hand_drawn import SIDE, town

LIMITS = Limits(60, 120, 2, 4)


@pytest.mark.parametrize("households", [60, 120, 600])
def test_atoms_tile_the_community_and_hold_every_household(households):
    ground = town(households)

    atoms = atoms_of(ground, LIMITS)

    whole = shapely.union_all([atom.shape for atom in atoms])
    assert whole.symmetric_difference(ground.boundary).area < 0.01
    assert sum(atom.shape.area for atom in atoms) == pytest.approx(SIDE * SIDE)
    assert sum(atom.households for atom in atoms) == sum(house.households for house in ground.houses)
    assert all(atom.shape.geom_type == "Polygon" for atom in atoms)


@pytest.mark.parametrize("households", [60, 600])
def test_no_border_runs_through_a_building(households):
    ground = town(households)

    atoms = atoms_of(ground, LIMITS)

    for building in ground.buildings:
        assert sum(atom.shape.intersection(building).area > 0.5 for atom in atoms) == 1


def test_a_building_in_the_way_of_a_street_is_gone_round():
    ground = town()
    ground.buildings.append(shapely.box(190, 60, 215, 75))

    atoms = atoms_of(ground, LIMITS)

    assert sum(atom.shape.intersection(ground.buildings[-1]).area > 0.5 for atom in atoms) == 1


def test_an_estate_within_the_upper_bound_is_one_atom():
    estates = [atom for atom in atoms_of(town(120), LIMITS) if atom.estate]

    assert [(atom.households, atom.apart) for atom in estates] == [(120, False)]


def test_an_estate_above_it_falls_into_its_buildings_and_nobody_reaches_in():
    ground = town(600)

    atoms = atoms_of(ground, LIMITS)

    inside = {n for n, atom in enumerate(atoms) if atom.estate}
    assert sorted(atoms[n].households for n in inside) == [100] * 6
    assert all(atoms[n].apart for n in inside)
    edges, _ = neighbours(atoms, ground)
    assert all((a in inside) == (b in inside) for a, b in edges)


def test_borders_cost_least_along_water_and_main_roads():
    ground = town()
    atoms = atoms_of(ground, Limits(60, 1000, 1, 4))
    edges, costs = neighbours(atoms, ground)

    def cost(one, other):
        pair = {
            next(n for n, atom in enumerate(atoms) if atom.shape.contains(shapely.Point(at))) for at in (one, other)
        }
        return next(price for edge, price in zip(edges, costs, strict=True) if set(edge) == pair)

    along_main = cost((100, 100), (300, 100)) / 200
    along_street = cost((100, 100), (100, 250)) / 200
    over_water = cost((300, 250), (300, 380)) / 200

    assert over_water < along_main < along_street


def test_without_lines_the_community_is_one_block():
    ground = town()
    ground.lines = []

    assert len(blocks_of(ground)) == 1


@pytest.mark.parametrize(("code", "preset"), [("431399001001", "town"), ("431399001204", "country"), ("QS", "town")])
def test_villages_are_known_by_their_code(code, preset):
    assert preset_of(code).key == preset


@pytest.mark.parametrize(("urban_rural", "preset"), [("210", "country"), ("122", "town")])
def test_what_statistics_count_it_as_goes_before_the_code(urban_rural, preset):
    assert preset_of("431399001001", urban_rural) == preset_of("431399001204", urban_rural)
    assert preset_of("431399001001", urban_rural).key == preset
