"""The ways of a matter's units as files that other tools read: GeoJSON and GPX. A gap is a gap in both."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID
from xml.etree import ElementTree as ET

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.duty.models import Unit
from shouwang.evidence import storage
from shouwang.people.access import Verb, spans, within
from shouwang.tracking.keeping import keepings_seen_by, stretches_of
from shouwang.tracking.models import Fix, KeepingState, TrackArchive
from shouwang.tracking.parquet import unpack

GAP = dt.timedelta(minutes=2)  # longer without a position: the line is broken
GPX = "http://www.topografix.com/GPX/1/1"


@dataclass(frozen=True)
class Way:
    """One unit while it was on the matter. `archive`: the digest of the sealed file it was read from, if it was."""

    unit: Unit
    fixes: list[Fix]
    archive: str = ""

    def parts(self) -> Iterator[list[Fix]]:
        """Without gaps."""
        part: list[Fix] = []
        for fix in self.fixes:
            if part and fix.at - part[-1].at > GAP:
                yield part
                part = []
            part.append(fix)
        if part:
            yield part


def ways_of(matter: UUID, by: Actor, at: dt.datetime, most: int) -> list[Way]:
    """Of units at which `by` may look back: what is still there, and what it keeps. At most `most` + 1 fixes."""
    stretches = stretches_of(matter, at)
    archives = list(
        TrackArchive.objects.filter(
            keeping__in=keepings_seen_by(by, at), keeping__matter=matter, keeping__state=KeepingState.KEPT,
            keeping__retain_until__gt=local_date(at),
        ).order_by("starts_at")
    )  # fmt: skip
    ids = {unit for unit, _start, _end in stretches} | {one.unit for one in archives}
    units = Unit.objects.filter(within(spans(by, Verb.PAST_REPLAY, at)), pk__in=ids).in_bulk()
    ways, room = [], most + 1
    for one in archives:
        if one.unit in units and room > 0:
            fixes = unpack(storage.fetch(one.pk, one.stored, one.wrapped_key))[:room]
            ways.append(Way(units[one.unit], fixes, one.fingerprint))
            room -= len(fixes)
    for unit, start, end in sorted(stretches, key=lambda row: row[1]):
        if unit in units and room > 0:
            rows = Fix.objects.filter(unit=unit, at__gte=start, at__lt=end).order_by("at")
            fixes = list(rows[:room])
            room -= len(fixes)
            if fixes:
                ways.append(Way(units[unit], fixes))
    return ways


def as_geojson(ways: Iterable[Way]) -> bytes:
    features = [_feature(way, part) for way in ways for part in way.parts()]
    return _json({"type": "FeatureCollection", "features": features})


def as_gpx(ways: Iterable[Way]) -> bytes:
    root = ET.Element("gpx", {"version": "1.1", "creator": "Shouwang", "xmlns": GPX})
    for way in ways:
        track = ET.SubElement(root, "trk")
        ET.SubElement(track, "name").text = way.unit.name
        for part in way.parts():
            segment = ET.SubElement(track, "trkseg")
            for fix in part:
                point = ET.SubElement(segment, "trkpt", {"lat": f"{fix.lat:.6f}", "lon": f"{fix.lon:.6f}"})
                ET.SubElement(point, "time").text = _utc(fix.at)
    ET.indent(root)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw + b"\n"


def _feature(way: Way, part: Sequence[Fix]) -> dict[str, object]:
    line = [[round(fix.lon, 6), round(fix.lat, 6)] for fix in part]
    shape = {"type": "LineString", "coordinates": line} if len(line) > 1 else {"type": "Point", "coordinates": line[0]}
    told = {"unit": way.unit.name, "times": [_utc(fix.at) for fix in part], "archive_sha256": way.archive or None}
    return {"type": "Feature", "geometry": shape, "properties": told}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
