"""Bytes on the wire: escapes, checks, versions, and what is no frame at all."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.connections.jt808.frames import Frame, FrameError, Splitter, read_frame, write_frame

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # nothing fails on a time
PLAIN = Frame(0x0200, "13900000001", 7, b"\x7e\x7d\x00\x02")


def refused(wire: bytes) -> str:
    with pytest.raises(FrameError) as problem:
        read_frame(wire)
    return problem.value.code


def test_the_example_of_the_standard_is_unescaped():
    """307e087d55 travels as 307d02087d0155 between its marks."""
    assert b"\x30\x7d\x02\x08\x7d\x01\x55" in write_frame(Frame(0x0002, "1", 1, b"\x30\x7e\x08\x7d\x55"))


@UNHURRIED
@given(
    st.builds(
        Frame,
        msg_id=st.integers(0, 0xFFFF),
        phone=st.integers(1, 10**12 - 1).map(str),
        serial=st.integers(0, 0xFFFF),
        body=st.binary(max_size=1023),
        version=st.none() | st.integers(0, 255),
    )
)
def test_what_is_written_is_read_again(frame):
    assert read_frame(write_frame(frame)) == frame


def test_a_part_says_which_of_how_many():
    part = Frame(0x0704, "13900000001", 9, b"abc", total=3, index=2)
    assert read_frame(write_frame(part)) == part


def test_a_number_of_twenty_digits_travels_in_the_version_of_2019():
    long = Frame(0x0002, "12345678901234567890", 1, b"", version=1)
    assert read_frame(write_frame(long)).phone == "12345678901234567890"
    with pytest.raises(FrameError):
        write_frame(Frame(0x0002, "12345678901234567890", 1, b""))


@UNHURRIED
@given(st.integers(1, len(write_frame(PLAIN)) - 2), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place, change):
    wire = bytearray(write_frame(PLAIN))
    wire[place] ^= change
    with contextlib.suppress(FrameError):
        assert read_frame(bytes(wire)) != PLAIN


def test_each_fault_has_its_name():
    good = write_frame(PLAIN)
    assert refused(b"\x7e\x7e") == "empty"
    assert refused(b"\x7e" + bytes(5) + b"\x7e") == "short"
    assert refused(good[:-2] + bytes([good[-2] ^ 1]) + good[-1:]) == "check"
    assert refused(b"\x7e" + b"\x00" * 12 + b"\x7d\x05\x7e") == "escape"
    assert refused(b"\x7e" + bytes(3000) + b"\x7e") == "too_long"
    assert refused(bytes.fromhex("7e 0002 0400 013900000001 0001 00 7e".replace(" ", ""))) in ("check", "ciphered")
    lying = bytearray(b"\x00\x02\x00\x05\x01\x39\x00\x00\x00\x01\x00\x01")
    check = 0
    for byte in lying:
        check ^= byte
    assert refused(b"\x7e" + bytes(lying) + bytes([check]) + b"\x7e") == "length"


@UNHURRIED
@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(data):
    with contextlib.suppress(FrameError):
        read_frame(data)


@UNHURRIED
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8), st.integers(1, 17), st.binary(max_size=20))
def test_a_stream_is_cut_into_its_frames_however_it_arrives(bodies, chunk, rubbish):
    wires = [write_frame(Frame(0x0200, "13900000001", n, body)) for n, body in enumerate(bodies)]
    stream = rubbish.replace(b"\x7e", b"") + b"".join(wires)
    splitter, found = Splitter(), []
    for start in range(0, len(stream), chunk):
        found += splitter.feed(stream[start : start + chunk])
    readable = []
    for one in found:
        try:
            readable.append(read_frame(one).body)
        except FrameError:
            continue
    assert readable == bodies


def test_a_frame_without_an_end_is_dropped_and_the_next_one_is_read():
    splitter = Splitter()
    assert splitter.feed(b"\x7e" + b"\x41" * 5000) == []
    assert splitter.skipped >= 5000
    assert len(splitter.feed(write_frame(PLAIN))) == 1
