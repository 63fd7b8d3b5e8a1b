"""OsmAnd: query or form (`id`, `lat`, `lon`, `timestamp` …), or the JSON of Traccar Client from version 9.

Source  traccar.org/osmand: speed in knots in the query form, in m/s in JSON; battery in percent, in JSON as a share
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from shouwang.tracking.reading import BodyUnreadable, Reading, needed, read_number, read_time
from shouwang.tracking.sources import Decoded, Incoming, Source

KNOT_MPS = 0.514444
NOT_VALID = ("false", "0", "no")


def decode(incoming: Incoming) -> Decoded:
    """Raises FieldMissing, NotANumber, TimeUnreadable, BodyUnreadable"""
    if "json" in incoming.headers.get("content-type", ""):
        return _decode_json(incoming.body)
    given = {**incoming.query, **incoming.form}
    token = needed(given.get("id") or given.get("deviceid"), "id")
    lat, lon = given.get("lat"), given.get("lon")
    if "location" in given and "," in given["location"]:
        lat, lon = given["location"].split(",", 1)
    battery = read_number(given.get("batt") or given.get("battery"), "batt", scale=0.01, most=1)
    reading = Reading(
        lon=needed(lon, "lon"),
        lat=needed(lat, "lat"),
        at=read_time(given.get("timestamp"), "timestamp"),
        speed_mps=read_number(given.get("speed"), "speed", scale=KNOT_MPS),
        heading_deg=read_number(given.get("bearing") or given.get("heading"), "bearing", most=360),
        accuracy_m=read_number(given.get("accuracy"), "accuracy"),
        battery_share=battery,
        located=given.get("valid", "true").strip().lower() not in NOT_VALID,
    )
    return Decoded(str(token), (reading,))


def _decode_json(body: bytes) -> Decoded:
    try:
        given = json.loads(body)
        location, coords = given["location"], given["location"]["coords"]
        token = given.get("device_id")
        battery = location.get("battery") or {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BodyUnreadable(field="body", format="Traccar JSON") from None
    return Decoded(str(needed(token, "device_id")), (_reading(location, coords, battery),))


def _reading(location: Mapping[str, Any], coords: Any, battery: Any) -> Reading:
    if not isinstance(coords, Mapping) or not isinstance(battery, Mapping):
        raise BodyUnreadable(field="body", format="Traccar JSON")
    return Reading(
        lon=needed(coords.get("longitude"), "longitude"),
        lat=needed(coords.get("latitude"), "latitude"),
        at=read_time(location.get("timestamp"), "timestamp"),
        speed_mps=read_number(coords.get("speed"), "speed"),
        heading_deg=read_number(coords.get("heading"), "heading", most=360),
        accuracy_m=read_number(coords.get("accuracy"), "accuracy"),
        battery_share=read_number(battery.get("level"), "battery", most=1),
    )


OSMAND = Source("osmand", ("GET", "POST"), decode, accepted="OK")
