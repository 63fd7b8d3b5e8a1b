"""Numbers carry their unit in the name; these turn one into another."""

from __future__ import annotations

MPS_PER_KNOT = 1852 / 3600


def mps_of_kmh(speed_kmh: float) -> float:
    """Metres a second."""
    return speed_kmh / 3.6


def kmh_of_mps(speed_mps: float) -> float:
    """Kilometres an hour."""
    return speed_mps * 3.6


def mps_of_knots(speed_knots: float) -> float:
    """Metres a second. Source: the international knot, 1852 m an hour (OsmAnd and Traccar clients send knots)."""
    return speed_knots * MPS_PER_KNOT


def share_of_percent(percent: float) -> float:
    """0–1, kept inside: some phones report a battery of 101 %."""
    return min(1.0, max(0.0, percent / 100))


def whole_minutes(seconds: float) -> int:
    """Minutes as a person counts them: 89 s is one minute, 90 s are two."""
    return int(seconds / 60 + 0.5)
