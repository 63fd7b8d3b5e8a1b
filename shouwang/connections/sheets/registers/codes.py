"""Codes of other police systems, as their sheets carry them; understood here and never kept (tables C5 to C9).

Scheme A of the population categories has one digit, scheme B two, so that neither is taken for the other. Spreadsheets
drop leading zeros: 1 means 01. A code that is in no table is refused like any other word.
"""

from __future__ import annotations

from collections.abc import Mapping

from shouwang.places.elements import ELEMENTS
from shouwang.registry.lists import BuildingUse, Category, DocumentKind, LetFor, Trade, UnitKind


def _read(codes: Mapping[str, str]) -> dict[str, str]:
    """With and without the leading zero, and the words as plain text."""
    return {written: str(meant) for code, meant in codes.items() for written in (code, code.lstrip("0"))}


CATEGORIES = _read({
    "1": Category.REGISTERED, "2": Category.MIGRANT, "3": Category.UNREGISTERED, "4": Category.ABROAD,
    "5": Category.LODGING, "9": Category.OTHER,
    "11": Category.REGISTERED, "12": Category.MIGRANT, "20": Category.ABROAD,
})  # fmt: skip
DOCUMENTS = _read({
    "111": DocumentKind.ID_CARD, "112": DocumentKind.TEMPORARY_ID_CARD, "113": DocumentKind.HOUSEHOLD_BOOKLET,
    "114": DocumentKind.MILITARY_OFFICER_CARD, "115": DocumentKind.ARMED_POLICE_CARD,
    "335": DocumentKind.DRIVING_LICENCE, "414": DocumentKind.PASSPORT, "511": DocumentKind.TAIWAN_PERMIT,
    "513": DocumentKind.HK_MACAO_TRAVEL_PERMIT, "516": DocumentKind.HK_MACAO_RESIDENT_PERMIT,
})  # fmt: skip
BUILDING_USES = _read({
    "01": BuildingUse.DWELLING, "02": BuildingUse.TRADE, "03": BuildingUse.OFFICE, "04": BuildingUse.INDUSTRY,
    "05": BuildingUse.STORAGE, "06": BuildingUse.MIXED, "99": BuildingUse.OTHER, "住房": BuildingUse.DWELLING,
})  # fmt: skip
LET_FOR = _read({
    "01": LetFor.DORMITORY, "02": LetFor.HOUSING, "03": LetFor.SHOP, "05": LetFor.WAREHOUSE, "06": LetFor.WORKSHOP,
    "99": LetFor.OTHER,
})  # fmt: skip
UNIT_KINDS = _read({
    "01": UnitKind.SPECIAL_TRADE, "02": UnitKind.PUBLIC_VENUE, "03": UnitKind.PROTECTED_UNIT,
    "04": UnitKind.DANGEROUS_GOODS_UNIT, "05": UnitKind.INTERNET_VENUE, "06": UnitKind.FOREIGN_RELATED_UNIT,
})  # fmt: skip
TRADES: dict[str, str] = {
    "100": Trade.LODGING_TRADE.value, "旅馆业": Trade.LODGING_TRADE.value, "宾馆": Trade.LODGING_TRADE.value,
    "500": Trade.PRINTING.value, "印刷业": Trade.PRINTING.value,
    "900": Trade.LOCKSMITH.value, "开锁业": Trade.LOCKSMITH.value,
    "公章刻制": Trade.SEAL_ENGRAVING.value, "典当业": Trade.PAWNBROKING.value, "旧货业": Trade.SECOND_HAND.value,
}  # fmt: skip
ADDRESS_ELEMENTS: dict[str, str] = {str(code): name for name, (code, _parents) in ELEMENTS.items()}
