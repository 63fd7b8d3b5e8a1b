"""The responsible post changes, and hand-over sheets that two people sign."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.journal.models import Entry
from shouwang.matters.handover import OwnSheet, SheetSigned, draw_up, section, sheet_matters, sign
from shouwang.matters.openings import Wanted, ask_for
from shouwang.matters.passing import CannotTake, pass_all_on
from shouwang.matters.steps import take_step
from shouwang.matters.tests.conftest import HEBU_01
from shouwang.people.access import NotAllowed, NotVisible

HOUR = dt.timedelta(hours=1)


def test_handing_over_changes_the_responsible_post_and_takes_the_clocks_along(world, an_errand, noon):
    matter = an_errand()

    matter = take_step(matter, "hand_over", by=world.fang, at=noon, to=world.lin.post.pk, reason="休假")

    assert matter.responsible == world.lin.post
    assert set(matter.clocks.values_list("holder", flat=True)) == {world.lin.post.pk}
    told = Entry.objects.get(verb="errand.hand_over").particulars.values
    assert (told["from"], told["to"]) == (str(world.shen.post.pk), str(world.lin.post.pk))


@pytest.mark.parametrize("who", ["zhao", "lu", "an"])
def test_only_a_post_that_can_work_on_this_ground_takes_it(world, an_errand, noon, who):
    with pytest.raises(CannotTake):
        take_step(an_errand(), "hand_over", by=world.fang, at=noon, to=getattr(world, who).post.pk, reason="x")


def test_an_excluded_post_cannot_be_handed_the_matter(world, an_errand, noon):
    matter = an_errand(not_posts=[world.lin.post.pk], verb=None)

    with pytest.raises(CannotTake):
        take_step(matter, "hand_over", by=world.fang, at=noon, to=world.lin.post.pk, reason="x")


def test_a_post_that_is_left_passes_everything_on_with_one_entry_each(world, an_errand, noon):
    mine, other = [an_errand() for _each in range(3)], an_errand(point=HEBU_01)

    assert pass_all_on(world.shen.post, world.lin.post, by=world.lin, at=noon) == 3

    for matter in mine:
        matter.refresh_from_db()
        assert matter.responsible == world.lin.post
    other.refresh_from_db()
    assert other.responsible == world.zhao.post
    assert Entry.objects.filter(verb="matter.pass_on").count() == 3


@pytest.mark.parametrize(("who", "problem"), [("zhao", NotVisible), ("ming", NotAllowed), ("stranger", NotVisible)])
def test_others_cannot_pass_a_posts_matters_on(world, an_errand, noon, who, problem):
    an_errand()

    with pytest.raises(problem):
        pass_all_on(world.shen.post, world.lin.post, by=getattr(world, who), at=noon)


def test_a_shift_sheet_holds_open_matters_what_is_due_and_what_is_asked_for(world, an_errand, noon):
    urgent, other = an_errand(urgency=1), an_errand(point=HEBU_01)
    closed = take_step(an_errand(), "drop", by=world.fang, at=noon)
    ask_for(other, Wanted("problem", "repeat_place"), by=world.fang, at=noon)

    sheet = draw_up("shift", area=world.station, remark="夜班较忙", by=world.fang, at=noon)

    assert [row["reference"] for row in sheet.contents["open"]] == [urgent.reference, other.reference]
    assert sheet.contents["due"] == [str(urgent.pk), str(other.pk)]
    assert sheet.contents["asked"] == [{"matter": str(other.pk), "purpose": "problem", "why": "repeat_place"}]
    assert closed.reference not in str(sheet.contents)
    assert sheet_matters(sheet, world.shen, noon) == [urgent]


def test_dispatch_can_add_its_own_part_to_the_sheet(world, noon, monkeypatch):
    from shouwang.matters import handover

    monkeypatch.setattr(handover, "_sections", dict(handover._sections))
    section("out")(lambda area, post, by, at: [area.name])

    assert draw_up("shift", area=world.station, by=world.fang, at=noon).contents["out"] == ["青石桥派出所"]


def test_a_sheet_is_signed_by_two_different_people_and_then_stands(world, noon):
    sheet = draw_up("shift", area=world.station, by=world.fang, at=noon)

    sign(sheet, by=world.fang, at=noon)
    with pytest.raises(OwnSheet):
        sign(sheet, by=world.fang, at=noon)
    signed = sign(sheet, by=world.zhou, at=noon + HOUR)

    assert (signed.giver_signed_at, signed.taker, signed.taker_signed_at) == (noon, world.zhou.person_id, noon + HOUR)
    with pytest.raises(SheetSigned):
        sign(sheet, by=world.lin, at=noon + HOUR)
    with pytest.raises(SheetSigned):
        sign(sheet, by=world.fang, at=noon + HOUR)


def test_the_sheet_of_another_ground_is_neither_drawn_nor_signed(world, noon):
    with pytest.raises(NotVisible):
        draw_up("shift", area=world.qiaoxi, by=world.zhao, at=noon)
    sheet = draw_up("leaving", area=world.qiaoxi, post=world.shen.post, by=world.shen, at=noon)
    with pytest.raises(NotVisible):
        sign(sheet, by=world.zhao, at=noon)


def test_a_leaving_sheet_lists_what_the_post_holds(world, an_errand, noon):
    mine = an_errand()
    take_step(an_errand(), "hand_over", by=world.fang, at=noon, to=world.lin.post.pk, reason="x")

    sheet = draw_up("leaving", area=world.qiaoxi, post=world.shen.post, by=world.shen, at=noon)

    assert [row["reference"] for row in sheet.contents["open"]] == [mine.reference]
