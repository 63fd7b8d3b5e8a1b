"""Cards read from a picture of their square codes: those of a desk that did not come back."""

from __future__ import annotations

from typing import IO

import zxingcpp
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from shouwang.core.problem import Problem
from shouwang.dispatch.cards.coding import Written, decoded

MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class NoCodeSeen(Problem):
    code, status = "card.no_code_seen", 400
    says = _("No square code was seen in “{name}”. Hold the camera straight above the card, in good light.")


class NotAPicture(Problem):
    code, status = "card.not_a_picture", 400
    says = _("“{name}” is no picture that can be read here. Send a JPEG or PNG.")


def cards_in(picture: IO[bytes], name: str) -> list[Written]:
    """Every card in the picture. Raises NotAPicture, NoCodeSeen, NotACard, CardDamaged"""
    try:
        opened = Image.open(picture, formats=FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise NotAPicture(name=name[:60])
        grey = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, Image.DecompressionBombError) as fault:
        raise NotAPicture(name=name[:60]) from fault
    seen = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not seen:
        raise NoCodeSeen(name=name[:60])
    return [decoded(one.text) for one in seen]
