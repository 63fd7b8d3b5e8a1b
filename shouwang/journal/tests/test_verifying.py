"""The independent verifier: an honest journal passes, and every tampering by the owner is found and named."""

import ast
import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from shouwang.journal import verify
from shouwang.journal.folder import CHECKPOINT
from shouwang.journal.merkle import leaf_hash
from shouwang.journal.models import Entry, Head
from shouwang.journal.notes import Checkpoint, SignerKey
from shouwang.journal.sealing import seal_pending
from shouwang.journal.signing import signer, verifier
from shouwang.journal.verify import check_journal
from shouwang.journal.verify_source import Database, Export, export

FIRST_HEAD, ALL = 5, 9


@pytest.fixture
def journal(seal, folder, at):
    """Nine entries under two heads, and what somebody remembered of the first."""
    ids = seal(FIRST_HEAD)
    remembered = folder.read(CHECKPOINT).decode()
    ids += seal(ALL - FIRST_HEAD)
    return ids, remembered


@pytest.fixture
def check(folder, as_role, at, tmp_path):
    def run(remembered=None, key=None, later=dt.timedelta(0)):
        with as_role("read"):
            source = Database(connection.connection, folder.root)
            report = check_journal(source, str(key or verifier()), at + later, remembered)
            copy = tmp_path / f"export-{len(list(tmp_path.glob('export-*')))}"
            export(source, copy)
        again = check_journal(Export(copy), str(key or verifier()), at + later, remembered)
        assert [str(fault) for fault in again.faults] == [str(fault) for fault in report.faults]
        return report

    return run


def test_an_honest_journal_passes(journal, check):
    _ids, remembered = journal

    report = check(remembered)

    assert (report.leaves, report.heads, report.erased, report.faults) == (ALL, 2, 0, [])
    assert report.checkpoint == Head.objects.get(size=ALL).note


def test_an_empty_journal_passes(folder, as_role, at):
    with as_role("read"):
        report = check_journal(Database(connection.connection, folder.root), str(signer().verifier), at)

    assert report.faults == []


def test_one_of_several_hundred_entries_passes_and_tiles_are_compared(seal, check, folder):
    seal(260)

    assert check().faults == []
    folder.write("tile/1/000.p/1", bytes(32))
    assert str(check().first) == "leaf 0, tile/1/000.p/1: the leaf and the published tile differ"


def test_entries_that_wait_are_no_fault(journal, act, check):
    act(2)

    assert check().faults == []


def test_erased_particulars_are_no_fault_and_the_envelope_is_still_checked(journal, check, owner_sql):
    ids, _ = journal
    owner_sql("DELETE FROM journal_particulars WHERE entry_id = %s", [ids[2]])

    assert (check().faults, check().erased) == ([], 1)
    owner_sql("UPDATE journal_entry SET subject = gen_random_uuid() WHERE id = %s", [ids[2]])
    assert str(check().first) == f"leaf 2, entry {ids[2]}: the envelope is not the one that was sealed"


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'matter.step.close'", "topic = 'matter.done'", "subject = gen_random_uuid()", "subject_kind = 'area'",
        "person = gen_random_uuid()", "post = NULL", "device = gen_random_uuid()", "area = gen_random_uuid()",
        "at = at - interval '1 day'", "received_at = received_at + interval '1 microsecond'", "actor_kind = 'system'",
        '"grant" = gen_random_uuid()',
    ],
)  # fmt: skip
def test_an_edited_or_backdated_envelope_is_named(journal, check, owner_sql, change):
    ids, _ = journal
    owner_sql(f"UPDATE journal_entry SET {change} WHERE id = %s", [ids[3]])

    assert str(check().first) == f"leaf 3, entry {ids[3]}: the envelope is not the one that was sealed"


def test_edited_particulars_are_named(journal, check, owner_sql):
    ids, _ = journal
    owner_sql("UPDATE journal_particulars SET text = replace(text, '\"number\":1', '\"number\":7')")

    assert str(check().first) == f"leaf 1, entry {ids[1]}: the particulars are not those committed to"


def test_particulars_given_to_another_entry_are_named(journal, check, owner_sql):
    ids, _ = journal
    owner_sql(
        "UPDATE journal_particulars p SET text = o.text, salt = o.salt FROM journal_particulars o"
        " WHERE p.entry_id = %s AND o.entry_id = %s",
        [ids[4], ids[0]],
    )

    assert check().first.where == f"leaf 4, entry {ids[4]}"
    assert "the particulars belong to another entry" in {fault.why for fault in check().faults}


def test_an_edit_with_leaf_and_hash_made_to_fit_is_named(journal, check, owner_sql):
    """The tamperer knows how leaves are made; heads and tiles do not follow him."""
    ids, _ = journal
    owner_sql("UPDATE journal_entry SET verb = 'matter.step.close' WHERE id = %s", [ids[6]])
    data = Entry.objects.get(id=ids[6]).envelope.leaf_data()
    owner_sql("UPDATE journal_leaf SET data = %s, hash = %s WHERE entry_id = %s", [data, leaf_hash(data), ids[6]])

    report = check()

    assert report.first.index == 6
    assert f"head {ALL}: the leaves do not lead to its root: one of leaves 5 … 8 was" in " ".join(
        map(str, report.faults)
    )


def test_a_deleted_tail_is_named(journal, check, owner_sql):
    ids, _ = journal
    delete(owner_sql, ids[7:])

    assert str(check().first) == f"head {ALL}: it covers 9 leaves, there are 7: the tail was deleted"


def test_a_deleted_entry_in_the_middle_is_named(journal, check, owner_sql):
    ids, _ = journal
    delete(owner_sql, ids[3:4])

    assert str(check().first) == "leaf 3: it is missing; leaf 4 comes next"


def test_an_entry_whose_leaf_was_taken_away_is_named(journal, check, owner_sql):
    ids, _ = journal
    owner_sql("DELETE FROM journal_leaf WHERE index = 8")
    owner_sql("DELETE FROM journal_head WHERE size = 9")

    assert f"entry {ids[8]}: it was never sealed" in " ".join(map(str, check().faults))
    assert "the published checkpoint: no head has its size of 9 leaves" in map(str, check().faults)


def test_two_entries_that_changed_places_are_named(journal, check, owner_sql):
    """A swapped leaf: the leaf stays, another entry is said to be behind it."""
    ids, _ = journal
    owner_sql("SET CONSTRAINTS ALL IMMEDIATE")
    owner_sql("ALTER TABLE journal_leaf DROP CONSTRAINT journal_leaf_entry_id_key")
    owner_sql(
        "UPDATE journal_leaf SET entry_id = CASE index WHEN 1 THEN %s ELSE %s END WHERE index IN (1, 2)", ids[2:0:-1]
    )

    assert str(check().first) == f"leaf 1, entry {ids[2]}: the envelope is not the one that was sealed"


def test_leaves_put_in_another_order_are_named(journal, check, owner_sql):
    for old, new in ((5, 100), (7, 5), (100, 7)):
        owner_sql("UPDATE journal_leaf SET index = %s WHERE index = %s", [new, old])

    assert str(check().first) == "leaf 5, tile/entries/000.p/9: the leaf and the published tile differ"
    assert f"head {ALL}" in {fault.where for fault in check().faults}


def test_an_entry_put_in_the_tree_twice_is_named(journal, check, owner_sql):
    ids, _ = journal
    owner_sql("SET CONSTRAINTS ALL IMMEDIATE")
    owner_sql("ALTER TABLE journal_leaf DROP CONSTRAINT journal_leaf_entry_id_key")
    owner_sql(
        "INSERT INTO journal_leaf (index, entry_id, data, hash)"
        " SELECT 9, entry_id, data, hash FROM journal_leaf WHERE index = 0"
    )

    assert str(check().first) == f"leaf 9, entry {ids[0]}: the entry stands in the tree twice"


def test_an_entry_backdated_before_it_was_sealed_is_named(journal, check, act, owner_sql, as_role, at):
    [late] = act()
    owner_sql("UPDATE journal_entry SET received_at = received_at - interval '3 days' WHERE id = %s", [late])
    with as_role("seal"):
        seal_pending(at)

    assert check().first.where == f"leaf 9, entry {late}"
    assert "long before those that were sealed before it" in check().first.why


def test_a_tree_truncated_and_signed_again_is_caught_by_whoever_remembers_an_older_head(
    journal, check, folder, owner_sql, as_role, at
):
    """Everything the tamperer holds is in order again; only the checkpoint kept elsewhere is not."""
    ids, remembered = journal
    delete(owner_sql, ids[3:])
    rebuild(folder, owner_sql, as_role, ids[:3], at)

    assert check().faults == []
    assert str(check(remembered).first) == ("the remembered one: it covers 5 leaves, there are 3: the tail was deleted")


def test_a_tree_rebuilt_with_another_entry_is_caught_by_whoever_remembers(
    journal, check, folder, owner_sql, as_role, at
):
    ids, remembered = journal
    owner_sql("UPDATE journal_entry SET verb = 'matter.step.close' WHERE id = %s", [ids[1]])
    rebuild(folder, owner_sql, as_role, ids, at)

    assert check().faults == []
    assert str(check(remembered).first) == (
        "the remembered one: the leaves do not lead to its root: one of leaves 0 … 4 was changed, moved or swapped"
    )


def test_another_key_is_noticed_by_whoever_remembers(journal, check, owner_sql, folder, as_role, tmp_path):
    _ids, remembered = journal
    other = SignerKey(signer().name, Ed25519PrivateKey.generate())
    for head in Head.objects.all():
        note = other.sign(str(Checkpoint(other.name, head.size, bytes(head.root))))
        owner_sql("UPDATE journal_head SET note = %s WHERE size = %s", [note, head.size])
    folder.write(CHECKPOINT, Head.objects.get(size=ALL).note.encode())

    assert check(key=other.verifier).faults == []
    assert check(remembered, key=other.verifier).first.where == "the remembered checkpoint"
    assert str(check().first) == "the published checkpoint: it is not signed by the journal's key"


def test_a_replayed_checkpoint_is_named(journal, check, folder):
    _ids, remembered = journal
    folder.write(CHECKPOINT, remembered.encode())
    folder.write("tile/0/000.p/5", folder.read("tile/0/000.p/9")[: 5 * 32])

    assert check().faults == []  # it may just not have been published yet
    assert str(check(later=dt.timedelta(minutes=2)).first) == (
        "the published checkpoint: it is an old one of 5 leaves; the newest head has 9"
    )


@pytest.mark.parametrize(("name", "entry_bytes"), [("tile/0/000.p/9", 32), ("tile/entries/000.p/9", 34)])
def test_an_edited_tile_is_named(journal, check, folder, name, entry_bytes):
    raw = bytearray(folder.read(name))
    raw[4 * entry_bytes + 8] ^= 1
    folder.write(name, bytes(raw))

    assert str(check().first) == f"leaf 4, {name}: the leaf and the published tile differ"


def test_a_missing_tile_is_named(journal, check, folder):
    (folder.root / "tile/0/000.p/9").unlink()

    assert str(check().first) == "tile/0/000.p/9: the published tile is missing"


def test_a_clock_set_back_is_named(journal, check, owner_sql):
    owner_sql("UPDATE journal_head SET at = at - interval '1 hour' WHERE size = 9")

    assert str(check().first) == "head 9: it is dated before head 5: the clock was set back"


@pytest.mark.parametrize("change", ["root = decode(repeat('00', 32), 'hex')", "note = replace(note, '9', '8')"])
def test_an_edited_head_is_named(journal, check, owner_sql, change):
    owner_sql(f"UPDATE journal_head SET {change} WHERE size = 9")

    assert check().faults[0].where == "head 9"


def test_a_journal_that_publishes_nothing_is_named(journal, check, folder):
    (folder.root / CHECKPOINT).unlink()

    assert str(check(later=dt.timedelta(minutes=2)).first) == (
        "the published checkpoint: there is none, though heads have been signed"
    )


def test_an_export_is_plain_json_lines(journal, check, tmp_path):
    check()

    lines = (tmp_path / "export-0" / "leaves.jsonl").read_text().splitlines()
    assert [json.loads(line)["index"] for line in lines] == list(range(ALL))


def test_a_report_names_exact_places_before_vague_ones(journal, check, owner_sql):
    ids, _ = journal
    owner_sql("UPDATE journal_head SET root = %s WHERE size = 5", [bytes(32)])
    owner_sql("UPDATE journal_entry SET verb = 'x.y' WHERE id = %s", [ids[8]])

    report = check()

    assert report.first.index == 8
    assert replace(report.first, exact=True) == report.first


def delete(owner_sql, ids):
    owner_sql("DELETE FROM journal_leaf WHERE entry_id = ANY(%s)", [ids])
    owner_sql("DELETE FROM journal_particulars WHERE entry_id = ANY(%s)", [ids])
    owner_sql("DELETE FROM journal_entry WHERE id = ANY(%s)", [ids])


def rebuild(folder, owner_sql, as_role, ids, at):
    """As somebody with every right, and the key: leaves, heads and folder made anew."""
    owner_sql("DELETE FROM journal_leaf")
    owner_sql("DELETE FROM journal_head")
    for entry in ids:
        owner_sql("INSERT INTO journal_pending VALUES (%s)", [entry])
    (folder.root / CHECKPOINT).unlink()
    with as_role("seal"):
        assert seal_pending(at) == len(ids)


def test_the_verifier_shares_no_code_with_what_it_checks():
    journal = Path(verify.__file__).parent
    allowed = {"cryptography", "psycopg", "shouwang", *sys.stdlib_module_names}
    for path in journal.glob("verify*.py"):
        imported = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module)
            if isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
        ours = {name for name in imported if name.startswith("shouwang")}
        assert all(name.startswith("shouwang.journal.verify") for name in ours), path
        assert {name.partition(".")[0] for name in imported} <= allowed, path
        assert path.name == "verify_source.py" or "psycopg" not in imported
