"""What every process carries: solvers and tables of data are loaded by those who work with them, when they do."""

import subprocess
import sys

from tests.house.tree import ROOT

HEAVY = ("ortools", "pandas", "pyarrow", "scipy", "duckdb", "splink", "openpyxl", "typst")
ASKED = f"import django, sys; django.setup(); print([one for one in {HEAVY!r} if one in sys.modules])"


def test_no_process_starts_with_a_solver(tmp_path):
    settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": "seal"}
    said = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, env=settings | {"SHOUWANG_VAR": str(tmp_path)}, capture_output=True,
        text=True,
    )  # fmt: skip

    assert said.stdout.strip() == "[]", said.stdout + said.stderr
