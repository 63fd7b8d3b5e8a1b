"""What a file is, told by its content and by nothing else: name and announced type are not believed."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from shouwang.core.problem import Problem
from shouwang.evidence.models.evidence import EvidenceKind

PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOST_PIXELS = 64_000_000  # the largest phone cameras; decoding more takes the memory of everybody else
VIDEO_MARKS = (b"V_MPEG", b"V_VP8", b"V_VP9", b"V_AV1", b"hdlr\x00\x00\x00\x00\x00\x00\x00\x00vide", b"\x80theora")


class NotEvidence(Problem):
    code, status = "evidence.unknown_content", 415
    says = _(
        "This file was not taken: its content is neither a photo (JPEG, PNG, WebP) nor a recording "
        "(WebM, Ogg, M4A, WAV). Take the photo again, or save it as JPEG. What you wrote is still there."
    )


class TooManyPixels(Problem):
    code, status = "evidence.too_many_pixels", 413
    says = _(
        "This photo was not taken: it has {megapixels} million pixels, at most {limit} fit. "
        "Take it in a smaller size, or send a part of it."
    )


class VideoNotYet(Problem):
    code, status = "evidence.video", 415
    says = _("This file was not taken: it holds a video. Photos and sound can be sent for now.")


@dataclass(frozen=True)
class Found:
    kind: EvidenceKind
    content_type: str


def recognise(data: bytes) -> Found:
    """Raises  NotEvidence, TooManyPixels, VideoNotYet"""
    sound = _sound_type(data)
    if sound is not None:
        if any(mark in data[:200_000] or mark in data[-200_000:] for mark in VIDEO_MARKS):
            raise VideoNotYet(field="file")
        return Found(EvidenceKind.AUDIO, sound)
    return Found(EvidenceKind.PHOTO, _photo_type(data))


def open_photo(data: bytes) -> Image.Image:
    """The picture, its pixels not yet decoded. Raises NotEvidence, TooManyPixels."""
    try:
        picture = Image.open(io.BytesIO(data), formats=list(PHOTO_FORMATS))
    except Image.DecompressionBombError:
        raise TooManyPixels(field="file", megapixels="> 178", limit=MOST_PIXELS // 1_000_000) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise NotEvidence(field="file") from None
    if picture.width * picture.height > MOST_PIXELS:
        megapixels = round(picture.width * picture.height / 1_000_000)
        raise TooManyPixels(field="file", megapixels=megapixels, limit=MOST_PIXELS // 1_000_000)
    return picture


def _photo_type(data: bytes) -> str:
    return PHOTO_FORMATS[str(open_photo(data).format)]


def _sound_type(data: bytes) -> str | None:
    if data[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in data[:64]:
        return "audio/webm"
    if data[:4] == b"OggS":
        return "audio/ogg"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp" and data[8:12] in (b"M4A ", b"mp42", b"isom", b"iso5", b"dash"):
        return "audio/mp4"
    return None
