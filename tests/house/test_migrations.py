"""No model changes without a migration, and a migration of a town that is in use holds no lock that others wait for."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import ROOT

SQUAWK = ROOT / ".venv" / "bin" / "squawk"
# Whatever laid the tables of the first release: no town is in use yet that could wait. The list only becomes shorter.
BEFORE_THE_FIRST_RELEASE = frozenset({
    "places.0002_map_feature_box", "places.0003_standard_addresses",
    "registry.0004_registers", "registry.0013_buildings_are_left", "registry.0017_limits_hold_for_bare_sql",
    "tracking.0002_days",
})  # fmt: skip
LOOKED_FOR = frozenset({
    "adding-foreign-key-constraint", "adding-required-field", "ban-drop-column", "ban-drop-table",
    "changing-column-type", "constraint-missing-not-valid", "disallowed-unique-constraint", "renaming-column",
    "renaming-table", "require-concurrent-index-creation",
})  # fmt: skip


def test_no_model_changed_without_a_migration(db: Any) -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_later_migrations_take_no_long_lock(db: Any, tmp_path: Path) -> None:
    found = faults_in({name: sql_of(name) for name in later_migrations()}, tmp_path)

    assert {name: rules for name, rules in found.items() if name not in BEFORE_THE_FIRST_RELEASE} == {}
    assert set(found) >= BEFORE_THE_FIRST_RELEASE, "a name that needs no excuse any more leaves the list"


def test_an_index_made_while_others_wait_is_found(tmp_path: Path) -> None:
    assert faults_in({"planted": "CREATE INDEX one ON matters_matter (number);"}, tmp_path) == {
        "planted": {"require-concurrent-index-creation"}
    }


def later_migrations() -> list[str]:
    """Those that meet tables which another release laid."""
    known = MigrationLoader(connection).disk_migrations
    ours = [key for key, one in known.items() if one.__module__.startswith("shouwang") and not one.initial]
    return sorted(f"{app}.{name}" for app, name in ours if not name.startswith("0001_"))


def sql_of(name: str) -> str:
    out = io.StringIO()
    call_command("sqlmigrate", *name.split(".", 1), stdout=out)
    return out.getvalue()


def faults_in(statements: dict[str, str], folder: Path) -> dict[str, set[str]]:
    """What each breaks of the rules that matter here; timeouts are set on the roles, text columns are Django's."""
    for name, sql in statements.items():
        (folder / f"{name}.sql").write_text(sql, encoding="utf8")
    files = [str(folder / f"{name}.sql") for name in statements]
    said = subprocess.run([str(SQUAWK), "--reporter", "Json", *files], capture_output=True, text=True, timeout=60)
    broken: dict[str, set[str]] = {}
    for one in json.loads(said.stdout):
        if one["rule_name"] in LOOKED_FOR:
            broken.setdefault(Path(one["file"]).stem, set()).add(one["rule_name"])
    return broken
