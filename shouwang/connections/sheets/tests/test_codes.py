"""Sheets of other systems carry codes; each means one of our own words, and a code that is in no table means none."""

from __future__ import annotations

import pytest

from shouwang.connections.sheets.cells import NotInList, one_of
from shouwang.connections.sheets.registers import codes, organisations
from shouwang.places.models.address import Element
from shouwang.registry.lists import BuildingUse, Category, DocumentKind, LetFor, Trade, UnitKind


@pytest.mark.parametrize(
    ("choices", "known", "said", "meant"),
    [
        (Category, codes.CATEGORIES, "2", "migrant"), (Category, codes.CATEGORIES, "12", "migrant"),
        (Category, codes.CATEGORIES, "２０", "abroad"), (Category, codes.CATEGORIES, "常住人口", "registered"),
        (DocumentKind, codes.DOCUMENTS, "414", "passport"),
        (BuildingUse, codes.BUILDING_USES, "06", "mixed"), (BuildingUse, codes.BUILDING_USES, "6", "mixed"),
        (LetFor, codes.LET_FOR, "03", "shop"), (LetFor, codes.LET_FOR, "5", "warehouse"),
        (Trade, codes.TRADES, "100", "lodging_trade"), (Trade, codes.TRADES, "典当", "pawnbroking"),
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
        (LetFor, codes.LET_FOR), (UnitKind, codes.UNIT_KINDS), (Trade, codes.TRADES), (Element, codes.ADDRESS_ELEMENTS),
    ):  # fmt: skip
        assert set(known.values()) <= set(choices.values)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("100", ("special_trade", "lodging_trade")), ("典当业", ("special_trade", "pawnbroking")),
     ("特种行业", ("special_trade", "")), ("02", ("public_venue", ""))],
)  # fmt: skip
def test_a_trade_in_the_place_of_the_kind_means_both(said, meant):
    assert organisations.kind_and_trade(said) == meant


def test_what_is_neither_kind_nor_trade_is_refused_with_the_kinds():
    with pytest.raises(NotInList) as refused:
        organisations.kind_and_trade("饭店")
    assert "公共场所" in refused.value.message
