"""Planted records: found by chance, in nothing that counts, and opening one is a rule hit."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.core import clock, keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.registry.decoys import LASTS, end_old_decoys, plant_decoys
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.lists import Register
from shouwang.registry.models import Decoy, OddLook
from shouwang.registry.noticing import notice_odd_looks
from shouwang.registry.opening import open_found
from shouwang.registry.purging import overdue_rows
from shouwang.registry.tests.town import id_number, register
from tests.house.tree import ROOT

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("ring")]
COUNTING = (  # every function of the database that counts or lists, with what it is asked
    "SELECT * FROM count_residents(%s) ORDER BY 1, 2", "SELECT * FROM register_quality(%s, 3) ORDER BY 1",
    "SELECT * FROM declarations_waiting(%s) ORDER BY 1", "SELECT * FROM requests_waiting(%s) ORDER BY 1",
    "SELECT * FROM edits_waiting(%s) ORDER BY 1",
)  # fmt: skip
MAY_NAME_THEM = {
    "shouwang/registry/models/__init__.py", "shouwang/registry/models/odd.py", "shouwang/registry/decoys.py",
    "shouwang/registry/noticing.py", "shouwang/registry/grants.py", "shouwang/config/commands/decoys.py",
}  # fmt: skip


@pytest.fixture
def lived(world: Any) -> Any:
    for serial in range(5):
        register(world, clock.now(), name="王建国", doc_no=id_number(serial), phone="", place=f"桥西路{serial + 1}号")
    return world


def _plant(as_role: Any, n: int) -> list[Decoy]:
    with as_role("jobs"):
        plant_decoys(n, by=Actor.system(), at=clock.now())
        return list(Decoy.objects.select_related("area"))


def _counted(world: Any, as_role: Any) -> list[Any]:
    """All that can be counted or listed: by the pages' functions, by the purge, and row by row of every table."""
    found: list[Any] = []
    with acting(world.lin), connection.cursor() as cursor:
        for statement in COUNTING:
            cursor.execute(statement, [[world.station.duty_path]])
            found.append(cursor.fetchall())
    with as_role("jobs"):
        overdue = overdue_rows(clock.now() + dt.timedelta(days=4000))
        found.append({model: n for model, n in overdue.items() if model.startswith("registry.")})
    with as_role("owner"):
        ours = [one for one in apps.get_models() if one._meta.app_label == "registry" and one is not Decoy]
        found.append({one._meta.label: one._default_manager.count() for one in ours})
    return found


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(n=st.integers(1, 12))
def test_no_count_and_no_list_changes_with_them(lived: Any, as_role: Any, n: int) -> None:
    before = _counted(lived, as_role)

    assert len(_plant(as_role, n)) >= n
    assert _counted(lived, as_role) == before


@pytest.mark.control
def test_control_one_resident_more_is_seen_in_the_counts(lived: Any, as_role: Any) -> None:
    before = _counted(lived, as_role)
    register(lived, clock.now(), name="王建国", doc_no=id_number(77), phone="", place="桥西路99号")

    assert _counted(lived, as_role) != before


def test_nothing_else_in_the_code_reads_them() -> None:
    """No list, task, map, figure or sheet can hold what its code does not name."""
    naming = {
        str(path.relative_to(ROOT)) for path in (ROOT / "shouwang").rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
        and ("Decoy" in path.read_text(encoding="utf-8") or "registry_decoy" in path.read_text(encoding="utf-8"))
    }  # fmt: skip

    assert naming == MAY_NAME_THEM


@pytest.mark.item("ETH-10")
def test_found_by_name_opened_like_any_other_and_noticed(lived: Any, as_role: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("shouwang.registry.odd_looks._at_night", lambda at: False)
    (decoy, *_) = _plant(as_role, 1)
    at, by = clock.now(), lived.lin
    sitting = begin_sitting(purpose="verification", by=by, at=at)
    found = find(sitting, who=decoy.name, by=by, at=at)
    (one,) = found.candidates
    assert (one.id, one.shown, one.street) == (decoy.pk, decoy.name[0] + "**", decoy.street)
    seen = open_found(one.id, register=Register.RESIDENT, search=found.search, sitting=sitting, by=by, at=at)

    assert seen["name"] == decoy.name
    assert len(seen["doc_no"]) == 18
    assert seen["residences"][0]["address_text"].startswith(decoy.street)
    assert seen.area == decoy.area
    with as_role("jobs"):
        notice_odd_looks(by=Actor.system(), at=clock.now())
        assert OddLook.objects.get().rule == "decoy"


def test_a_record_of_nobody_looks_like_one_of_somebody(lived: Any, as_role: Any) -> None:
    (decoy, *_) = _plant(as_role, 1)
    parts = []
    for name in (decoy.name, "王建国"):
        at = clock.now()
        sitting = begin_sitting(purpose="verification", by=lived.lin, at=at)
        found = find(sitting, who=name, by=lived.lin, at=at)
        record = found.candidates[0].id
        seen = open_found(record, register=Register.RESIDENT, search=found.search, sitting=sitting, by=lived.lin, at=at)
        parts.append((set(seen.parts), set(seen["residences"][0])))

    assert parts[0] == parts[1]


def test_never_by_a_number_and_only_on_its_ground(lived: Any, as_role: Any) -> None:
    (decoy, *_) = _plant(as_role, 1)
    at = clock.now()
    sitting = begin_sitting(purpose="verification", by=lived.zhao, at=at)

    assert find(sitting, who=decoy.name, by=lived.zhao, at=at).candidates == []
    own = begin_sitting(purpose="verification", by=lived.lin, at=at)
    assert find(own, who=f"{decoy.name} 19900000000", by=lived.lin, at=at).candidates == []


def test_they_end_with_their_time_and_with_their_key(lived: Any, as_role: Any) -> None:
    _plant(as_role, 2)
    with as_role("jobs"):
        assert end_old_decoys(by=Actor.system(), at=clock.now()) == 0
        keyring.add_key()
        assert end_old_decoys(by=Actor.system(), at=clock.now()) == 2
    _plant(as_role, 1)
    with as_role("jobs"):
        assert end_old_decoys(by=Actor.system(), at=clock.now() + LASTS + dt.timedelta(days=1)) == 1
