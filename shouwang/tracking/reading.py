"""One position report as a device sent it, in our units; and how the words of devices become numbers and times."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

MS_FROM = 100_000_000_000  # an epoch number from here on counts milliseconds: in seconds it would be the year 5138


class FieldMissing(Problem):
    code, status = "ingest.missing", 400
    says = _("“{what}” is missing. Send it with each position.")


class NotANumber(Problem):
    code, status = "ingest.not_a_number", 400
    says = _("“{what}” is “{value}”; it must be a number.")


class TimeUnreadable(Problem):
    code, status = "ingest.time_unreadable", 400
    says = _(
        "“{what}” is “{value}”; send seconds or milliseconds since 1970, or ISO 8601 like 2026-11-22T21:47:00+08:00."
    )


class BodyUnreadable(Problem):
    code, status = "ingest.unreadable", 400
    says = _("The message could not be read as {format}. Check which format the app is set to.")


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Reading:
    """Degrees WGS-84, metres, seconds; `at` None: the device did not say, so the time of receipt counts."""

    lon: Any
    lat: Any
    at: dt.datetime | None
    speed_mps: float | None = None
    heading_deg: float | None = None
    accuracy_m: float | None = None
    battery_share: float | None = None
    located: bool = True


def read_time(value: Any, what: str) -> dt.datetime | None:
    """An instant from seconds or milliseconds since 1970, or ISO 8601; without a zone it is UTC. Empty: None."""
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return _read_iso(text, what)
    try:
        return dt.datetime.fromtimestamp(number / 1000 if abs(number) >= MS_FROM else number, dt.UTC)
    except (OverflowError, OSError, ValueError):
        raise TimeUnreadable(field=what, what=what, value=text[:40]) from None


def _read_iso(text: str, what: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text.replace(" ", "T", 1).replace("T+", "+"))
    except ValueError:
        raise TimeUnreadable(field=what, what=what, value=text[:40]) from None
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def read_number(value: Any, what: str, *, scale: float = 1.0, most: float | None = None) -> float | None:
    """A number that may be left out; what devices send for "unknown" (empty, negative) is None. Raises NotANumber."""
    if value is None or str(value).strip() == "":
        return None
    try:
        number = float(value) * scale
    except (TypeError, ValueError):
        raise NotANumber(field=what, what=what, value=str(value)[:20]) from None
    if not math.isfinite(number):
        raise NotANumber(field=what, what=what, value=str(value)[:20])
    if number < 0 or (most is not None and number > most):
        return None
    return number


def needed(value: Any, what: str) -> Any:
    """The value itself. Raises FieldMissing when there is none."""
    if value is None or str(value).strip() == "":
        raise FieldMissing(field=what, what=what)
    return value
