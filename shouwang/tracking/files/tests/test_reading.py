"""Track files are read whatever wrote them; what is none, or means harm, is answered in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.core.problem import Problem
from shouwang.tracking.bringing import read_file
from shouwang.tracking.files.problems import (
    NoDates,
    NoPositions,
    NotATrackFile,
    OtherXml,
    TooManyPositions,
    XmlBroken,
    XmlForbidden,
)
from shouwang.tracking.files.text import as_text
from shouwang.tracking.tests.tracks_as_files import gpx, point, rmc, sealed

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><gpx><trk><name>&c;</name></trk></gpx>"""
OUTSIDE = b"""<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "GBK", "UTF-16"])
def test_gpx_is_read_in_every_encoding(encoding):
    readings, brought = read_file(gpx(NOON, NOON + dt.timedelta(seconds=5), encoding=encoding))

    assert (brought.form, brought.n_read) == ("gpx", 2)
    assert [one.at for one in readings] == [NOON, NOON + dt.timedelta(seconds=5)]
    assert (float(readings[0].lon), float(readings[0].lat), readings[0].speed_mps) == (111.42, 27.69, 3.5)


def test_names_in_another_encoding_than_declared_do_no_harm():
    mixed = gpx(NOON).replace("夜巡".encode(), "夜巡".encode("gb18030"))

    assert read_file(mixed)[0][0].at == NOON


def test_nmea_is_read_and_garbled_sentences_are_counted():
    lines = [rmc(NOON), "$GPGGA,040000,,,,,0,,,,,,,,", rmc(NOON)[:-1] + "0", rmc(NOON, state="V"), sealed("GPRMC,1,A")]

    readings, brought = read_file("\r\n".join(lines).encode())

    assert (brought.form, brought.n_read, brought.dropped["garbled"]) == ("nmea", 4, 2)
    assert readings[0].at == NOON
    assert (readings[0].lon, readings[0].lat) == (pytest.approx(111.42), pytest.approx(27.69))
    assert readings[0].speed_mps == pytest.approx(3.498, abs=0.01)
    assert [one.located for one in readings] == [True, False]


def test_a_gpx_that_breaks_off_is_read_as_far_as_it_goes():
    whole = gpx(NOON, NOON + dt.timedelta(seconds=5))

    readings, brought = read_file(whole[: whole.rfind(b"<time>")])

    assert (len(readings), brought.broken_line) == (1, 4)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", NotATrackFile),
        (b"time,lat,lon\n1,2,3\n", NotATrackFile),
        (b"PK\x03\x04" + bytes(500), NotATrackFile),
        (b"\x0e\x10\xd9\x07.FIT", NotATrackFile),
        (b"<kml><Placemark/></kml>", OtherXml),
        (b"<html><body>404</body></html>", OtherXml),
        (BOMB, XmlForbidden),
        (OUTSIDE, XmlForbidden),
        (b"<gpx>" + b"<a>" * 100_000, XmlForbidden),
        (b"<gpx><trk><trkpt lat='1' lon='2'>", XmlBroken),
        (b"<gpx><wpt lat='27' lon='111'><time>2026-11-22T04:00:00Z</time></wpt></gpx>", NoPositions),
        (sealed("GPGGA,040000.00,2741.4,N,11125.2,E,1,08,1.0,80.0,M,,M,,").encode(), NoDates),
        (gpx().replace(b"\n</trkseg>", (point(NOON) * 60_001).encode() + b"</trkseg>"), TooManyPositions),
        ((rmc(NOON) + "\n").encode() * 60_001, TooManyPositions),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_what_is_no_track_is_answered_in_words(data, wrong):
    with pytest.raises(wrong) as refused:
        read_file(data)

    assert refused.value.message
    assert refused.value.field == "file"


SHREDS = st.sampled_from(
    [b"<gpx>", b"<trkpt lat='1' lon='x'>", b"<trkpt", b"</trkpt>", b"<time>", b"2026-11-22T04:00:00Z", b"99999",
     b"</time>", b"<!DOCTYPE a>", b"<?xml encoding='gbk'?>", b"<![CDATA[", b"&#0;", b"\xff\xfe", b"\xef\xbb\xbf", b"\0",
     b"$GPRMC,", b"$GNGGA,", b"040000", b"A", b",", b"2741.4000", b"N", b"-1.5.", b"E", b"311326", b"*", b"7F", b"\r\n",
     "９９".encode(), rmc(NOON).encode(), point(NOON).encode()]
)  # fmt: skip


@given(
    st.one_of(st.binary(max_size=400), st.lists(st.one_of(SHREDS, st.binary(max_size=5)), max_size=40).map(b"".join))
)
def test_garbage_is_read_or_refused_and_nothing_else(data):
    try:
        readings, brought = read_file(data)
    except Problem:
        return
    assert len(readings) + brought.dropped.total() == brought.n_read


@given(st.binary(max_size=200))
def test_any_bytes_become_text(data):
    assert isinstance(as_text(data), str)
