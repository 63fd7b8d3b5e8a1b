"""A landlord's list is filed as declarations: an officer answers each; the same line is filed once for ever."""

from typing import Any

import pytest

from shouwang.connections.sheets.models import Line
from shouwang.connections.sheets.tests.test_taking_over import ROOM, Bring
from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.registry import declaring
from shouwang.registry.lists import Register
from shouwang.registry.models import Declaration, Resident
from shouwang.registry.opening import open_here
from shouwang.registry.tests.town import WANG, lay_address

pytestmark = [pytest.mark.committed]
HEAD = "申报事项,申报人,住址,入住日期,姓名,证件号码,手机\n"
LIST = (
    f"{HEAD}租客或员工入住,房东,{ROOM},2026-03-01,王晓明,{WANG},19900000086\n"
    f"租客或员工入住,用人单位,{ROOM},2026-03-02,李想,440524188001010014,\n"
)


@pytest.mark.item("S-REG-001", "S-REG-005")
def test_a_list_is_filed_waits_for_an_officer_and_the_same_line_is_filed_once(
    world: Any, ring: Any, bring: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)

    first = bring("declarations", LIST, by=world.shen)
    with as_role("jobs"):
        Line.objects.all().delete()  # as after a month
    again = bring("declarations", LIST.replace("手机", "电话"), by=world.shen)

    assert (first.counts["new"], again.counts["new"], again.counts["known"]) == (2, 0, 2)
    waiting = declaring.waiting(world.shen.afresh(), clock.now())
    assert {one.declarer for one in waiting} == {"landlord", "employer"}
    assert all(len(one.receipt_no) == 8 for one in waiting)
    assert {one["receipt_no"] for one in declaring.own(world.shen)} == {one.receipt_no for one in waiting}
    (seen,) = open_here(
        [next(one.id for one in waiting if one.declarer == "landlord")],
        register=Register.DECLARATION, purpose="registration", by=world.shen.afresh(), at=clock.now(),
    )  # fmt: skip
    assert WANG in str(seen["told"])
    with as_role("jobs"):
        assert Resident.objects.count() == 0


@pytest.mark.item("S-REG-001", "S-REG-005")
def test_each_declaration_of_a_sheet_has_its_own_entry_and_so_has_its_end(
    world: Any, ring: Any, bring: Bring, take_back: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)

    batch = bring("declarations", LIST, by=world.shen)

    with as_role("jobs"):
        there = {one.pk: one for one in Declaration.objects.all()}
    entries = Entry.objects.filter(verb="declaration.file")
    assert {one.subject for one in entries} == set(there)
    for one in entries:
        told, filed = one.particulars.values, there[one.subject]
        assert (one.person, one.area, one.topic) == (world.shen.person_id, filed.area_id, "declaration.filed")
        assert (told["declarer"], told["sheet_id"]) == (filed.declarer, str(batch.pk))

    again = bring("declarations", LIST.replace("手机", "电话"), by=world.shen)
    assert (again.counts["new"], Entry.objects.filter(verb="declaration.file").count()) == (0, 2)

    waiting = declaring.waiting(world.shen.afresh(), clock.now())
    (seen,) = open_here(
        [waiting[0].id], register=Register.DECLARATION, purpose="registration", by=world.shen.afresh(), at=clock.now()
    )
    declaring.refuse(seen, "材料不全，请补", by=world.shen, at=clock.now())
    take_back(batch, by=world.shen)
    (gone,) = Entry.objects.filter(verb="declaration.take_back")
    assert gone.subject == waiting[1].id


def test_what_does_not_fit_is_named_and_what_nobody_answered_is_taken_back(
    world: Any, ring: Any, bring: Bring, take_back: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)
    wrong = (
        f"{LIST}租客或员工入住,本人,{ROOM},2026-03-01,王晓明,{WANG},\n"
        f"不知道,房东,{ROOM},2999-01-01,王晓明,11010519491231002Y,\n"
    )

    batch = bring("declarations", wrong, by=world.shen)

    assert batch.counts == {"new": 2, "known": 0, "faulty": 2}
    assert {one.column for one in batch.faults.all()} == {"declarer", "kind", "happened_on", "doc_no"}
    assert take_back(batch, by=world.shen).counts["undone"] == 2
    with as_role("jobs"):
        assert Declaration.objects.count() == 0
