"""What is shown is drawn anew: upright, small enough, without a word of the metadata, blurred where asked."""

import io

import pytest
from PIL import Image

from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.picturing import NotABox, Unreadable, checked_boxes, copy_of
from shouwang.evidence.sounding import sound_alone
from shouwang.evidence.tests import files


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_copy_has_no_metadata_and_stands_upright() -> None:
    copy = copy_of(files.photo(width=4000, height=3000), CopyForm.SHOWN)

    picture = _picture(copy)
    assert picture.size == (1200, 1600)
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"CANARY" not in copy


def test_the_small_copy_is_small() -> None:
    assert len(copy_of(files.photo(width=4000, height=3000), CopyForm.SMALL)) < 20_000


def test_a_picture_with_holes_is_laid_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    assert _picture(copy_of(out.getvalue(), CopyForm.SHOWN)).getpixel((5, 5)) == (255, 255, 255)


def test_what_is_blurred_cannot_be_read_any_more() -> None:
    stripes = Image.new("L", (400, 400))
    stripes.putdata([255 * (x // 4 % 2) for _ in range(400) for x in range(400)])
    out = io.BytesIO()
    stripes.save(out, "PNG")

    picture = _picture(copy_of(out.getvalue(), CopyForm.SHOWN, [(0.25, 0.25, 0.75, 0.75)])).convert("L")

    def contrast(left: int, top: int, right: int, bottom: int) -> int:
        low, high = picture.crop((left, top, right, bottom)).getextrema()
        return int(high - low)

    assert contrast(120, 120, 280, 280) < 30
    assert contrast(10, 10, 90, 90) > 200


@pytest.mark.parametrize(
    "boxes",
    [
        "x", [[0, 0, 1]], [[0.5, 0, 0.5, 1]], [[0, 0, 2, 1]], [[float("nan"), 0, 1, 1]], [[0, 0, 1, True]],
        41 * [[0, 0, 1, 1]],
    ],
)  # fmt: skip
def test_a_box_outside_the_picture_is_refused(boxes: object) -> None:
    with pytest.raises(NotABox):
        checked_boxes(boxes)


def test_a_photo_that_breaks_off_has_no_copy() -> None:
    with pytest.raises(Unreadable):
        copy_of(files.photo()[:2000], CopyForm.SHOWN)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (files.wav(), "audio/wav"),
        (files.m4a(), "audio/mp4"),
        (files.webm(), "audio/webm"),
        (files.ogg(), "audio/ogg"),
    ],
)
def test_the_copy_of_a_recording_is_its_sound_alone(data: bytes, content_type: str) -> None:
    copy = sound_alone(data, content_type)

    assert b"CANARY" in data
    assert b"CANARY" not in copy
    if content_type != "audio/wav":
        assert b"SOUND" * 40 in copy
    assert sound_alone(copy, content_type) == copy


def test_the_pages_of_a_stripped_recording_have_right_checksums() -> None:
    from shouwang.evidence.sounding import _ogg_checksum, _pages

    pages = list(_pages(sound_alone(files.ogg(), "audio/ogg")))

    for number, (header, body) in enumerate(pages):
        blank = bytearray(header) + body
        blank[22:26] = bytes(4)
        assert int.from_bytes(header[18:22], "little") == number
        assert int.from_bytes(header[22:26], "little") == _ogg_checksum(blank)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (files.m4a()[:-3], "audio/mp4"),
        (files.ogg()[:-3] + b"OggX", "audio/ogg"),
        (files.webm()[:60], "audio/webm"),
    ],
)
def test_a_damaged_recording_has_no_copy(data: bytes, content_type: str) -> None:
    with pytest.raises(Unreadable):
        sound_alone(data, content_type)
