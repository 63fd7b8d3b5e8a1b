"""Every long proof belongs to one part of `make prove`, and every part has a planted fault beside it."""

import pytest

from tests import prove
from tests.house.tree import ROOT

LONG = sorted(
    str(file.relative_to(ROOT))
    for folder in ("shouwang", "tests")
    for file in (ROOT / folder).rglob("test_*.py")
    if "pytest.mark." + "prove" in file.read_text(encoding="utf-8")
)


def test_every_long_proof_belongs_to_one_part():
    held = [file for part in prove.PARTS for file in part.files if file.endswith(".py")]

    assert LONG
    assert sorted(set(held) & set(LONG)) == LONG
    assert len(held) == len(set(held))


@pytest.mark.parametrize("file", LONG)
def test_every_long_proof_has_a_planted_fault_beside_it(file):
    assert "@pytest.mark.control" in (ROOT / file).read_text(encoding="utf-8")


REPORT = """<testsuites><testsuite>
<testcase name="a" time="1"><properties><property name="size" value="5000"/><property name="unit" value="hours"/>
<property name="seed" value="7"/></properties></testcase>
<testcase name="b" time="1"><properties><property name="control" value="yes"/></properties></testcase>
<testcase name="c" time="1"><failure message="x"/></testcase>
<testcase name="d" time="1"><skipped message="cannot be done here: no loop devices"/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_read_with_its_size_seed_faults_and_failures():
    told = prove.read(REPORT)

    assert (told.passed, told.failed, told.found) == (2, 1, 1)
    assert (told.size, told.seed) == ("5 000 hours", "7")
    assert told.skipped == "cannot be done here: no loop devices"


def test_what_was_proven_on_another_machine_stays_on_the_page(tmp_path, monkeypatch):
    page = tmp_path / "proofs.md"
    page.write_text("| power | kept as it was | 5 cuts | fixed | proven | 3 | 2026-11-22 | 8a0f138 | 100 |\n")
    monkeypatch.setattr(prove, "PAGE", page)
    monkeypatch.setattr(prove, "KEPT", tmp_path / "kept")

    power, crash, *_ = prove.rows()

    assert power.endswith("| 5 cuts | fixed | proven | 3 | 2026-11-22 | 8a0f138 | 100 |")
    assert "not tried yet" in crash
