"""Signed notes and checkpoints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shouwang.journal.notes import Checkpoint, NotANote, SignerKey, VerifierKey, open_note

ORIGIN = "journal.qingshi.example/town"
KEY = SignerKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = SignerKey("witness.example", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
BODY = str(Checkpoint(ORIGIN, 3, b"\x07" * 32))
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"  # C2SP signed-note, example
SIGNED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_example_opens_under_its_published_key():
    assert open_note(SIGNED, [VerifierKey.parse(PUBLISHED)]).startswith("If you think")


def test_a_key_is_written_and_read_back():
    assert VerifierKey.parse(str(KEY.verifier)) == KEY.verifier


def test_a_checkpoint_is_three_lines_and_opens_under_its_key():
    note = KEY.sign(BODY)

    assert note.split("\n")[:2] == [ORIGIN, "3"]
    assert Checkpoint.open(note, KEY.verifier) == Checkpoint(ORIGIN, 3, b"\x07" * 32)


def test_a_witness_may_add_its_line_below():
    note = KEY.sign(BODY) + WITNESS.sign(BODY).rpartition("\n\n")[2]

    assert Checkpoint.open(note, KEY.verifier).size == 3
    assert open_note(note, [WITNESS.verifier]) == BODY


def test_a_witness_alone_does_not_make_it_ours():
    with pytest.raises(NotANote):
        Checkpoint.open(WITNESS.sign(BODY), KEY.verifier)


def test_a_checkpoint_of_another_log_is_refused():
    with pytest.raises(NotANote):
        Checkpoint.open(KEY.sign(BODY.replace("town", "city")), KEY.verifier)


@pytest.mark.parametrize(
    "body",
    [
        f"{ORIGIN}\n03\n{'A' * 43}=\n", f"{ORIGIN}\n3\n{'A' * 44}\n", f"{ORIGIN}\n3\nQUJD\n", f"{ORIGIN}\n3\n",
        f"{ORIGIN}\n3\n{'A' * 43}=\nmore\n", f"\n3\n{'A' * 43}=\n", f"{ORIGIN}\n-3\n{'A' * 43}=\n",
        f"{ORIGIN}\n３\n{'A' * 43}=\n", f"{ORIGIN}\n3\n{'A' * 42}B=\n",
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_checkpoint_is_refused_even_when_signed(body):
    with pytest.raises(NotANote):
        Checkpoint.open(KEY.sign(body), KEY.verifier)


@pytest.mark.parametrize("text", ["no line end", "tab\there\n", "\x00\n"])
def test_only_whole_plain_lines_are_signed(text):
    with pytest.raises(NotANote):
        KEY.sign(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u3000b"])
def test_a_key_name_without_spaces_and_plus_is_demanded(name):
    with pytest.raises(NotANote):
        VerifierKey(name, b"\0" * 32)
