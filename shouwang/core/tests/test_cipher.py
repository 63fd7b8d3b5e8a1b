"""Two ciphers, one ring: what SM4 sealed opens beside what AES sealed, moved or changed it does not."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from shouwang.core import keyring
from shouwang.core.cipher import SM4GCM, keyed, sealer_of

WHERE = {"table": "registry_resident", "column": "phone", "row": "1"}


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """`profile("sm")`: the next key is of that profile."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")

    def choose(name: str) -> int:
        monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, field_cipher=name))
        return keyring.add_key()

    return choose


def test_sm4_gcm_agrees_with_the_published_example() -> None:
    """RFC 8998, appendix A.1."""
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFF"
        "EEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15"
        "A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC"
    )

    assert SM4GCM(key).encrypt(nonce, plain, bound) == sealed
    assert SM4GCM(key).decrypt(nonce, sealed, bound) == plain


def test_a_ring_turns_from_one_to_the_other_and_back(profile) -> None:  # type: ignore[no-untyped-def]
    sealed = []
    for name in ("aes", "sm", "aes"):
        number = profile(name)
        sealed.append(keyring.seal(b"13800002086", **WHERE))
        assert keyring.key_number(sealed[-1]) == number

    assert [keyring.unseal(one, **WHERE) for one in sealed] == [b"13800002086"] * 3
    assert len(sealed[0]) == len(sealed[1])


def test_moved_or_changed_it_does_not_open(profile) -> None:  # type: ignore[no-untyped-def]
    profile("sm")
    sealed = keyring.seal(b"13800002086", **WHERE)

    for wrong in ({"column": "doc_no"}, {"row": "2"}, {"table": "registry_declaration"}):
        with pytest.raises(keyring.CannotOpen):
            keyring.unseal(sealed, **WHERE | wrong)
    with pytest.raises(keyring.CannotOpen):
        keyring.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), **WHERE)


def test_the_index_of_a_town_that_began_with_sm_is_hmac_sm3(profile) -> None:  # type: ignore[no-untyped-def]
    profile("sm")

    assert len(keyring.keyed_hash("湘A12345", purpose="registry_vehicle.plate")) == 32
    assert keyring.hasher("x")("y") == keyring.keyed_hash("y", purpose="x")
    assert keyed(b"k" * 16, b"v") != keyed(b"k" * 32, b"v")


def test_the_length_of_the_key_says_which() -> None:
    assert isinstance(sealer_of(b"k" * 16), SM4GCM)
    assert not isinstance(sealer_of(b"k" * 32), SM4GCM)
