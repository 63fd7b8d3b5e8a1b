"""Altered proofs and checkpoints: none is believed, by either of the two verifiers, and they agree on every one.

Each alteration starts from a valid one. A few thousand here; `make prove` runs a hundred thousand.
"""

import base64
import json
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shouwang.journal import merkle
from shouwang.journal.canonical import canonical_json
from shouwang.journal.envelope import commitment_to
from shouwang.journal.merkle import consistency_path, inclusion_path, leaf_hash, node_hash, root_of
from shouwang.journal.notes import Checkpoint, NotANote, SignerKey
from shouwang.journal.tests.test_trees import some_leaves, tree_over
from shouwang.journal.verify_proof import Refused, check_proof, open_checkpoint, read_proof, root_from

ORIGIN = "journal.qingshi.example/town"
KEY = SignerKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = SignerKey("witness.example", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100)
TREES = {size: some_leaves(size, seed=size) for size in SIZES}

HOW_MANY = [2_000, pytest.param(100_000, marks=[pytest.mark.prove, pytest.mark.timeout(1200)])]


def flip(chance, raw):
    at = chance.randrange(len(raw) * 8)
    return bytes(byte ^ (1 << at % 8) if number == at // 8 else byte for number, byte in enumerate(raw))


def altered_path(chance, path, extra):
    """Another list of hashes than `path`: lengthened, shortened, out of order, or with one hash changed."""
    at, foreign = chance.randrange(len(path) + 1), chance.choice([chance.randbytes(32), *extra])
    ways = [[*path[:at], foreign, *path[at:]]]
    if path:
        at = chance.randrange(len(path))
        before, one, after = path[:at], path[at], path[at + 1 :]
        changed = [flip(chance, one), one[:-1], one + b"\0"]
        ways += [[*before, other, *after] for other in changed]
        ways += [[*before, *after], [*before, one, one, *after], [], path[::-1]]
    return chance.choice([way for way in ways if way != path])


def altered_size(chance, size):
    return chance.choice([size + 1, size - 1, size ^ 2, size * 2, size // 2, -size, size + (1 << 32), 0])


def reference_consistency(old, old_root, new, new_root, path):
    """RFC 9162 2.1.4 read as a recursive definition: the two roots that the path leads to are the right ones."""
    if not 0 < old <= new or not all(len(one) == 32 for one in (*path, old_root, new_root)):
        return False

    def roots(old, size, path, known):
        if old == size:
            if known:
                return None if path else (old_root, old_root)
            return (path[0], path[0]) if len(path) == 1 else None
        if not path:
            return None
        half = 1 << ((size - 1).bit_length() - 1)
        if old <= half:
            found = roots(old, half, path[:-1], known)
            return found and (found[0], node_hash(found[1], path[-1]))
        found = roots(old - half, size - half, path[:-1], False)
        return found and (node_hash(path[-1], found[0]), node_hash(path[-1], found[1]))

    return roots(old, new, list(path), True) == (old_root, new_root)


def noted(record_property, count):
    record_property("size", count)
    record_property("unit", "altered proofs")


@pytest.mark.parametrize("count", HOW_MANY)
def test_no_altered_inclusion_proof_is_believed(count, record_property):
    noted(record_property, count)
    chance = random.Random(count)
    for _ in range(count):
        size = chance.choice(SIZES)
        leaves, index = TREES[size], chance.randrange(size)
        root, path = root_of(leaves), inclusion_path(index, size, tree_over(leaves))
        good = {"leaf": leaves[index], "index": index, "size": size, "path": path, "root": root}
        others = {
            "leaf": [flip(chance, leaves[index]), root, leaves[index][:-1]],
            "index": [index + 1, index - 1, index ^ 1, index ^ 2, size, -1, index + size],
            "path": [altered_path(chance, path, [root, leaves[index]])],
            "root": [flip(chance, root), root[:-1]],
            "size": [altered_size(chance, size)],
        }
        name = chance.choice(list(others))
        new = chance.choice(others[name])
        if new == good[name]:
            continue
        bad = good | {name: new}

        believed = merkle.proves_inclusion(**bad)

        assert believed == by_the_other_verifier(**bad), bad
        assert not believed or name == "size", bad  # the size is bound by the signature over it, not by the path


def by_the_other_verifier(leaf, index, size, path, root):
    if not 0 <= index < size or size >= 1 << 63 or any(len(one) != 32 for one in (leaf, root, *path)):
        return False
    return root_from(leaf, index, size, list(path)) == root


@pytest.mark.parametrize("count", HOW_MANY)
def test_no_altered_consistency_proof_is_believed(count, record_property):
    noted(record_property, count)
    chance = random.Random(count + 1)
    for _ in range(count):
        new = chance.choice(SIZES)
        old = chance.randint(1, new)
        leaves = TREES[new]
        path = consistency_path(old, new, tree_over(leaves))
        good = {"old": old, "old_root": root_of(leaves[:old]), "new": new, "new_root": root_of(leaves), "path": path}
        others = {
            "old": altered_size(chance, old),
            "new": altered_size(chance, new),
            "old_root": chance.choice([flip(chance, good["old_root"]), leaf_hash(b"other")]),
            "new_root": chance.choice([flip(chance, good["new_root"]), leaf_hash(b"other")]),
            "path": altered_path(chance, path, [good["old_root"], good["new_root"]]),
        }
        name = chance.choice(list(others))
        bad = good | {name: others[name]}
        if bad == good:
            continue

        believed = merkle.proves_consistency(**bad)

        assert believed == reference_consistency(**bad), bad
        assert not believed or name in ("old", "new"), bad


def altered_text(chance, text):
    at, kind = chance.randrange(len(text)), chance.randrange(6)
    letter = chance.choice('0123456789ABCabc+/= \n—"\\:,[]{}.x\u3000\x00é')
    return [
        text[:at] + letter + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[:at] + text[at + 1 :],
        text[:at],
        text[:at] + chr(ord(text[at]) ^ (1 << chance.randrange(7))) + text[at + 1 :],
        text[:at] + text[at : at + 9] * 2 + text[at + 9 :],
    ][kind]


@pytest.mark.parametrize("count", HOW_MANY)
def test_no_altered_checkpoint_is_believed(count, record_property):
    noted(record_property, count)
    chance = random.Random(count + 2)
    for _ in range(count):
        size = chance.choice(SIZES)
        body = str(Checkpoint(ORIGIN, size, root_of(TREES[size])))
        note = KEY.sign(body)
        bad = altered_text(chance, note) if chance.randrange(20) else WITNESS.sign(body)
        if bad == note:
            continue

        with pytest.raises(NotANote):
            Checkpoint.open(bad, KEY.verifier)
        with pytest.raises(Refused):
            open_checkpoint(bad, str(KEY.verifier))


def a_disclosed_proof(chance):
    size = chance.choice(SIZES)
    leaves, index = list(TREES[size]), chance.randrange(size)
    salt, entry = chance.randbytes(32), "0192d3a0-0000-7000-8000-000000000001"
    text = canonical_json({"entry": entry, "particulars": {"unit": "桥西1组", "n": 1}}).decode()
    envelope = {"v": 1, "id": entry, "verb": "matter.step.dispatch", "commitment": commitment_to(salt, text).hex()}
    leaves[index] = leaf_hash(merkle.hashlib.sha256(canonical_json(envelope)).digest())
    path = inclusion_path(index, size, tree_over(leaves))
    return {
        "entry": entry,
        "index": index,
        "leaf_hash": base64.b64encode(leaves[index]).decode(),
        "path": [base64.b64encode(step).decode() for step in path],
        "checkpoint": KEY.sign(str(Checkpoint(ORIGIN, size, root_of(leaves)))),
        "envelope": envelope,
        "salt": salt.hex(),
        "particulars": text,
    }


@pytest.mark.parametrize("count", HOW_MANY)
def test_no_altered_proof_file_is_believed(count, record_property):
    noted(record_property, count)
    """What means the same in JSON is the same proof; anything else must be refused, whatever byte was touched."""
    chance = random.Random(count + 3)
    key = str(KEY.verifier)
    for _ in range(count):
        proof = a_disclosed_proof(chance)
        bad = altered_text(chance, json.dumps(proof, ensure_ascii=False))
        try:
            check_proof(read_proof(bad), key)
        except Refused:
            continue
        assert json.dumps(read_proof(bad), sort_keys=True) == json.dumps(proof, sort_keys=True), bad


def test_unaltered_proofs_are_believed():
    chance = random.Random(0)
    for _ in range(200):
        proof = a_disclosed_proof(chance)
        assert "exactly these particulars" in check_proof(read_proof(json.dumps(proof)), str(KEY.verifier))
        plain = {name: proof[name] for name in ("entry", "index", "leaf_hash", "path", "checkpoint")}
        assert "does not show" in check_proof(plain, str(KEY.verifier))


@pytest.mark.control
def test_the_property_can_fail(monkeypatch):
    """Control: a verifier that does not ask for the end of the path believes some of them."""

    def careless(leaf, index, size, path, root):
        return root_from(leaf, index, size, list(path)[: (size - 1).bit_length()]) == root

    monkeypatch.setattr(merkle, "proves_inclusion", careless)
    with pytest.raises(AssertionError):
        test_no_altered_inclusion_proof_is_believed(2_000, lambda *_: None)
