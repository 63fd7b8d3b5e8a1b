"""The sealer: everything once, in an order of its own, crash-safe, and never two histories."""

import datetime as dt
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from shouwang.journal import sealing
from shouwang.journal.folder import CHECKPOINT, Folder
from shouwang.journal.merkle import leaf_hash, root_of
from shouwang.journal.models import Entry, Head, Leaf, Pending
from shouwang.journal.notes import Checkpoint
from shouwang.journal.sealing import Forked, republish, seal_pending
from shouwang.journal.signing import signer, verifier
from shouwang.journal.tiles import Edge, Tile, edge_of, tiles_of, unbundle


class PowerCut(Exception):
    """The process ends here."""


def everything_published(folder):
    """The checkpoint, after every tile it speaks of has been compared with the leaves."""
    seen = Checkpoint.open(folder.read(CHECKPOINT).decode(), verifier())
    leaves = [bytes(leaf) for leaf in Leaf.objects.order_by("index").values_list("hash", flat=True)[: seen.size]]
    rebuilt = Edge()
    data = Leaf.objects.order_by("index").values_list("data", "hash")[: seen.size]
    expected = dict(rebuilt.grow([(bytes(one), bytes(two)) for one, two in data])) | dict(rebuilt.unfinished())
    assert set(expected) == set(tiles_of(seen.size))
    for tile, raw in expected.items():
        assert folder.read_tile(tile) == raw
    assert seen.root == root_of(leaves)
    return seen


def test_what_waits_is_sealed_once_and_signed(seal, folder, as_role):
    ids = seal(3)

    head = Head.objects.get()
    assert (head.size, list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))) == (3, ids)
    assert everything_published(folder) == Checkpoint(signer().name, 3, bytes(head.root))
    with as_role("seal"):
        assert not Pending.objects.exists()


def test_a_leaf_is_the_hash_of_the_envelope(seal):
    [entry_id] = seal()

    leaf = Leaf.objects.get(entry=entry_id)
    assert bytes(leaf.data) == Entry.objects.get(id=entry_id).envelope.leaf_data()
    assert bytes(leaf.hash) == leaf_hash(bytes(leaf.data))


def test_nothing_waiting_makes_no_head(seal, as_role, at):
    seal()

    with as_role("seal"):
        assert seal_pending(at) == 0
    assert Head.objects.count() == 1


def test_entry_bundles_carry_commitments_and_nothing_else(seal, folder):
    seal(3)

    entries = unbundle(folder.read_tile(Tile(None, 0, 3)))
    assert [len(entry) for entry in entries] == [32, 32, 32]


def test_tiles_grow_over_several_heads(seal, folder):
    for count in (1, 250, 5, 1, 300, 2):
        seal(count)
        everything_published(folder)

    assert Head.objects.count() == 6
    assert not (folder.root / "tile/0/000.p").exists()
    assert not (folder.root / "tile/entries/001.p").exists()


@pytest.mark.parametrize("files_written", range(5))
def test_a_crash_between_files_is_made_good(seal, folder, act, as_role, at, monkeypatch, files_written):
    seal(255)
    write, done = Folder.write, []

    def write_until_the_cut(self, name, raw):
        if len(done) == files_written:
            raise PowerCut
        done.append(name)
        write(self, name, raw)

    act(3)
    with as_role("seal"):
        monkeypatch.setattr(Folder, "write", write_until_the_cut)
        with pytest.raises(PowerCut):
            seal_pending(at)
        assert Checkpoint.open(folder.read(CHECKPOINT).decode(), verifier()).size == 255
        monkeypatch.undo()
        assert seal_pending(at) == 0

    assert everything_published(folder).size == 258


def test_a_crash_before_the_commit_leaves_everything_waiting(folder, act, as_role, at, monkeypatch):
    ids = act(2)

    def fail(*given, **named):
        raise PowerCut

    with as_role("seal"):
        monkeypatch.setattr(sealing.Head.objects, "create", fail)
        with pytest.raises(PowerCut):
            seal_pending(at)
        assert set(Pending.objects.values_list("entry_id", flat=True)) == set(ids)
        assert not Leaf.objects.exists()
        assert folder.read(CHECKPOINT) is None


def test_lost_tiles_are_written_again(seal, folder):
    seal(258)
    (folder.root / "tile/0/001.p/2").unlink()

    seal(1)

    assert everything_published(folder).size == 259


def test_edited_tiles_at_the_edge_are_noticed_and_written_again(seal, folder, as_role):
    seal(3)
    folder.write("tile/0/000.p/3", bytes(96))

    seal(1)

    assert everything_published(folder).size == 4


def test_the_whole_folder_can_be_made_again(seal, folder, as_role):
    seal(300)
    folder.write("tile/0/000", bytes(8192))

    with as_role("seal"):
        assert republish() == 300

    assert everything_published(folder).size == 300


def test_a_database_older_than_what_is_published_is_not_signed_on(seal, folder, owner_sql, act, as_role, at):
    seal(2)
    seal(1)
    owner_sql("DELETE FROM journal_leaf WHERE index = 2")
    owner_sql("DELETE FROM journal_head WHERE size = 3")
    act()

    with as_role("seal"), pytest.raises(Forked, match="same moment"):
        seal_pending(at)


def test_another_history_of_the_same_length_is_not_signed_on(seal, folder, owner_sql, as_role, at):
    seal(2)
    owner_sql("UPDATE journal_head SET root = %s", [bytes(32)])

    with as_role("seal"), pytest.raises(Forked):
        seal_pending(at)


def test_leaves_that_do_not_lead_to_their_head_are_not_published(seal, folder, owner_sql, as_role):
    seal(2)
    owner_sql("UPDATE journal_leaf SET hash = %s WHERE index = 0", [bytes(32)])

    with as_role("seal"), pytest.raises(Forked):
        republish()


def test_only_the_sealer_numbers(seal, as_role):
    seal()

    for role in ("web", "portal", "jobs", "read"):
        with as_role(role), connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('journal_leaf', 'INSERT')")
            assert cursor.fetchone() == (False,)
    with as_role("seal"), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('journal_particulars', 'SELECT')")
        assert cursor.fetchone() == (False,)


def test_the_key_is_made_once_and_only_its_owner_reads_it(seal, tmp_path):
    seal()

    assert (tmp_path / "secrets" / "journal.key").stat().st_mode & 0o777 == 0o600
    with override_settings(JOURNAL_ORIGIN="another.example/town"):
        assert signer().name == "shouwang.invalid/town"
    assert verifier() == signer().verifier


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000])
def test_an_edge_read_from_its_tiles_goes_on_like_the_one_that_wrote_them(size):
    leaves = [(number.to_bytes(4), leaf_hash(number.to_bytes(4))) for number in range(size)]
    first = Edge()
    tiles = dict(first.grow(leaves)) | dict(first.unfinished())
    second = edge_of(size, tiles.__getitem__)
    more = [(b"more", leaf_hash(b"more"))] * 300

    assert second.root() == root_of(leaf for _, leaf in leaves)
    assert dict(first.grow(more)) == dict(second.grow(more))
    assert first.root() == second.root() == root_of(leaf for _, leaf in leaves + more)


def test_head_times_come_from_outside(seal, at):
    seal()

    assert Head.objects.get().at == at.astimezone(dt.UTC)


@pytest.mark.committed
def test_a_commit_wakes_the_sealer(folder, act, monkeypatch):
    monkeypatch.setattr(sealing, "WAIT_S", 60)
    stopped = threading.Event()

    def seal_beside():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.SCHEMA}_seal")
        sealing.seal_until(stopped.is_set, lambda: dt.datetime(2026, 10, 18, tzinfo=dt.UTC))
        connection.close()

    sealer = threading.Thread(target=seal_beside)
    sealer.start()
    for size in (1, 2):
        time.sleep(0.5)
        act()
        assert size == wait_for(Leaf.objects.count, size)
    stopped.set()
    act()
    sealer.join(timeout=20)
    assert not sealer.is_alive()


def wait_for(ask, wanted):
    deadline = time.monotonic() + 20
    while (found := ask()) != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
