"""A file is what its content says; whatever is neither photo nor sound is refused with a remedy."""

import datetime as dt
import time

import pytest

from shouwang.core.problem import Problem
from shouwang.evidence.content import NotEvidence, TooManyPixels, VideoNotYet, recognise
from shouwang.evidence.metadata import Claimed, claimed_by
from shouwang.evidence.tests import files

RECEIVED = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("data", "kind", "content_type"),
    [
        (files.photo(), "photo", "image/jpeg"),
        (files.photo(form="PNG"), "photo", "image/png"),
        (files.photo(form="WEBP"), "photo", "image/webp"),
        (files.wav(), "audio", "audio/wav"),
        (files.m4a(), "audio", "audio/mp4"),
        (files.webm(), "audio", "audio/webm"),
        (files.ogg(), "audio", "audio/ogg"),
    ],
)
def test_photos_and_recordings_are_recognised(data: bytes, kind: str, content_type: str) -> None:
    found = recognise(data)

    assert (found.kind, found.content_type) == (kind, content_type)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (files.zip_called_jpg(), NotEvidence),
        (files.SVG, NotEvidence),
        (files.gif(), NotEvidence),
        (b"GIF89a" + b"\xff" * 40, NotEvidence),
        (b"%PDF-1.7", NotEvidence),
        (b"MZ\x90\x00", NotEvidence),
        (b"\xff\xd8\xff", NotEvidence),
        (b"\x00" * 100, NotEvidence),
        (b"a" * 10_000_000, NotEvidence),
        (files.png_of(16_000, 13_000), TooManyPixels),
        (files.png_of(60_000, 60_000), TooManyPixels),
        (files.png_of(10_000, 7_000), TooManyPixels),
        (files.webm() + b"V_VP9", VideoNotYet),
    ],
    ids=lambda value: getattr(value, "__name__", None) or f"{len(value)} bytes",
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_anything_else_is_refused_at_once(data: bytes, problem: type[Problem]) -> None:
    began = time.monotonic()

    with pytest.raises(problem) as refused:
        recognise(data)

    assert refused.value.field == "file"
    assert refused.value.message
    assert time.monotonic() - began < 20


def test_place_and_time_come_from_the_metadata() -> None:
    claimed = claimed_by(files.photo(), received_at=RECEIVED)

    assert claimed.at == dt.datetime(2026, 11, 20, 4, 30, tzinfo=dt.UTC)  # 12:30 in Shanghai
    assert claimed.lon == pytest.approx(117.235)
    assert claimed.lat == pytest.approx(28.291667)


@pytest.mark.parametrize("data", [files.photo(exif=False), files.SVG, b"", files.photo()[:300]])
def test_a_file_without_metadata_claims_nothing(data: bytes) -> None:
    assert claimed_by(data, received_at=RECEIVED) == Claimed()


def test_a_time_that_cannot_be_is_no_claim() -> None:
    before_it_was_taken = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

    assert claimed_by(files.photo(), received_at=before_it_was_taken).at is None
