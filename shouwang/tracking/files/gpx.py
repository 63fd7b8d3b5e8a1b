"""GPX 1.0 and 1.1: the points of tracks, with their times.

Read with the parser of Python itself, event by event; a document type is refused, so there are no entities to unfold.
Source  topografix.com/gpx/1/1: lat, lon in WGS-84 degrees, time in UTC, speed (1.0, or an extension) in m/s
"""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

from shouwang.core.problem import Problem
from shouwang.tracking.files.problems import OtherXml, TooManyPositions, XmlBroken, XmlForbidden
from shouwang.tracking.reading import Reading, read_number, read_time

DEEPEST = 32
LONGEST_WORD = 64
TOLD = ("time", "speed", "course")


def read_gpx(text: str, *, most: int) -> tuple[list[Reading], int | None]:
    """(points, the line where the file breaks off, or None).

    Raises  OtherXml, XmlForbidden, XmlBroken, TooManyPositions
    """
    points = _Points(most)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = points.begin, points.end
    parser.CharacterDataHandler = points.say
    parser.StartDoctypeDeclHandler = points.forbid
    try:
        parser.Parse(text.encode(errors="replace"), True)
    except expat.ExpatError as broken:
        if points.found:
            return points.found, broken.lineno
        raise XmlBroken(field="file", line=broken.lineno) from None
    return points.found, None


class _Points:
    """What the parser tells of, one element after the other."""

    def __init__(self, most: int) -> None:
        self.found: list[Reading] = []
        self._most, self._depth = most, 0
        self._point: dict[str, str] | None = None
        self._word: str | None = None

    def begin(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if self._depth == 0 and name != "gpx":
            raise OtherXml(field="file", name=name[:LONGEST_WORD])
        self._depth += 1
        if self._depth > DEEPEST:
            raise XmlForbidden(field="file")
        if name == "trkpt":
            if len(self.found) >= self._most:
                raise TooManyPositions(field="file", most=self._most)
            self._point = {key: value for key, value in given.items() if key in ("lat", "lon")}
        self._word = name if self._point is not None and name in TOLD and name not in self._point else None

    def say(self, text: str) -> None:
        if self._point is not None and self._word is not None:
            self._point[self._word] = (self._point.get(self._word, "") + text)[:LONGEST_WORD]

    def end(self, name: str) -> None:
        self._depth -= 1
        self._word = None
        if self._point is not None and name.rpartition(":")[2] == "trkpt":
            self.found.append(_reading(self._point))
            self._point = None

    def forbid(self, *_told: object) -> None:
        raise XmlForbidden(field="file")


def _reading(told: dict[str, str]) -> Reading:
    """What cannot be read of it is left out; the pipeline says what is missing."""
    reading = Reading(told.get("lon", ""), told.get("lat", ""), None)
    with suppress(Problem):
        reading.at = read_time(told.get("time"), "time")
    with suppress(Problem):
        reading.speed_mps = read_number(told.get("speed"), "speed")
    with suppress(Problem):
        reading.heading_deg = read_number(told.get("course"), "course", most=360)
    return reading
