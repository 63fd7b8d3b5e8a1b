"""Runs the long proofs and writes docs/reference/proofs.md: what was tried, when, and what came of it.

make prove            or some of them:  .venv/bin/python -m tests.prove -k power
"""

import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "proofs.md"


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "prove", f"--junitxml={report}", *arguments]
        failed = subprocess.run(command, cwd=ROOT).returncode
        if not report.exists():
            return failed
        PAGE.write_text(page(report.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written.")
    return failed


def page(report: str) -> str:
    rows = [row(case) for case in ET.fromstring(report).iter("testcase")]
    head = [
        "# Long proofs", "", "Made by `make prove`. Each promise has a control, which must find losses.", "",
        f"{datetime.now(UTC):%d %B %Y} · {platform.system()} {platform.release()} · {platform.python_version()}", "",
        "| proof | outcome | seconds |", "|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*head, *rows, ""])


def row(case: ET.Element) -> str:
    sentence = case.get("name", "").removeprefix("test_").replace("_", " ")
    skipped = case.find("skipped")
    outcome = "proven"
    if case.find("failure") is not None or case.find("error") is not None:
        outcome = "**failed**"
    elif skipped is not None:
        outcome = f"not tried: {skipped.get('message', '')}"
    return f"| {sentence} | {outcome} | {float(case.get('time', 0)):.0f} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
