"""Trees, against the published roots and against another implementation."""

import random

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from shouwang.journal.merkle import (
    Frontier,
    NoSuchProof,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [  # reference test data of RFC 6962, for the first 0 … 8 of them
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree_over(leaves):
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        row = levels[-1]
        levels.append([node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)])
    return lambda level, index: levels[level][index]


def some_leaves(count, seed=7):
    chance = random.Random(seed)
    return [leaf_hash(chance.randbytes(chance.randrange(40))) for _ in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_published_ones(size):
    assert root_of(leaf_hash(bytes.fromhex(data)) for data in LEAVES[:size]).hex() == ROOTS[size]


def test_a_frontier_read_back_grows_like_the_one_that_was_packed():
    leaves = some_leaves(200)
    kept = Frontier()

    for size, leaf in enumerate(leaves):
        kept = Frontier.unpack(size, kept.pack())
        kept.append(leaf)

    assert kept.root() == root_of(leaves)


def test_a_frontier_of_another_size_is_refused():
    with pytest.raises(ValueError):
        Frontier.unpack(3, b"\0" * 32)


def test_another_implementation_agrees_on_roots_and_proofs():
    chance = random.Random(20)
    for _ in range(12):
        data = [chance.randbytes(chance.randrange(1, 50)) for _ in range(chance.randrange(1, 90))]
        other = InmemoryTree(algorithm="sha256")
        for one in data:
            other.append_entry(one)
        leaves = [leaf_hash(one) for one in data]
        node = tree_over(leaves)
        size = len(leaves)
        old, index = chance.randint(1, size), chance.randrange(size)

        assert root_of(leaves) == other.get_root()
        assert root_of(leaves[:old]) == other.get_root(old)
        ours, theirs = inclusion_path(index, size, node), other.prove_inclusion(index + 1, size)
        assert sorted([leaves[index], *ours]) == sorted(theirs.path)
        verify_inclusion(leaves[index], root_of(leaves), theirs)
        verify_consistency(root_of(leaves[:old]), root_of(leaves), other.prove_consistency(old, size))
        ours = consistency_path(old, size, node)
        assert proves_consistency(old, other.get_root(old), size, other.get_root(), ours)


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, 100])
def test_every_proof_of_a_tree_holds_and_is_as_short_as_promised(size):
    leaves = some_leaves(size)
    node, root = tree_over(leaves), root_of(leaves)

    for index in range(size):
        path = inclusion_path(index, size, node)
        assert proves_inclusion(leaves[index], index, size, path, root)
        assert len(path) <= (size - 1).bit_length()
    for old in range(1, size + 1):
        path = consistency_path(old, size, node)
        assert proves_consistency(old, root_of(leaves[:old]), size, root, path)
        assert len(path) <= (size - 1).bit_length() + 1


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(NoSuchProof):
        inclusion_path(index, size, tree_over(some_leaves(3)))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 2)])
def test_a_tree_never_shrinks_and_nothing_proves_nothing(old, new):
    with pytest.raises(NoSuchProof):
        consistency_path(old, new, tree_over(some_leaves(3)))


def test_a_proof_with_a_wrong_kind_of_value_is_refused_not_a_fault():
    leaf = leaf_hash(b"")

    assert not proves_inclusion(leaf, False, 1, [], leaf)
    assert not proves_inclusion(leaf, 0, 1 << 64, [], leaf)
    assert not proves_inclusion(leaf[:31], 0, 1, [], leaf[:31])
    assert not proves_consistency(1, leaf, 1, leaf, ["text"])
