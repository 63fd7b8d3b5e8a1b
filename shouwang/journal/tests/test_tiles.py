"""Tiles: their addresses, which exist, and that proofs can be read from them."""

import pytest

from shouwang.journal.merkle import (
    consistency_path,
    inclusion_path,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)
from shouwang.journal.tests.test_trees import some_leaves, tree_over
from shouwang.journal.tiles import NotATile, Tile, bundle, fold, node_reader, tiles_of, unbundle


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(0, 1000, 5), "tile/0/x001/000.p/5"),
        (Tile(None, 67, 255), "tile/entries/067.p/255"),
        (Tile(63, 0), "tile/63/000"),
    ],
)
def test_a_tile_has_the_address_of_the_specification(tile, path):
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/0/x000/067", "tile/64/000", "tile/00/000", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/999", "tile/0/000.p/05", "tile/0/../000", "tile/0/000\n", "tile/x/000", "tile/0/001/000",
        "tile/0/x١٢٣/000",
    ],
)  # fmt: skip
def test_any_other_address_is_refused(path):
    with pytest.raises(NotATile):
        Tile.parse(path)


def test_a_growing_tree_needs_only_the_tiles_that_changed():
    assert [tile.path for tile in tiles_of(300, since=255)] == [
        "tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
    ]  # fmt: skip
    assert [tile.path for tile in tiles_of(258, since=257)] == ["tile/entries/001.p/2", "tile/0/001.p/2"]
    assert list(tiles_of(5, since=5)) == []


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700, 65_536 + 300])
def test_proofs_read_from_tiles_hold(size):
    leaves = some_leaves(size)
    node, root = tree_over(leaves), root_of(leaves)

    def read(tile):
        return b"".join(node(8 * tile.level, tile.index * 256 + at) for at in range(tile.width))

    from_tiles = node_reader(read, size)

    for index in {0, size // 2, size - 1}:
        assert proves_inclusion(leaves[index], index, size, inclusion_path(index, size, from_tiles), root)
    for old in {1, size // 3 + 1, size}:
        path = consistency_path(old, size, from_tiles)
        assert proves_consistency(old, root_of(leaves[:old]), size, root, path)


def test_a_short_tile_is_noticed():
    with pytest.raises(NotATile):
        inclusion_path(0, 200, node_reader(lambda tile: b"\0" * 32, 200))


def test_a_full_tile_folds_to_the_root_of_its_leaves():
    leaves = some_leaves(256)

    assert fold(b"".join(leaves)) == root_of(leaves)


def test_entry_bundles_are_read_back_and_a_cut_one_is_noticed():
    raw = bundle([b"", b"ab", leaf_hash(b"x")])

    assert unbundle(raw) == [b"", b"ab", leaf_hash(b"x")]
    with pytest.raises(NotATile):
        unbundle(raw[:-1])
