"""Codes of areas (GRD-01 … GRD-05): what each scheme allows on each tier, and what it says about the parent. Pure."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from shouwang.places.models.area import Scheme, Tier

TOWNSHIP_KINDS = {range(1, 100): "street_office", range(100, 200): "town", range(200, 400): "township",
                  range(400, 600): "joint_unit"}  # table C2  # fmt: skip
COMMITTEE_KINDS = {range(1, 200): "residents_committee", range(200, 400): "villagers_committee",
                   range(400, 500): "like_residents", range(500, 600): "like_villagers"}  # GRD-03  # fmt: skip
KIND_WORDS = {
    "street_office": pgettext_lazy("division", "Street"), "town": pgettext_lazy("division", "Town"),
    "township": pgettext_lazy("division", "Township"), "joint_unit": pgettext_lazy("division", "Joint unit"),
    "residents_committee": pgettext_lazy("division", "Residents’ committee"),
    "villagers_committee": pgettext_lazy("division", "Villagers’ committee"),
    "like_residents": pgettext_lazy("division", "Like a residents’ committee"),
    "like_villagers": pgettext_lazy("division", "Like a villagers’ committee"),
}  # fmt: skip
USUAL = {Tier.COUNTY: Scheme.NBS12, Tier.TOWNSHIP: Scheme.NBS12, Tier.COMMUNITY: Scheme.NBS12, Tier.GRID: Scheme.GRID15}
ALLOWED = {
    Tier.COUNTY: {Scheme.NBS12, Scheme.OWN},
    Tier.TOWNSHIP: {Scheme.NBS12, Scheme.OWN},
    Tier.COMMUNITY: {Scheme.NBS12, Scheme.GA15, Scheme.OWN},
    Tier.GRID: {Scheme.GRID15, Scheme.OWN},
}
LONGEST_OWN = 24


def usual_scheme(tier: Tier) -> Scheme:
    """The scheme of a code where none is named: by tier, never by the code's length (GRD-08)."""
    return USUAL.get(tier, Scheme.OWN)


def township_kind(code: str) -> str | None:
    """What the second segment of a statistical code says; None outside every range."""
    return _kind(TOWNSHIP_KINDS, code[6:9])


def committee_kind(code: str) -> str | None:
    """What the third segment says; None outside every range."""
    return _kind(COMMITTEE_KINDS, code[9:12])


def kind_words(code: str, scheme: str, tier: str) -> Promise | str:
    """What a statistical code says an area is; "" where it says nothing (GRD-02, GRD-03)."""
    if scheme != Scheme.NBS12 or tier not in (Tier.TOWNSHIP, Tier.COMMUNITY):
        return ""
    kind = township_kind(code) if tier == Tier.TOWNSHIP else committee_kind(code)
    return KIND_WORDS[kind] if kind else ""


def fits(code: str, scheme: Scheme, tier: Tier) -> bool:
    """Whether an area of that tier may bear this code of this scheme."""
    if scheme not in ALLOWED.get(tier, {Scheme.OWN}):
        return False
    if scheme == Scheme.OWN:
        return 0 < len(code) <= LONGEST_OWN and code.isprintable() and not set(code) & set(" /\\\"'<>")
    if not (code.isascii() and code.isdigit() and len(code) == (12 if scheme == Scheme.NBS12 else 15)):
        return False
    if scheme == Scheme.NBS12:
        return _is_division(code, tier)
    if scheme == Scheme.GRID15:
        return _is_division(code[:12], Tier.COMMUNITY) and code[12:] != "000"
    return code[:2] != "00"


def parent_code(code: str, scheme: Scheme, tier: Tier) -> str | None:
    """The statistical code of the area right above, as far as the code tells: of the township, of the committee."""
    if scheme == Scheme.GRID15:
        return code[:12]
    if scheme != Scheme.NBS12:
        return None
    return {Tier.TOWNSHIP: f"{code[:6]}000000", Tier.COMMUNITY: f"{code[:9]}000"}.get(tier)


def _is_division(code: str, tier: Tier) -> bool:
    """County: the rest zero. Township: a known kind, the committee zero. Committee: both known."""
    if code[:2] == "00" or code[2:6] == "0000":
        return False
    if tier == Tier.COUNTY:
        return code[6:] == "000000"
    if township_kind(code) is None:
        return False
    return code[9:] == "000" if tier == Tier.TOWNSHIP else committee_kind(code) is not None


def _kind(table: dict[range, str], digits: str) -> str | None:
    return next((kind for numbers, kind in table.items() if int(digits) in numbers), None)
