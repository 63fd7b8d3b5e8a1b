"""What leaves for a spreadsheet is written by one module, which makes text of whatever a spreadsheet would work out."""

import ast

from tests.house.tree import files, name

WRITER = "shouwang/connections/sheets/writing.py"
WRITES = {("csv", "writer"), ("csv", "DictWriter"), ("openpyxl", "Workbook")}


def writes_a_table(source: str) -> bool:
    """Whether the module calls what writes CSV or Excel."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id, node.attr) in WRITES
        ):
            return True
        if isinstance(node, ast.ImportFrom) and any((node.module, one.name) in WRITES for one in node.names):
            return True
    return False


def test_one_module_writes_tables():
    found = [name(path) for path in files(".py") if writes_a_table(path.read_text(encoding="utf8"))]

    assert [one for one in found if one.startswith("shouwang/") and "/tests/" not in one] == [WRITER]


def test_control_a_second_door_is_found():
    assert writes_a_table("import csv\nout = csv.writer(file)\n")
    assert writes_a_table("from openpyxl import Workbook\n")
