"""A sheet at the desk: template, columns, what it would do, the file to mend, taking over, undoing."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from shouwang.connections.sheets.checking import check
from shouwang.connections.sheets.models import Batch, BatchState
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.taking_over import take_over, undo
from shouwang.core import clock
from shouwang.core.clock import now
from shouwang.people import sessions
from shouwang.registry.tests.town import id_number, lay_address

pytestmark = [pytest.mark.committed]
AT = "/desk/imports/"
TEXT = (
    "姓名,身份证号,人口类别,住址,与房屋关系,入住日期,备注\n"
    f"王晓明,{id_number(1)},常住人口,桥西路12号3单元402,租客,2026-03-01,x\n"
    f"=cmd|李想,{id_number(2)},常住人口,别处9号,租客,2026-03-01,x\n"
)


@pytest.fixture
def browser(world: Any) -> Any:
    def signed_in(name: str) -> Client:
        client = Client()
        _, client.cookies["sw_session"] = sessions.open_session(
            getattr(world, name).person, label="x", at=now(), proven=True
        )
        return client

    return signed_in


def bring(client: Client, text: str = TEXT, kind: str = "residents") -> Any:
    return client.post(AT, {"kind": kind, "file": SimpleUploadedFile("户籍.csv", text.encode("gb18030"))})


def job(as_role: Any, work: Any) -> Batch:
    batch = Batch.objects.get()
    with as_role("jobs"):
        work(batch.pk, at=clock.now())
    batch.refresh_from_db()
    return batch


def test_a_sheet_goes_from_the_file_to_the_register_and_back(browser: Any, world: Any, as_role: Any) -> None:
    lay_address(world.qiaoxi_04)
    shen = browser("shen")
    page = bring(shen).headers["Location"]
    columns = shen.get(page).content.decode()
    assert "核对各列" in columns
    assert '<option value="6">备注</option>' in columns

    shen.post(f"{page}columns/", {"name": 0, "doc_no": 1, "category": 2, "address": 3, "relation": 4, "from_on": 5})
    job(as_role, check)
    looked = shen.get(page).content.decode()
    mend = shen.post(f"{page}faults/").content.decode("utf-8-sig")
    shen.post(f"{page}taking/")
    job(as_role, take_over)
    taken = shen.get(page).content.decode()
    shen.post(f"{page}undoing/")
    batch = job(as_role, undo)

    assert "导入 1 行" in looked
    assert "没有这个地址" in looked
    assert "'=cmd|李想" in mend
    assert "没有这个地址" in mend
    assert "王晓明" not in mend
    assert "撤回整张表格" in taken
    assert (batch.state, batch.counts["undone"]) == (BatchState.UNDONE, 1)


def test_a_needed_column_that_is_not_chosen_is_named(browser: Any, world: Any) -> None:
    shen = browser("shen")
    page = bring(shen).headers["Location"]

    answer = shen.post(f"{page}columns/", {"name": 0})

    assert answer.status_code == 422
    assert "缺“" in answer.content.decode()


def test_what_is_no_table_is_refused_beside_the_field(browser: Any, world: Any) -> None:
    answer = browser("shen").post(AT, {"kind": "residents", "file": SimpleUploadedFile("a.csv", b"\x89PNG\0\0\0")})

    assert answer.status_code == 422
    assert "不是表格" in answer.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("kind", list(REGISTERS))
def test_each_template_is_headed_in_chinese_with_a_line_that_says_what_goes_where(
    kind: str, browser: Any, world: Any
) -> None:
    raw = browser("shen").get(f"{AT}templates/{kind}/").content

    lines = list(load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True))
    assert len(lines) == 2
    assert lines[1][0].startswith("※")
    assert all(lines[0])
    assert browser("shen").get(f"{AT}templates/{kind}/?form=csv").status_code == 200


def test_a_template_that_was_filled_in_is_read_without_its_comments(browser: Any, world: Any, as_role: Any) -> None:
    lay_address(world.qiaoxi_04)
    shen = browser("shen")
    template = shen.get(f"{AT}templates/dwellings/?form=csv").content.decode("utf-8-sig")
    page = bring(shen, template + "桥西路12号3单元402,住房,自住\n", "dwellings").headers["Location"]
    places = {column.key: n for n, column in enumerate(REGISTERS["dwellings"].columns)}

    shen.post(f"{page}columns/", places)

    assert job(as_role, check).counts == {"new": 1, "known": 0, "faulty": 0}


def test_a_sheet_of_another_ground_is_not_there_and_its_lines_are_nobodys_but_the_bringers(
    browser: Any, world: Any
) -> None:
    page = bring(browser("shen")).headers["Location"]

    assert browser("zhao").get(page).status_code == 404
    assert browser("lin").get(page).status_code == 200
    assert browser("lin").post(f"{page}faults/").status_code == 403
    assert browser("lu").get(AT).status_code == 403
