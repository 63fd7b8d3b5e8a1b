"""How large grids should be, by the kind of place (GRD-09). Numbers to start from; the one who asks may change them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMITTEE_LAW = (100, 700)  # households of a residents' committee (Residents' Committees Law, 6): shown, not enforced
VILLAGES_FROM, VILLAGES_TO = 200, 399  # third segment of a division code (GRD-03)


@dataclass(frozen=True)
class Limits:
    """Households of a grid, and how many grids a community is cut into."""

    lower: int
    upper: int
    fewest: int
    most: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Preset:
    key: str
    label: Promise
    limits: Limits


PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset("town", _("In town"), Limits(300, 500, 5, 8)),
        Preset("country", _("In the country: about a villagers’ group a grid"), Limits(20, 200, 2, 12)),
    )
}


def preset_of(code: str, urban_rural_code: str = "") -> Preset:
    """By what statistics count the community as (2 …: country); where nobody has said, by its code: villages from 200.

    Why not the code alone  a committee under 001–199 may be a village, one under 200–399 none (GRD-03).
    """
    if urban_rural_code:
        return PRESETS["country" if urban_rural_code.startswith("2") else "town"]
    last = code[-3:]
    country = len(code) == 12 and last.isdigit() and VILLAGES_FROM <= int(last) <= VILLAGES_TO
    return PRESETS["country" if country else "town"]


def limits_from(told: dict[str, Any]) -> Limits:
    return Limits(int(told["lower"]), int(told["upper"]), int(told["fewest"]), int(told["most"]))
