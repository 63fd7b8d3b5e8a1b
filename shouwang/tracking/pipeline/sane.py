"""Step: is this a place and a time at all (DEV-03)? Pure."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.tracking.pipeline.passing import Passing

CLOCK_ERROR = dt.timedelta(minutes=5)
NOBODY_BEFORE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)  # a clock that was never set: 1970, 1980, 2000, 2016
MARGIN_DEG = 0.05  # some 5 km around the town


class NoFix(Problem):
    code, status = "ingest.no_fix", 400
    says = _("The device has no position yet (“valid” is false). Wait until it has one.")


class OutsideTown(Problem):
    code, status = "ingest.outside", 400
    says = _("This position lies outside the town. Check that lon and lat are WGS-84 and in their own fields.")


class TimeInFuture(Problem):
    code, status = "ingest.future", 400
    says = _("The time lies in the future. Set the device's clock; five minutes of error are allowed.")


class ClockNotSet(Problem):
    code, status = "ingest.clock_not_set", 400
    says = _("The device's clock was never set: it says {year}. Set it, or let it take the time from the network.")


def sane(passing: Passing) -> Passing:
    """Raises NoFix, geo problems, OutsideTown, TimeInFuture, ClockNotSet."""
    if not passing.reading.located:
        raise NoFix(field="valid")
    lon, lat = check_lonlat(passing.reading.lon, passing.reading.lat, field="lon, lat")
    if passing.box is not None:
        west, south, east, north = passing.box
        if not (west - MARGIN_DEG <= lon <= east + MARGIN_DEG and south - MARGIN_DEG <= lat <= north + MARGIN_DEG):
            raise OutsideTown(field="lon, lat")
    at = passing.reading.at or passing.received_at
    if at < NOBODY_BEFORE:
        raise ClockNotSet(field="timestamp", year=at.year)
    if at > passing.received_at + CLOCK_ERROR:
        raise TimeInFuture(field="timestamp")
    passing.lon, passing.lat, passing.at = lon, lat, min(at, passing.received_at)
    return passing
