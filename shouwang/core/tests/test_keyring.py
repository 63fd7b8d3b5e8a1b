"""Sealed values open in their own place only, and under any key that is still on the ring."""

import threading
from pathlib import Path
from uuid import uuid4

import pytest

from shouwang.core import keyring

ROW = uuid4()
PLACE = {"table": "registry_identity", "column": "name", "row": ROW}


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    return tmp_path / "ring"


def test_what_was_sealed_opens_again() -> None:
    assert keyring.unseal(keyring.seal("王女士".encode(), **PLACE), **PLACE) == "王女士".encode()


@pytest.mark.parametrize("moved", [{"row": uuid4()}, {"column": "address"}, {"table": "registry_other"}])
def test_a_value_moved_to_another_place_does_not_open(moved: dict[str, object]) -> None:
    sealed = keyring.seal(b"13800000000", **PLACE)

    with pytest.raises(keyring.CannotOpen):
        keyring.unseal(sealed, **(PLACE | moved))


def test_any_changed_byte_is_noticed() -> None:
    sealed = keyring.seal(b"13800000000", **PLACE)

    for position in range(len(sealed)):
        changed = bytes(byte ^ (1 if n == position else 0) for n, byte in enumerate(sealed))
        with pytest.raises(keyring.CannotOpen):
            keyring.unseal(changed, **PLACE)


def test_equal_values_never_look_equal() -> None:
    assert len({keyring.seal(b"same", **PLACE) for _ in range(200)}) == 200


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = keyring.seal(b"before", **PLACE)

    number = keyring.add_key()

    assert number == 2
    assert keyring.key_number(keyring.seal(b"after", **PLACE)) == 2
    assert keyring.unseal(old, **PLACE) == b"before"


def test_what_a_removed_key_sealed_is_gone() -> None:
    old = keyring.seal(b"before", **PLACE)
    keyring.add_key()

    keyring.remove_key(1)

    with pytest.raises(keyring.CannotOpen):
        keyring.unseal(old, **PLACE)


def test_processes_that_start_at_once_agree_on_the_first_key(ring: Path) -> None:
    sealed: list[bytes] = []
    threads = [threading.Thread(target=lambda: sealed.append(keyring.seal(b"x", **PLACE))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(keyring.unseal(one, **PLACE) == b"x" for one in sealed)
    assert (ring / "1.key").stat().st_mode & 0o077 == 0
    assert [path for path in ring.iterdir() if path.suffix != ".key"] == []
