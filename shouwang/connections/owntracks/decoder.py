"""OwnTracks over HTTP: JSON with `_type`; only `location` concerns us. The token is the password of Basic sign-in.

Source  owntracks.org/booklet/tech/http and /json: tst in seconds, vel in km/h, cog in degrees, batt in percent
"""

from __future__ import annotations

import base64
import binascii
import json

from shouwang.tracking.reading import BodyUnreadable, Reading, needed, read_number, read_time
from shouwang.tracking.sources import Decoded, Incoming, Source

KMH_MPS = 1 / 3.6


def decode(incoming: Incoming) -> Decoded:
    """Raises FieldMissing, NotANumber, TimeUnreadable, BodyUnreadable"""
    token = _password(incoming.headers.get("authorization", "")) or incoming.query.get("id", "")
    if not incoming.body.strip():  # a friend was removed in the app
        return Decoded(token, ())
    try:
        given = json.loads(incoming.body)
        kind = given.get("_type")
    except (ValueError, AttributeError, RecursionError):
        raise BodyUnreadable(field="body", format="OwnTracks JSON") from None
    if kind == "encrypted":
        raise BodyUnreadable(field="_type", format="OwnTracks JSON")
    if kind != "location":  # last will, transitions, waypoints, status: nothing of it is a position on duty
        return Decoded(token, ())
    reading = Reading(
        lon=needed(given.get("lon"), "lon"),
        lat=needed(given.get("lat"), "lat"),
        at=read_time(needed(given.get("tst"), "tst"), "tst"),
        speed_mps=read_number(given.get("vel"), "vel", scale=KMH_MPS),
        heading_deg=read_number(given.get("cog"), "cog", most=360),
        accuracy_m=read_number(given.get("acc"), "acc"),
        battery_share=read_number(given.get("batt"), "batt", scale=0.01, most=1),
    )
    return Decoded(token, (reading,))


def _password(header: str) -> str:
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(coded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


OWNTRACKS = Source("owntracks", ("POST",), decode, accepted="[]", patient=True)
