"""Tables come in from whatever program wrote them, and go out without anything a spreadsheet would work out."""

import io
import zipfile

import pytest
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook

from shouwang.connections.sheets import reading
from shouwang.connections.sheets.columns import Column, ColumnMissing
from shouwang.connections.sheets.reading import SheetEmpty, SheetTooLong, SheetUnreadable, read_table
from shouwang.connections.sheets.writing import write_csv, write_template

COLUMNS = (Column("code", _("Area code"), needed=True), Column("name", _("Name of the area")))


def excel(*lines):
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        "code,name\n431399001001,桥西社区\n".encode(),
        "\ufeffcode;name\r\n431399001001;桥西社区\r\n".encode(),
        "编码\t名称\n431399001001\t桥西社区\n".encode("gb18030"),
        "\n编码，,名称\n,\n431399001001,桥西社区\n".replace("，", "").encode(),
        excel(["編碼", "Name of the area"], [431399001001.0, " 桥西社区 "]),
        excel(["名称", "编码", "别的"], ["桥西社区", "431399001001", "x"]),
    ],
)
def test_the_same_table_is_read_however_it_was_written(raw):
    rows = read_table(raw, COLUMNS)

    assert [row.cells for row in rows] == [{"code": "431399001001", "name": "桥西社区"}]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", ColumnMissing),
        (b"name\nx\n", ColumnMissing),
        (b"code,name\n", SheetEmpty),
        (b"\x89PNG\r\n\x1a\n\0\0\0", SheetUnreadable),
        (b"PK\x03\x04 no archive", SheetUnreadable),
        ("code,name\n" + "1,x\n" * (reading.MOST_ROWS + 1), SheetTooLong),
    ],
)
def test_what_is_no_such_table_is_refused(raw, problem):
    with pytest.raises(problem):
        read_table(raw if isinstance(raw, bytes) else raw.encode(), COLUMNS)


def test_a_small_archive_that_unpacks_to_a_very_large_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)

    with pytest.raises(SheetTooLong):
        read_table(out.getvalue(), COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1", "\tx"])
def test_what_looks_like_a_formula_goes_out_as_text_and_comes_back_as_it_was(text):
    raw = write_csv(["code", "name"], [[text, "x"]])

    assert f"'{text}" in raw.decode("utf-8-sig")
    assert read_table(raw, COLUMNS)[0]["code"].strip() == text.strip()


def test_the_template_is_headed_as_people_know_it_and_shows_examples_apart():
    raw = write_template(COLUMNS, [("=QS", "桥西社区")], "说明", "示例")

    book = load_workbook(io.BytesIO(raw))
    assert [cell.value for cell in book.worksheets[0][1]] == [str(column.title) for column in COLUMNS]
    assert book.worksheets[0].max_row == 1
    assert "'=QS" in [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
