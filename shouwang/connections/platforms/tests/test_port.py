"""Fetching under an agreement, by the command: only agreed fields pass, faults come back with why, lineage is kept."""

import argparse
import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from shouwang.config.commands import fetch_register
from shouwang.connections.platforms.port import Agreement, Field, NoAgreement, NotOurs, adapter_called
from shouwang.journal.models import Entry

DAY = dt.date(2026, 10, 1)


def run_command(into: Path, platform: str = "stub") -> int:
    return fetch_register.run(argparse.Namespace(platform=platform, folder=into, since=DAY))


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.item("S-REG-002", "REG-10", "PRI-06")
def test_the_command_leaves_a_sheet_the_rejects_and_the_lineage(db: None, tmp_path: Path, capsys: Any) -> None:
    assert run_command(tmp_path) == 0

    rows, rejects = table(tmp_path / "stub.csv"), table(tmp_path / "stub-rejects.csv")
    lineage = json.loads((tmp_path / "stub-lineage.json").read_text())
    assert len(rows) == 18
    assert set(rows[0]) == {"name", "doc_no", "category", "address", "relation", "from_on"}
    assert {(row["category"], row["relation"], row["from_on"]) for row in rows} == {
        ("流动人口", "承租人", "2026-10-01")
    }
    assert [(one["row"], one["field"], one["why"]) for one in rejects] == [
        ("7", "category", "unreadable"), ("11", "from_on", "empty"),
    ]  # fmt: skip
    assert lineage["dropped"] == ["MZ"]
    assert "MZ" in capsys.readouterr().out
    entry = Entry.objects.select_related("particulars").get(verb="platforms.bring")
    assert entry.particulars.values["sheet"] == lineage["sheet_sha256"]


def test_nothing_is_fetched_without_an_agreement_that_holds(db: None, tmp_path: Path) -> None:
    assert run_command(tmp_path, "somebody") == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoAgreement):
        adapter_called("stub", dt.date(2031, 1, 1))


@pytest.mark.item("REG-09", "ETH-05")
@pytest.mark.parametrize("field", ["ethnicity", "religion", "origin", "education"])
def test_no_agreement_can_name_what_is_never_collected(field: str) -> None:
    with pytest.raises(NotOurs):
        Agreement("x", "x", "x", "other_statute", DAY, DAY, {field: Field("X")})


def test_the_port_knows_the_columns_of_the_sheet_it_writes_for() -> None:
    from shouwang.connections.platforms.port import NEEDED, OURS
    from shouwang.connections.sheets.registers.residents import COLUMNS

    assert {column.key for column in COLUMNS} == OURS
    assert {column.key for column in COLUMNS if column.needed} == NEEDED
