"""Extinguishers and the like: noted, due, turned into a hazard in time, good again after the re-check."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.kinds.hazard.items import (
    DatesWrong,
    ItemKnown,
    PremisesMissing,
    check_item,
    due_counts,
    items_of,
    note_item,
    open_due,
    take_away,
)
from shouwang.kinds.hazard.models import SafetyItem
from shouwang.matters.intake import OutsideTheTown
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotVisible

QIAOXI_04 = (111.427, 27.686)
NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 10)


def noted(world, **given) -> SafetyItem:
    usual = {"sort": "extinguisher", "premises": "桥西超市", "place_text": "桥西路12号", "point": QIAOXI_04}
    return note_item(**(usual | {"made_on": dt.date(2020, 5, 1)} | given), by=world.shen, at=NOON)


def test_its_age_and_a_year_after_the_check_bound_how_long_it_is_good(world):
    assert noted(world).expires_on == TODAY + dt.timedelta(days=365)
    old = noted(world, premises="面馆", made_on=dt.date(2016, 4, 1))
    assert old.expires_on == dt.date(2026, 4, 1)
    expired = noted(world, premises="旅社", made_on=dt.date(2010, 1, 1))
    assert expired.expires_on == TODAY


def test_the_list_counts_what_falls_due_in_30_60_and_90_days(world):
    for days in (10, 50, 80, 200):
        noted(world, premises=f"店{days}", expires_on=TODAY + dt.timedelta(days=days))
    assert due_counts(world.shen, NOON) == {30: 1, 60: 2, 90: 3}
    assert [item.premises for item in items_of(world.shen, NOON, within_days=60)] == ["店10", "店50"]
    assert not items_of(world.zhao, NOON).exists()


@pytest.mark.item("S-VIS-015")
def test_what_falls_due_becomes_one_hazard_and_is_good_again_after_the_recheck(world):
    item = noted(world, expires_on=TODAY + dt.timedelta(days=20))

    assert (open_due(NOON), open_due(NOON)) == (1, 0)

    matter = Matter.objects.get(kind="hazard")
    assert (matter.subkind, matter.facts["item"]) == ("fire.extinguisher", str(item.pk))
    said = take_step(matter, "mended", by=world.shen, at=NOON, mended_by="换新")
    take_step(said, "close", by=world.lin, at=NOON)
    item.refresh_from_db()
    assert (item.hazard, item.expires_on) == (None, TODAY + dt.timedelta(days=365))
    assert open_due(NOON) == 0


def test_a_check_moves_the_date_and_a_renewed_one_its_age(world):
    item = noted(world, made_on=dt.date(2016, 4, 1))
    assert check_item(item=item, by=world.shen, at=NOON).expires_on == dt.date(2026, 4, 1)
    assert check_item(item=item, by=world.shen, at=NOON, made_on=TODAY).expires_on == TODAY + dt.timedelta(days=365)
    take_away(item=item, by=world.shen, at=NOON)
    assert not items_of(world.shen, NOON).exists()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"premises": "  "}, PremisesMissing),
        ({"made_on": dt.date(2026, 3, 11)}, DatesWrong),
        ({"expires_on": dt.date(1990, 1, 1)}, DatesWrong),
        ({"point": (0.5, 0.5)}, OutsideTheTown),
    ],
    ids=["nowhere", "made tomorrow", "over for ages", "outside"],
)
def test_what_cannot_be_is_refused_by_field(world, given, problem):
    with pytest.raises(problem) as refused:
        noted(world, **given)
    assert refused.value.field


def test_the_same_item_at_the_same_place_is_noted_once(world):
    noted(world)
    with pytest.raises(ItemKnown):
        noted(world)


def test_nobody_notes_on_ground_that_is_not_his(world):
    with pytest.raises(NotVisible):
        note_item(
            sort="extinguisher", premises="超市", place_text="桥西路", point=QIAOXI_04, made_on=None, by=world.zhao,
            at=NOON,
        )  # fmt: skip
