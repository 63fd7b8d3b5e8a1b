"""A process without the ring keeps what it can never read back, and opens only the columns it was handed."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from shouwang.core import handed, keyring

PLACE = {"table": "registry_identity", "column": "number", "row": 7}
PHOTO = {"table": "evidence", "column": "file_key", "row": 9}


@pytest.fixture
def ring(tmp_path, monkeypatch):
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    keyring.active_number()
    return tmp_path / "ring"


@pytest.fixture
def portal(ring):
    """The settings of a process with no ring."""
    given = keyring.hand_out(ring, columns=["evidence.file_key"], purposes=["people.grant"])
    return override_settings(ENVIRONMENT=SimpleNamespace(field_keys=given.written()))


def test_what_it_keeps_only_the_ring_opens(ring, portal):
    with portal:
        sealed = keyring.seal(b"13800002086", **PLACE)
        (ring / "box.key").rename(ring / "away")
        with pytest.raises(keyring.CannotOpen):
            keyring.unseal(sealed, **PLACE)
    (ring / "away").rename(ring / "box.key")

    assert keyring.unseal(sealed, **PLACE) == b"13800002086"
    assert keyring.key_number(sealed) == handed.SHUT


def test_it_counts_as_older_than_every_key_so_that_it_is_sealed_anew(portal):
    with portal:
        assert keyring.active_number() < 1


@pytest.mark.parametrize("moved", [{"table": "x"}, {"column": "name"}, {"row": 8}])
def test_moved_elsewhere_it_does_not_open(portal, moved):
    with portal:
        sealed = keyring.seal(b"13800002086", **PLACE)

    with pytest.raises(keyring.CannotOpen):
        keyring.unseal(sealed, **(PLACE | moved))


def test_a_flipped_bit_is_found(portal):
    with portal:
        sealed = bytearray(keyring.seal(b"13800002086", **PLACE))
    for place in (3, 40, 60):
        changed = sealed.copy()
        changed[place] ^= 1
        with pytest.raises(keyring.CannotOpen):
            keyring.unseal(bytes(changed), **PLACE)


def test_a_column_it_was_handed_it_seals_and_opens_like_everybody(ring, portal):
    here = keyring.seal(b"key of a photo", **PHOTO)
    with portal:
        there = keyring.seal(b"key of another", **PHOTO)
        assert keyring.unseal(here, **PHOTO) == b"key of a photo"

    assert keyring.unseal(there, **PHOTO) == b"key of another"


def test_a_column_it_was_not_handed_stays_shut(portal):
    sealed = keyring.seal(b"13800002086", **PLACE)

    with portal, pytest.raises(keyring.CannotOpen):
        keyring.unseal(sealed, **PLACE)


def test_hashes_meet_for_the_purposes_it_was_handed_and_fail_for_others(portal):
    wanted = keyring.keyed_hash("ABCD2345", purpose="people.grant")
    with portal:
        assert keyring.keyed_hash("ABCD2345", purpose="people.grant") == wanted
        with pytest.raises(KeyError):
            keyring.keyed_hash("x", purpose="people.recovery_code")
