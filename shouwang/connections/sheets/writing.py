"""Writing tables that are opened in a spreadsheet. What looks like a formula is made plain text first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from shouwang.connections.sheets.columns import Column

FORMULA = tuple("=+-@\t\r＝＋－＠")  # how a cell begins that a spreadsheet would work out
COMMENT = "※"  # how a line begins that is for people only: reading passes over it


def armed(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(FORMULA)


def plain(text: object) -> str:
    """The text, with an apostrophe before it where a spreadsheet would work it out."""
    said = str(text)
    return f"'{said}" if armed(said) else said


def write_csv(headings: Sequence[object], lines: Iterable[Sequence[object]]) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for line in (headings, *lines):
        writer.writerow([plain(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(headings: Sequence[object], lines: Iterable[Sequence[object]]) -> bytes:
    """One sheet, every cell as text."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    for line in (headings, *lines):
        sheet.append([plain(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comments_of(columns: Sequence[Column]) -> list[str]:
    """The line under the headings that says what goes where."""
    hints = [str(column.hint) for column in columns]
    return [f"{COMMENT} {hints[0]}", *hints[1:]] if hints else []


def write_template(
    columns: Sequence[Column], examples: Sequence[Sequence[str]], told: str, shown: str, *, comments: bool = False
) -> bytes:
    """An Excel file to fill in: one sheet with the headings alone, one that tells each column and shows examples.

    told, shown  what the second sheet and its examples are called
    comments     put a line that says what goes where under the headings too
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([plain(column.title) for column in columns])
    if comments:
        sheet.append([plain(cell) for cell in comments_of(columns)])
    explained = book.create_sheet(plain(told)[:31])
    for column in columns:
        explained.append([plain(column.title), plain(column.key), plain(column.hint)])
    explained.append([])
    explained.append([plain(shown)])
    for line in ([column.title for column in columns], *examples):
        explained.append([plain(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number in range(1, len(columns) + 1):  # text, so that no code of many digits becomes a number
        letter = sheet.cell(row=1, column=number).column_letter
        sheet.column_dimensions[letter].width = 22
        sheet.column_dimensions[letter].number_format = "@"
        explained.column_dimensions[letter].width = 26
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
