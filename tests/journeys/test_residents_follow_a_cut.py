"""A new cut of grids: each resident lies in exactly the grid of his dwelling before and after, and nobody is lost."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import keyring
from shouwang.journal.models import Entry
from shouwang.places.models import Area
from shouwang.places.tree import areas_at
from shouwang.registry.registering import register_residence
from shouwang.registry.tests.town import id_number, lay_address, lives, told
from shouwang.territory.in_force import approve_cut, bring_into_force, check_cut
from tests.journeys.test_recut_at_noon import EDGE, MORNING, NOON, draw_the_new_edge

N_PEOPLE = 40
LIE = """
SELECT r.id, r.area_id, dwelling.area_id, address.area_id FROM registry_resident r
JOIN registry_residence lived ON lived.resident_id = r.id AND lived.ended_on IS NULL
JOIN registry_dwelling dwelling ON dwelling.id = lived.dwelling_id
JOIN places_address address ON address.id = dwelling.address_id
"""


@pytest.fixture
def peopled(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Any, tuple[float, float]]:
    """Residents spread over both communities; where each lives."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    dice, homes = random.Random(3), {}
    for number in range(N_PEOPLE):
        point = (dice.uniform(111.4181, 111.4419), dice.uniform(27.6821, 27.6979))
        area = Area.objects.get(pk=areas_at([point], MORNING)[0])
        address = lay_address(area, f"桥西路{number + 1}号1单元101")
        address.lon, address.lat = point
        address.save()
        done = register_residence(
            told(doc_no=id_number(number), phone=""), lives(MORNING), address=address, by=world.lin, at=MORNING
        )
        homes[done.resident] = point
    return homes


@pytest.mark.slow
@pytest.mark.item("S-GRD-001", "S-REG-001")
def test_each_resident_lies_in_the_grid_of_his_dwelling_and_the_counts_stay(
    world: Any, peopled: dict[Any, tuple[float, float]], owner_sql: Any
) -> None:
    before = {row[0]: row[1:] for row in owner_sql(LIE)}
    cut = draw_the_new_edge(world)
    assert check_cut(cut.key, by=world.lin, at=MORNING) == []
    approve_cut(cut.key, by=world.cheng, at=MORNING)

    bring_into_force(cut.key, by=world.cheng, at=NOON)

    after = {row[0]: row[1:] for row in owner_sql(LIE)}
    assert before.keys() == after.keys() == peopled.keys()
    assert all(len(set(lies)) == 1 for lies in (*before.values(), *after.values()))
    east = {one for one, (lon, _lat) in peopled.items() if EDGE <= lon < 111.430}
    assert {one for one in after if before[one] != after[one]} >= east
    assert east
    grids = areas_at(list(peopled.values()), NOON)
    assert [after[one][0] for one in peopled] == grids
    assert sum(Counter(lies[0] for lies in after.values()).values()) == N_PEOPLE
    assert Entry.objects.filter(verb="register.follow").count() == 1
