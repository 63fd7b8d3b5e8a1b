"""Skipped tests: told with their reasons, and in CI a failure unless the reason is the machine itself.

A test may say `pytest.skip("cannot be done here: …")` where the kernel or the hardware lacks something. Any other
skip, such as a package that is not installed, means that something was not tested.
"""

import os
from collections import Counter
from typing import Any

import pytest

ALLOWED = "cannot be done here:"
_reasons: Counter[str] = Counter()


def pytest_runtest_logreport(report: Any) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _reasons[reason.removeprefix("Skipped: ")] += 1


def refused() -> list[str]:
    return [reason for reason in _reasons if not reason.startswith(ALLOWED)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("SHOUWANG_TEST_SKIPS") == "fail" and refused() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not _reasons:
        return
    terminalreporter.section("skipped")
    for reason, count in _reasons.most_common():
        sign = "" if reason.startswith(ALLOWED) else "   ← not allowed in CI"
        terminalreporter.write_line(f"{count:4}  {reason}{sign}")
