"""The copy of a photo that is shown: decoded and drawn anew, so that only what can be seen is left."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFilter, ImageOps

from shouwang.core.problem import Problem
from shouwang.evidence.content import open_photo
from shouwang.evidence.models.files import CopyForm

LONGEST_EDGE_PX = {CopyForm.SHOWN: 1600, CopyForm.SMALL: 320}
QUALITY = 82
MOST_BOXES = 40
BLOCKS = 6  # a blurred box keeps this many blocks along its longer side: too few for anybody to be known by

Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of width and height


class NotABox(Problem):
    code, status = "evidence.not_a_box", 400
    says = _("This part cannot be blurred. Mark it again, inside the picture, with some width and height.")


class Unreadable(Exception):
    """The picture breaks off or is damaged; it is kept as received and no copy is made."""


def copy_of(photo: bytes, form: CopyForm, boxes: Sequence[Box] = ()) -> bytes:
    """A JPEG of at most the form's size, upright, without metadata, with `boxes` made unrecognisable.

    Raises  Unreadable
    """
    edge = LONGEST_EDGE_PX[form]
    try:
        picture = open_photo(photo)
        picture.draft("RGB", (edge, edge))  # a JPEG is decoded at a fraction of its size
        picture = ImageOps.exif_transpose(picture)
        picture = _on_white(picture)
    except Exception as fault:  # anybody's bytes: Pillow's decoders raise a dozen kinds of errors
        raise Unreadable from fault
    picture.thumbnail((edge, edge))
    for box in boxes:
        _blur(picture, box)
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def checked_boxes(boxes: object) -> list[Box]:
    """Raises  NotABox"""
    if not isinstance(boxes, list) or len(boxes) > MOST_BOXES:
        raise NotABox(field="boxes")
    return [_checked(box) for box in boxes]


def _checked(box: object) -> Box:
    if not isinstance(box, (list, tuple)) or len(box) != 4:
        raise NotABox(field="boxes")
    if not all(isinstance(edge, (int, float)) and not isinstance(edge, bool) and 0 <= edge <= 1 for edge in box):
        raise NotABox(field="boxes")
    left, top, right, bottom = (float(edge) for edge in box)
    if right <= left or bottom <= top:
        raise NotABox(field="boxes")
    return left, top, right, bottom


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return picture.convert("RGB")


def _blur(picture: Image.Image, box: Box) -> None:
    """Averaged into a few blocks and softened: what was there cannot be worked out again."""
    left, top = int(box[0] * picture.width), int(box[1] * picture.height)
    right = max(left + 1, min(picture.width, round(box[2] * picture.width + 0.5)))
    bottom = max(top + 1, min(picture.height, round(box[3] * picture.height + 0.5)))
    part = picture.crop((left, top, right, bottom))
    scale = BLOCKS / max(part.size)
    few = part.resize((max(1, round(part.width * scale)), max(1, round(part.height * scale))), Image.Resampling.BOX)
    soft = few.resize(part.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(max(part.size) / 20))
    picture.paste(soft, (left, top))
