"""Place and time that a photo claims about itself: facts of the matter, for those who handle it."""

from __future__ import annotations

import datetime as dt
import math
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags

from shouwang.core.clock import SHANGHAI
from shouwang.evidence.content import open_photo

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Claimed:
    """Each part is None where the file does not say it, or says something that cannot be."""

    at: dt.datetime | None = None
    lon: float | None = None
    lat: float | None = None


def claimed_by(photo: bytes, *, received_at: dt.datetime) -> Claimed:
    """What the metadata of `photo` say. Never fails: broken metadata are no metadata."""
    with suppress(Exception):  # an EXIF block is anybody's bytes; Pillow's readers raise a dozen kinds of errors
        exif = open_photo(photo).getexif()
        lon, lat = _place(dict(exif.get_ifd(ExifTags.IFD.GPSInfo)))
        return Claimed(_time(dict(exif.get_ifd(ExifTags.IFD.Exif)), received_at), lon, lat)
    return Claimed()


def _time(exif: dict[int, Any], received_at: dt.datetime) -> dt.datetime | None:
    """Source  EXIF 2.31: DateTimeOriginal is local time, OffsetTimeOriginal its zone; without one, Shanghai."""
    with suppress(ValueError, TypeError):
        text, zone = exif[0x9003], exif.get(0x9011)
        local = dt.datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (the zone is added below)
        offset = dt.datetime.strptime(zone, "%z").tzinfo if zone else SHANGHAI
        at = local.replace(tzinfo=offset).astimezone(dt.UTC)
        return at if EARLIEST <= at <= received_at + dt.timedelta(days=1) else None
    return None


def _place(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    lat, lon = _degrees(gps.get(2), gps.get(1), "S"), _degrees(gps.get(4), gps.get(3), "W")
    if lat is None or lon is None or (lat, lon) == (0, 0) or abs(lat) > 90 or abs(lon) > 180:
        return None, None
    return lon, lat


def _degrees(parts: Any, half: Any, negative: str) -> float | None:
    with suppress(TypeError, ValueError, ZeroDivisionError):
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
        if math.isfinite(value):
            return -value if half == negative else value
    return None
