"""0x0200 and 0x0704: the bytes of published frames, and what terminals send that is none."""

import contextlib
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.connections.jt808.frames import FrameError
from shouwang.connections.jt808.positions import (
    Position,
    read_batch,
    read_position,
    read_time,
    write_batch,
    write_position,
)
from shouwang.connections.jt808.reading import decode_line

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # nothing fails on a time
ROOT = Path(__file__).resolve().parents[4]
FRAMES = ROOT.parent / "shared" / "data" / "jt808" / "traccar_frames.jsonl"
OUTSIDE = ROOT.parent / "shared" / "checks" / "jt808.py"

made = st.builds(
    Position,
    alarm=st.integers(0, 2**32 - 1),
    status=st.just(0x3),
    lat=st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1e6),
    lon=st.integers(-180_000_000, 180_000_000).map(lambda n: n / 1e6),
    altitude_m=st.integers(0, 9000),
    speed_kmh=st.integers(0, 3000).map(lambda n: n / 10),
    heading_deg=st.integers(0, 359),
    at=st.integers(978_307_200, 4_039_372_800).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)),
)


@UNHURRIED
@given(st.lists(made, max_size=9))
def test_a_batch_gives_back_what_was_put_in(positions):
    found = read_batch(write_batch(positions))
    assert [(p.lat, p.lon, p.at, p.speed_kmh, p.alarm) for p in found] == [
        (p.lat, p.lon, p.at, p.speed_kmh, p.alarm) for p in positions
    ]


def test_items_behind_the_position_are_named_and_a_broken_tail_is_left_out():
    basic = write_position(Position(0, 3, 27.7, 111.4, 0, 0.0, 0, dt.datetime(2026, 11, 22, tzinfo=dt.UTC)))
    found = read_position(basic + bytes.fromhex("0104000003e8 30011f 31010c e1020072 2b0f".replace(" ", "")))
    assert found.extras == {"mileage_km": 100.0, "signal": 31, "satellites": 12, "e1": "0072"}


def test_a_time_that_is_none_is_said_to_be_none():
    assert read_time(bytes.fromhex("261322000000")) is None
    assert read_time(bytes.fromhex("26aa22000000")) is None
    assert read_time(bytes.fromhex("261122080000")) == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_a_batch_that_announces_more_than_it_holds_is_refused():
    with pytest.raises(FrameError, match="announced"):
        read_batch(bytes.fromhex("000301") + write_batch([])[3:])


@UNHURRIED
@given(st.binary(max_size=300))
def test_no_body_breaks_the_readers(body):
    for read in (read_position, read_batch):
        with contextlib.suppress(FrameError):
            read(body)


@pytest.mark.skipif(not OUTSIDE.exists(), reason="the outside check is not beside this checkout")
def test_the_outside_check_of_frames_finds_nothing():
    done = subprocess.run([sys.executable, OUTSIDE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not FRAMES.exists(), reason="published frames are not beside this checkout")
def test_published_frames_give_the_places_that_their_authors_expect():
    rows = [json.loads(line) for line in FRAMES.read_text().splitlines()]
    sound = [row for row in rows if row["frame_kind"] == "full_frame_checksum_ok"]
    asked = [row for row in sound if row["msg_id"] in ("0x0200", "0x0704") and row["expect"].startswith("position")]
    assert len(asked) >= 5
    for row in asked:
        raw = bytes.fromhex(row["frame_hex"])
        wire = raw[1:-1].replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")
        found = decode_line((b"\x7e" + wire + b"\x7e").hex())
        places = found.get("positions", [found])
        assert places, row
        assert all(-90 <= p["lat"] <= 90 and -180 <= p["lon"] <= 180 for p in places), row


@pytest.mark.item("S-CMD-005")
def test_the_command_reads_frames_line_by_line_and_names_what_it_cannot_read():
    good = (
        "7e02000032000000000000022500000000000c000200000000000000000071000001462606151057250104000000643001"
        "1f31010ce10200722b04ab560000487e"
    )
    lines = [good, good.replace("487e", "497e"), "zz", ""]
    done = subprocess.run(
        [str(ROOT / "bin" / "shouwang"), "jt808", "--decode"], input="\n".join(lines), capture_output=True, text=True
    )
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["msg_id"], first["heading_deg"], first["extras"]["satellites"]) == ("0x0200", 326, 12)
    assert (second["code"], third["code"]) == ("check", "hex")
