"""A file is on disk for good before anybody is told; its name is what it holds."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from shouwang.core import keyring
from shouwang.evidence import storage


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(storage.settings, "FILES", tmp_path / "files")
    return tmp_path / "files"


def test_it_is_synced_renamed_and_the_folder_synced_in_this_order(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, done = uuid4(), []
    key = storage.new_key(row)
    fsync, rename = os.fsync, Path.rename

    def watched_fsync(descriptor: int) -> None:
        done.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync file")  # noqa: PTH112
        fsync(descriptor)

    def watched_rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "rename", watched_rename)

    storage.keep(b"data", row, key)

    assert done == ["sync file", "rename", "sync folder", "sync folder"]


def test_what_fails_leaves_no_half_file(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = uuid4()
    key = storage.new_key(row)

    def fail(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="Input/output"):
        storage.keep(b"data", row, key)

    assert [path for path in own_folder.glob("**/*") if path.is_file()] == []


@pytest.mark.parametrize("wrong", ["row", "part", "key"])
def test_a_file_opens_only_for_its_own_row_part_and_key(wrong: str) -> None:
    row, other = uuid4(), uuid4()
    kept = storage.keep(b"data", row, part=3)

    with pytest.raises(storage.FileGone):
        storage.fetch(
            other if wrong == "row" else row,
            kept.stored,
            storage.new_key(row) if wrong == "key" else kept.wrapped_key,
            part=4 if wrong == "part" else 3,
        )
    assert storage.fetch(row, kept.stored, kept.wrapped_key, part=3) == b"data"


def test_the_same_content_twice_is_two_files_that_tell_nothing_of_it() -> None:
    first, second = storage.keep(b"data", uuid4()), storage.keep(b"data", uuid4())

    assert first.stored != second.stored
    assert b"data" not in storage.path_of(first.stored).read_bytes()
