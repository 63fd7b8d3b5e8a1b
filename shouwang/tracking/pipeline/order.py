"""Step: late ones are kept as late and never move the live marker; so are jumps nobody can drive. Pure."""

from __future__ import annotations

import datetime as dt

from shouwang.core.geo import metres_between
from shouwang.tracking.pipeline.passing import Passing, Seen

LIVE_WITHIN = dt.timedelta(minutes=5)
FASTEST_MPS = 70.0  # 250 km/h
SLACK_M = 200.0  # two poor fixes may differ so much without anybody having moved


def order(passing: Passing) -> Passing:
    last = passing.known.last
    late = passing.time < passing.received_at - LIVE_WITHIN or (last is not None and passing.time < last.at)
    passing.live = not late and (jump_is_believed(passing) or not jumps(last, passing.seen))
    return passing


def jumps(last: Seen | None, now: Seen) -> bool:
    """Whether nobody could have driven from there to here in that time."""
    if last is None:
        return False
    seconds = max((now.at - last.at).total_seconds(), 0.0)
    return metres_between(last.lon, last.lat, now.lon, now.lat) > SLACK_M + FASTEST_MPS * seconds


def jump_is_believed(passing: Passing) -> bool:
    """The reading before was as far away and agrees with this one: then the marker was wrong, not they."""
    doubted = passing.known.doubted
    return doubted is not None and doubted.at <= passing.time and not jumps(doubted, passing.seen)
