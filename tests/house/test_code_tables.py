"""The tables of the rules that are data here, row by row: C1 holidays, C4 tiers, C6 to C9 lists with their codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from shouwang.connections.sheets.registers import codes
from shouwang.core.calendar import is_working_day
from shouwang.people.tiers import PRESETS
from shouwang.registry.lists import BuildingUse, Category, DocumentKind, LetFor, Trade, UnitKind

HOLIDAYS_2026 = (  # C1: first and last day off, make-up working days
    ("01-01", "01-03", "01-04"), ("02-15", "02-23", "02-14 02-28"), ("04-04", "04-06", ""), ("05-01", "05-05", "05-09"),
    ("06-19", "06-21", ""), ("09-25", "09-27", ""), ("10-01", "10-07", "09-20 10-10"),
)  # fmt: skip
TIERS = {  # C4
    "T3": ["community", "group", "building"], "T3P": ["community", "grid", "point"],
    "T5": ["head", "deputy", "manager", "worker", "contact"], "T2": ["community", "grid"],
}  # fmt: skip
LISTS: tuple[tuple[Any, dict[str, str], str], ...] = (  # code 中文 identifier; “–” where the table has no code
    (Category, codes.CATEGORIES, """1 常住人口 registered, 2 流动人口 migrant, 3 未落户人员 unregistered,
        4 境外人员 abroad, 5 寄住人口 lodging, 9 其他 other,
        11 常住人口 registered, 12 流动人口 migrant, 20 境外人员 abroad"""),
    (BuildingUse, codes.BUILDING_USES, """01 住宅 dwelling, 02 商业 trade, 03 办公 office, 04 工业 industry,
        05 仓储 storage, 06 商住混用 mixed, 99 其他 other"""),
    (LetFor, codes.LET_FOR, """01 宿舍 dormitory, 02 住房 housing, 03 商铺 shop, 05 仓库 warehouse,
        06 厂房 workshop, 99 其他 other"""),
    (UnitKind, codes.UNIT_KINDS, """01 特种行业 special_trade, 02 公共场所 public_venue, 03 内保单位 protected_unit,
        04 危险品单位 dangerous_goods_unit, 05 上网服务场所 internet_venue, 06 涉外单位 foreign_related_unit"""),
    (Trade, codes.TRADES, """100 旅馆 lodging_trade, 500 印刷 printing, 900 开锁 locksmith, – 印章刻制 seal_engraving,
        – 典当 pawnbroking, – 旧货 second_hand, – 废旧金属收购 scrap_metal, – 机动车修理 vehicle_repair"""),
    (DocumentKind, codes.DOCUMENTS, """111 居民身份证 id_card, 112 临时居民身份证 temporary_id_card,
        113 户口簿 household_booklet, 114 军官证 military_officer_card, 115 武警警官证 armed_police_card,
        335 机动车驾驶证 driving_licence, 414 普通护照 passport, 511 台湾居民来往大陆通行证 taiwan_permit,
        513 往来港澳通行证 hk_macao_travel_permit, 516 港澳居民来往内地通行证 hk_macao_resident_permit,
        – 港澳台居民居住证 hmt_residence_permit, – 外国人永久居留身份证 foreign_permanent_resident_card"""),
)  # fmt: skip


def _days(text: str) -> list[dt.date]:
    return [dt.date.fromisoformat(f"2026-{one}") for one in text.split()]


@pytest.mark.item("CAL-10")
def test_2026_has_these_days_off_and_no_others() -> None:
    off, made_up = set(), set()
    for first, last, worked in HOLIDAYS_2026:
        (begins,), (ends,) = _days(first), _days(last)
        off |= {begins + dt.timedelta(days=n) for n in range((ends - begins).days + 1)}
        made_up |= set(_days(worked))

    for n in range(365):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=n)
        assert is_working_day(day) == (day in made_up or (day not in off and day.weekday() < 5)), day


@pytest.mark.item("S-GRD-009")
def test_tier_presets_are_staged_as_the_table_says() -> None:
    assert {name: [tier.key for tier in tiers] for name, tiers in PRESETS.items()} == TIERS


@pytest.mark.item("REG-04", "S-REG-006")
@pytest.mark.parametrize(("choices", "known", "table"), LISTS, ids=[one[0].__name__ for one in LISTS])
def test_a_list_has_the_rows_of_its_table_in_words_and_codes(choices: Any, known: dict[str, str], table: str) -> None:
    rows = [row.split() for row in table.split(",")]
    with translation.override("zh-hans"):
        words = {one.value: str(one.label) for one in choices}

    for code, chinese, name in rows:
        assert words[name] == chinese
        assert code == "–" or known[code] == name
    assert set(words) - {name for _code, _chinese, name in rows} <= {"ordinary", "other"}
