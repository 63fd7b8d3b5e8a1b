"""What anybody can fetch under /transparency/, and check with the separate verifier."""

import base64
import datetime as dt
import json

import pytest
from django.test import Client, override_settings

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.merkle import proves_consistency
from shouwang.journal.proofs import disclosed_proof_of
from shouwang.journal.record import record
from shouwang.journal.sealing import seal_pending
from shouwang.journal.tiles import Tile, tiles_of
from shouwang.journal.verify_proof import check_proof, open_checkpoint


@pytest.fixture
def published(db, as_role, tmp_path, noon):
    """Three entries under one head, three more under another; the ids."""
    ids = []
    with override_settings(TRANSPARENCY=tmp_path / "transparency", VAR=tmp_path):
        for _ in range(2):
            for _ in range(3):
                by = Actor(person_id=new_id())
                with acting(by):
                    ids.append(
                        record("matter.note", topic="matter.noted", subject=new_id(), by=by, at=noon, words="secret")
                    )
            with as_role("seal"):
                assert seal_pending(noon) == 3
        yield ids


@pytest.fixture
def noon():
    return dt.datetime(2026, 10, 18, 4, tzinfo=dt.UTC)


@pytest.fixture
def get(published, as_role):
    """`get("checkpoint")` as the portal's process answers it."""

    def fetch(name):
        with as_role("portal"):
            return Client().get(f"/transparency/{name}")

    return fetch


def test_anybody_can_check_a_proof_against_the_key(published, get):
    key = get("key").content.decode().strip()
    note = get("checkpoint").content.decode()

    proof = get(f"proof/{published[4]}.json").json()

    assert (proof["index"], proof["checkpoint"]) == (4, note)
    assert check_proof(proof, key).startswith("leaf 4 is among the 6 leaves")


def test_a_public_proof_discloses_nothing(published, get):
    text = get(f"proof/{published[0]}.json").content.decode()

    assert set(json.loads(text)) == {"entry", "index", "leaf_hash", "path", "checkpoint"}
    assert "secret" not in text


def test_a_reader_who_may_see_the_entry_gets_a_proof_of_its_content(published, get):
    key = get("key").content.decode().strip()

    proof = disclosed_proof_of(published[2])

    assert "secret" in proof["particulars"]
    assert "with exactly these particulars" in check_proof(json.loads(json.dumps(proof)), key)


def test_heads_are_consistent_with_each_other(get):
    key = get("key").content.decode().strip()
    new, old = (open_checkpoint(head["checkpoint"], key) for head in get("heads.json").json()["heads"])

    path = [base64.b64decode(step) for step in get("consistency/3-6.json").json()["path"]]

    assert (old[0], new[0]) == (3, 6)
    assert proves_consistency(old[0], old[1], new[0], new[1], path)


def test_older_heads_are_asked_for_by_size(get):
    assert [head["size"] for head in get("heads.json?before=6").json()["heads"]] == [3]
    assert [head["size"] for head in get("heads.json?before=x").json()["heads"]] == [6, 3]


def test_every_tile_of_the_checkpoint_can_be_fetched(get):
    for tile in tiles_of(6):
        answer = get(tile.path)
        assert answer.status_code == 200
        assert len(answer.content) == 6 * (34 if tile.level is None else 32)
        assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["tile/0/000", "tile/0/../../secrets/journal.key", "tile/0/000.p/7", "tile/x", "tile/0/%2e%2e/key", "tile/"]
)
def test_what_is_no_tile_is_not_there(get, name):
    assert get(name).status_code == 404


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("proof/0192d3a0-0000-7000-8000-000000000001.json", "journal.not_sealed_yet"),
        ("consistency/0-6.json", "journal.not_a_growth"),
        ("consistency/5-3.json", "journal.not_a_growth"),
        ("consistency/3-7.json", "journal.not_a_growth"),
    ],
)
def test_what_cannot_be_proved_is_said_in_words(get, name, code):
    answer = get(name)

    assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert "留痕" in answer.json()["message"]


def test_before_anything_is_published_that_is_said(db, tmp_path, as_role):
    with override_settings(TRANSPARENCY=tmp_path), as_role("portal"):
        assert Client().get("/transparency/heads.json").json()["code"] == "journal.nothing_published"
        assert Client().get("/transparency/checkpoint").status_code == 503


def test_nothing_is_changed_through_these_addresses(published, as_role):
    assert Client().post("/transparency/checkpoint").status_code in (403, 405)
    assert Tile.parse("tile/0/000.p/6").width == 6
