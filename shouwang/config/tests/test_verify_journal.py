"""`bin/shouwang verify-journal`: says what it found, and ends with a number that a script can read."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import override_settings

from shouwang.config.command_line import call
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.proofs import disclosed_proof_of, proof_of
from shouwang.journal.record import record
from shouwang.journal.sealing import seal_pending
from shouwang.journal.verify_source import Database, export

NOON = dt.datetime(2026, 10, 18, 4, tzinfo=dt.UTC)


@pytest.fixture
def town(db, as_role, tmp_path):
    """Three sealed entries, exported: the export's folder."""
    with override_settings(TRANSPARENCY=tmp_path / "transparency", VAR=tmp_path):
        ids = []
        for number in range(3):
            with acting(Actor.system()):
                ids.append(
                    record("matter.note", topic="matter.noted", subject=new_id(), by=Actor.system(), at=NOON, n=number)
                )
        with as_role("seal"):
            seal_pending(NOON)
        with as_role("read"):
            export(Database(connection.connection, tmp_path / "transparency"), tmp_path / "export")
        (tmp_path / "public.json").write_text(json.dumps(proof_of(ids[1])))
        (tmp_path / "mine.json").write_text(json.dumps(disclosed_proof_of(ids[1])))
        yield tmp_path


def check(*arguments):
    return call("verify-journal", [str(argument) for argument in arguments])


def test_an_export_is_checked_without_a_database(town, capsys):
    assert check("--folder", town / "export") == 0
    assert capsys.readouterr().out == "Entries: 3, heads: 1, particulars erased: 0.\nEverything agrees.\n"


def test_the_first_fault_is_named_and_the_command_fails(town, capsys):
    rows = town / "export" / "leaves.jsonl"
    rows.write_text(rows.read_text().replace('"matter.note"', '"matter.done"', 1))

    assert check("--folder", town / "export") == 1
    assert "First fault: leaf 0, entry" in capsys.readouterr().out


def test_what_was_seen_is_remembered_and_compared_next_time(town, capsys):
    seen = town / "seen"
    assert check("--folder", town / "export", "--remember", seen) == 0
    assert seen.read_text() == (town / "transparency" / "checkpoint").read_text()

    seen.write_text(seen.read_text().replace("\n3\n", "\n4\n"))
    assert check("--folder", town / "export", "--remember", seen) == 1
    assert "the remembered checkpoint" in capsys.readouterr().out


def test_a_single_proof_is_checked_offline(town, capsys):
    key = town / "transparency" / "key"

    assert check("--proof", town / "public.json", "--key", key) == 0
    assert check("--proof", town / "mine.json", "--key", key.read_text()) == 0
    assert check("--proof", town / "mine.json", "--key", key, "--checkpoint", town / "transparency" / "checkpoint") == 0
    assert "with exactly these particulars" in capsys.readouterr().out


def test_a_false_proof_fails_and_says_why(town, capsys):
    mine = town / "mine.json"
    mine.write_text(mine.read_text().replace("matter.note", "matter.done"))

    assert check("--proof", mine, "--key", town / "transparency" / "key") == 1
    assert "This proof does not hold: the envelope is not the one that was sealed" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [("--proof", "nothing.json", "--key", "x+y"), ("--folder", "nowhere")])
def test_what_cannot_be_checked_is_not_called_good(arguments, capsys):
    assert check(*arguments) == 2
    assert "Not checked" in capsys.readouterr().out
