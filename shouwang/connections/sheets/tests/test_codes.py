"""Sheets of other systems carry codes; each means one of our own words, and a code that is in no table means none."""

from __future__ import annotations

import pytest

from shouwang.connections.sheets.cells import NotInList, one_of
from shouwang.connections.sheets.registers import codes
from shouwang.places.models.address import Element
from shouwang.registry.lists import BuildingUse, Category, DocumentKind, LetFor, UnitKind


@pytest.mark.parametrize(
    ("choices", "known", "said", "meant"),
    [
        (Category, codes.CATEGORIES, "2", "migrant"), (Category, codes.CATEGORIES, "12", "migrant"),
        (Category, codes.CATEGORIES, "２０", "abroad"), (Category, codes.CATEGORIES, "常住人口", "registered"),
        (DocumentKind, codes.DOCUMENTS, "414", "passport"),
        (BuildingUse, codes.BUILDING_USES, "06", "mixed"), (BuildingUse, codes.BUILDING_USES, "6", "mixed"),
        (LetFor, codes.LET_FOR, "03", "shop"), (LetFor, codes.LET_FOR, "5", "warehouse"),
        (UnitKind, codes.UNIT_KINDS | codes.TRADES, "100", "special_trade"),
        (UnitKind, codes.UNIT_KINDS | codes.TRADES, "典当", "special_trade"),
        (Element, codes.ADDRESS_ELEMENTS, "50", "building"),
    ],
)  # fmt: skip
def test_a_code_means_our_own_word(choices, known, said, meant):
    assert one_of(choices, known)(said) == meant


@pytest.mark.parametrize(
    ("choices", "known", "said"),
    [
        (Category, codes.CATEGORIES, "6"), (Category, codes.CATEGORIES, "13"), (DocumentKind, codes.DOCUMENTS, "116"),
        (BuildingUse, codes.BUILDING_USES, "07"), (LetFor, codes.LET_FOR, "04"), (UnitKind, codes.UNIT_KINDS, "7"),
        (Element, codes.ADDRESS_ELEMENTS, "40"),
    ],
)  # fmt: skip
def test_a_code_that_is_in_no_table_is_refused(choices, known, said):
    with pytest.raises(NotInList):
        one_of(choices, known)(said)


def test_every_code_means_a_word_of_its_list():
    for choices, known in (
        (Category, codes.CATEGORIES), (DocumentKind, codes.DOCUMENTS), (BuildingUse, codes.BUILDING_USES),
        (LetFor, codes.LET_FOR), (UnitKind, codes.UNIT_KINDS), (Element, codes.ADDRESS_ELEMENTS),
    ):  # fmt: skip
        assert set(known.values()) <= set(choices.values)
