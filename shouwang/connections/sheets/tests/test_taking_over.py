"""A sheet goes into a register by jobs: looked over first, twice the same changes nothing, and it can be undone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from shouwang.connections.sheets.bringing import NotTheMoment, bring_sheet, check_sheet, drop_sheet, take_sheet
from shouwang.connections.sheets.models import Batch, BatchState, Fault, Line, Part, Staged
from shouwang.connections.sheets.taking_over import forget
from shouwang.core.geo import bounds_of
from shouwang.journal.models import Entry, Particulars
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.places.finding import find_places
from shouwang.places.models import Address, AreaVersion
from shouwang.registry.lists import Register
from shouwang.registry.models import Dwelling, Organisation, Residence, Resident
from shouwang.registry.protecting import open_of
from shouwang.registry.registering import verify_residence
from shouwang.registry.tests.town import find_by, id_number, lay_address, open_by, register, shown

pytestmark = [pytest.mark.committed]
Bring = Callable[..., Batch]
HEAD = "姓名,身份证号码,人口类别,住址,与房屋关系,入住日期,手机号\n"
ROOM = "桥西路12号3单元402"


def resident(n: int = 1, name: str = "王晓明", place: str = ROOM, relation: str = "租客", phone: str = "") -> str:
    return f"{name},{id_number(n)},常住人口,{place},{relation},2026-03-01,{phone}\n"


def counted(as_role: Any) -> tuple[int, int, int]:
    with as_role("jobs"):
        return Resident.objects.count(), Residence.objects.count(), Dwelling.objects.count()


def test_residents_are_taken_over_and_found_and_everything_is_sealed(
    world: Any, ring: Any, bring: Bring, as_role: Any, now: dt.datetime
) -> None:
    lay_address(world.qiaoxi_04)

    batch = bring("residents", HEAD + resident(1, phone="13800002086") + resident(2, "李想"), by=world.shen)

    assert (batch.state, batch.counts["new"], batch.counts["people"]) == (BatchState.TAKEN, 2, 2)
    assert counted(as_role) == (2, 2, 1)
    seen = open_by(world.shen, now, "2086")
    assert (seen["name"], seen["residences"][0]["relation"]) == ("王晓明", "tenant")
    with as_role("jobs"):
        row = Resident.objects.get(name="李想")
        assert open_of(Register.RESIDENT, row.pk, "doc_no", row.doc_no_enc) == id_number(2)
        assert (row.source, row.kept_by, row.street) == ("sheet", world.shen.person_id, "桥西路")
        assert not Part.objects.exists()
        assert not Staged.objects.exists()


def test_the_same_sheet_twice_changes_nothing(world: Any, ring: Any, bring: Bring, as_role: Any) -> None:
    lay_address(world.qiaoxi_04)
    text = HEAD + resident(1) + resident(2, "李想")
    bring("residents", text, by=world.shen)

    again = bring("residents", text, by=world.shen)
    written_anew = bring("residents", text.replace("2026-03-01", "2026年3月1日"), by=world.shen)

    assert (again.counts["new"], again.counts["known"]) == (0, 2)
    assert (written_anew.counts["new"], written_anew.counts["known"]) == (0, 2)
    assert counted(as_role) == (2, 2, 1)


def test_who_is_registered_already_moves_and_is_not_made_twice(
    world: Any, ring: Any, bring: Bring, as_role: Any, now: dt.datetime
) -> None:
    known = register(world, now, doc_no=id_number(1)).resident
    lay_address(world.qiaoxi_04, "桥西路12号3单元501")

    bring("residents", HEAD + resident(1, place="桥西路12号3单元501"), by=world.shen)

    assert counted(as_role) == (1, 2, 2)
    assert shown(find_by(world.shen, now, "王晓明")) == {known}


def test_two_lines_of_one_person_make_one_person(world: Any, ring: Any, bring: Bring, as_role: Any) -> None:
    lay_address(world.qiaoxi_04)
    lay_address(world.qiaoxi_04, "桥西路12号3单元501")

    bring("residents", HEAD + resident(1) + resident(1, place="桥西路12号3单元501") + resident(1), by=world.shen)

    assert counted(as_role) == (1, 2, 2)


def test_looking_over_changes_nothing_and_names_line_column_and_remedy(
    world: Any, ring: Any, bring: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)
    lay_address(world.hebu_01, "河埠街3号101", street="河埠街")
    bad = [
        resident(2).replace(id_number(2), "43139919850607002"), resident(3).replace("常住人口", "重点人员"),
        resident(4).replace("2026-03-01", "上个月"), resident(5, place="桥西路12号3单元403"),
        resident(6, place="河埠街3号101"), resident(7, name=""), resident(8, phone="12"),
    ]  # fmt: skip

    batch = bring("residents", HEAD + resident(1) + "".join(bad), by=world.shen, take=False)

    assert (batch.state, batch.counts) == (
        BatchState.CHECKED, {"new": 1, "known": 0, "faulty": 7, "people": 1},
    )  # fmt: skip
    faults = list(Fault.objects.order_by("number", "column").values_list("number", "column"))
    assert faults == [
        (3, "doc_no"), (4, "category"), (5, "from_on"), (6, "address"), (7, "address"), (8, "name"), (9, "phone"),
    ]  # fmt: skip
    says = dict(Fault.objects.values_list("number", "says"))
    assert "2026-03-01" in says[5]
    assert "流动人口" in says[4]
    assert says[6] != says[7]
    assert all("王" not in one and "桥西路" not in one for one in says.values())
    assert counted(as_role) == (0, 0, 0)


def test_undoing_takes_back_all_but_what_somebody_worked_on(
    world: Any, ring: Any, bring: Bring, take_back: Bring, as_role: Any, now: dt.datetime
) -> None:
    lay_address(world.qiaoxi_04)
    lay_address(world.qiaoxi_04, "桥西路12号3单元501")
    text = HEAD + resident(1) + resident(2, "李想", place="桥西路12号3单元501")
    batch = bring("residents", text, by=world.shen)
    seen = open_by(world.shen, now, "王晓明")
    verify_residence(seen, seen["residences"][0]["id"], by=world.shen, at=now + dt.timedelta(minutes=1))

    undone = take_back(batch, by=world.shen)

    assert (undone.state, undone.counts["undone"], undone.counts["left"]) == (BatchState.UNDONE, 1, 1)
    assert counted(as_role) == (1, 1, 1)
    assert find_by(world.shen, now, "李想").candidates == []
    assert bring("residents", text, by=world.shen).counts["new"] == 1


def test_dwellings_and_units_are_taken_over_and_undone(
    world: Any, ring: Any, bring: Bring, take_back: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)
    homes = f"地址,用途,居住情况,房间数,房东电话\n{ROOM},住宅,出租,2,王女士 19900000012\n"
    units = (
        f"单位名称,单位类别,地址,信用代码,保安\n川味小馆,一般单位,{ROOM},91430000MA4L0XXX1X,否\n"
        f"老街面馆,一般单位,{ROOM},,有\n"
    )

    home, unit = bring("dwellings", homes, by=world.shen), bring("organisations", units, by=world.shen)
    twice = bring("organisations", units.replace("否", "无"), by=world.shen)

    assert (home.counts["new"], unit.counts, twice.counts["new"]) == (1, {"new": 1, "known": 0, "faulty": 1}, 0)
    with as_role("jobs"):
        assert Organisation.objects.get().has_guards is True
        assert open_of(Register.DWELLING, Dwelling.objects.get().pk, "landlord_contact",
                       Dwelling.objects.get().landlord_contact_enc) == "王女士 19900000012"  # fmt: skip
    assert [take_back(one, by=world.shen).counts["undone"] for one in (home, unit)] == [1, 1]
    assert counted(as_role) == (0, 0, 0)


def test_addresses_hang_under_the_tree_or_an_earlier_line(
    world: Any, ring: Any, bring: Bring, take_back: Bring, now: dt.datetime
) -> None:
    lay_address(world.qiaoxi_04)
    west, south, east, north = bounds_of(AreaVersion.objects.in_force_at(now).filter(area=world.qiaoxi_04)[0].boundary)
    lon, lat = (west + east) / 2, (south + north) / 2
    text = (
        "要素,名称,上级,经度,纬度\n"
        f"建筑物,18号,桥西路,{lon},{lat}\n单元,2单元,桥西路18号,,\n户室,301室,桥西路18号2单元,,\n户室,302室,桥西路99号,,\n"
    )

    batch = bring("addresses", text, by=world.shen)

    assert batch.counts == {"new": 3, "known": 0, "faulty": 1}
    room = Address.objects.get(full_text="桥西路18号2单元301室")
    assert (room.searched, room.area_id, room.source) == ("桥西路18号2单元301室", world.qiaoxi_04.pk, "sheet")
    assert find_places("桥西路18号")[0].id == room.parent.parent_id
    assert bring("addresses", text + "\n", by=world.shen).counts["new"] == 0
    assert take_back(batch, by=world.shen).counts["undone"] == 3
    assert not Address.objects.filter(source="sheet").exists()


def test_every_batch_is_in_the_journal_with_its_counts_and_without_a_name(world: Any, ring: Any, bring: Bring) -> None:
    lay_address(world.qiaoxi_04)

    batch = bring("residents", HEAD + resident(1), by=world.shen)

    verbs = list(Entry.objects.filter(subject=batch.pk).order_by("received_at", "id").values_list("verb", flat=True))
    assert verbs == ["sheet.bring", "sheet.check", "sheet.look_over", "sheet.ask_take", "sheet.take_over"]
    told = Particulars.objects.get(entry__subject=batch.pk, entry__verb="sheet.take_over")
    assert told.values["new"] == 1
    assert "王" not in "".join(Particulars.objects.values_list("text", flat=True))


def test_what_came_with_a_dropped_sheet_is_erased(
    world: Any, ring: Any, bring: Bring, as_role: Any, now: dt.datetime
) -> None:
    batch = bring("residents", HEAD + resident(1) + resident(2).replace("常住", "长住"), by=world.shen, take=False)

    drop_sheet(batch, by=world.shen, at=now)

    with as_role("jobs"):
        forget(batch.pk)
        assert not any(model._default_manager.exists() for model in (Part, Fault, Staged))


def test_a_sheet_that_stopped_half_way_can_be_undone(
    world: Any, ring: Any, bring: Bring, take_back: Bring, as_role: Any
) -> None:
    lay_address(world.qiaoxi_04)
    batch = bring("residents", HEAD + resident(1), by=world.shen)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, taken_at=None)

    assert take_back(batch, by=world.shen).counts["undone"] == 1
    assert counted(as_role) == (0, 0, 0)


@pytest.mark.parametrize("who", ["lu", "fang", "ming", "an", "xi", "yu"])
def test_only_officers_of_a_ground_and_their_heads_bring_sheets(
    who: str, world: Any, ring: Any, now: dt.datetime
) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        bring_sheet("residents", (HEAD + resident()).encode(), file_name="a.csv", language="zh-hans",
                    by=getattr(world, who), at=now)  # fmt: skip


def test_what_stands_in_a_sheet_cannot_be_read_by_a_page(world: Any, ring: Any, bring: Bring) -> None:
    bring("residents", HEAD + resident(1), by=world.shen, take=False)

    for model in (Part, Staged, Line):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Fault.objects.all().delete()


def test_a_sheet_is_taken_over_once_and_only_after_it_was_looked_over(
    world: Any, ring: Any, bring: Bring, now: dt.datetime
) -> None:
    lay_address(world.qiaoxi_04)
    fresh = bring_sheet("residents", (HEAD + resident()).encode(), file_name="a.csv", language="zh-hans",
                        by=world.shen, at=now)  # fmt: skip
    taken = bring("residents", HEAD + resident(), by=world.shen)

    for batch in (fresh, taken):
        with pytest.raises(NotTheMoment):
            take_sheet(batch, by=world.shen, at=now)
    with pytest.raises((NotAllowed, NotVisible)):
        check_sheet(fresh, fresh.columns, by=world.zhao, at=now)


def test_columns_are_remembered_for_the_next_file_that_is_headed_like_this(
    world: Any, ring: Any, bring: Bring, as_role: Any, now: dt.datetime
) -> None:
    odd = HEAD.replace("姓名", "村民")
    first = bring_sheet("residents", (odd + resident()).encode(), file_name="a.csv", language="zh-hans",
                        by=world.shen, at=now)  # fmt: skip
    assert "name" not in first.columns
    check_sheet(first, first.columns | {"name": 0}, by=world.shen, at=now)
    Batch.objects.filter(pk=first.pk).update(checked_at=now)

    second = bring_sheet("residents", (odd + resident()).encode(), file_name="b.csv", language="zh-hans",
                         by=world.shen, at=now)  # fmt: skip

    assert second.columns["name"] == 0
