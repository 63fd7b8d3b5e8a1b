"""Runs the long proofs, part by part, and writes docs/reference/proofs.md: what was tried, when, and what came of it.

make prove                                   all parts; one that has its result for this state of the code is skipped
.venv/bin/python -m tests.prove power race   only these, again
Each part runs its long tests (mark `prove`) together with its planted faults (mark `control`), which must be found.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "proofs.md"
KEPT = ROOT / "var" / "proofs"
CODE = ("shouwang", "tests", "conftest.py", "pyproject.toml", "requirements", "package-lock.json")
LATER_DAYS = 400  # from any day, a year that nobody has announced yet
DEBIAN = Path("/usr/lib/postgresql/15/bin")


@dataclass(frozen=True)
class Part:
    """`marks` chooses the tests; `workers` how many at once; `settings` what the environment says besides."""

    name: str
    promise: str
    files: tuple[str, ...]
    marks: str = "prove or control"
    workers: int = 2
    settings: tuple[tuple[str, str], ...] = ()


PARTS = (
    Part(
        "power",
        "No acknowledged row or step is lost when the power is cut, on the server and on the phone.",
        ("tests/journeys/test_power.py",),
        workers=0,
    ),
    Part(
        "crash",
        "Whatever was acknowledged is there exactly once after kill -9 of web, jobs, database and browser.",
        ("tests/journeys/test_crash.py",),
        marks="slow",
        workers=0,
    ),
    Part(
        "cards",
        "Server and database killed, 40 calls on cards of two desks: all are matters afterwards, at their own times.",
        ("tests/journeys/test_cad_down.py",),
        workers=0,
    ),
    Part(
        "dispatch",
        "The dispatch core keeps its promises for 10 000 dispatcher-hours.",
        ("shouwang/dispatch/tests/test_a_thousand_nights.py",),
    ),
    Part(
        "race",
        "Whatever desks, crews and the clock do at once, the rows agree.",
        ("shouwang/dispatch/tests/test_schedules.py",),
    ),
    Part(
        "offline",
        "Whatever up to six phones wrote without a network, in whatever order it arrives, all agree; nothing is lost.",
        ("shouwang/field/tests/test_offline_histories.py",),
    ),
    Part(
        "line",
        "Over 64 kbit/s with a fifth lost and a break every 30 s, 100 forms and 12 MB of photos arrive, little twice.",
        ("tests/journeys/test_a_poor_line.py",),
        workers=0,
    ),
    Part(
        "walks",
        "Random steps of random people break no promise of a matter.",
        ("shouwang/kinds/incident/tests/test_random_walks.py",),
    ),
    Part(
        "positions",
        "Terminals hang up, send again and lie about the time for half an hour: nothing acknowledged is lost.",
        ("shouwang/connections/jt808/tests/test_soak.py",),
        workers=0,
    ),
    Part(
        "looks",
        "Whatever sessions of the pages do, every identity and resident they saw has a committed trace.",
        (
            "shouwang/registry/tests/test_random_sessions.py",
            "shouwang/registry/tests/test_random_searches.py",
            "shouwang/registry/tests/test_random_attempts.py",
        ),
    ),
    Part(
        "rebuilding",
        "Ten thousand searches with an officer's rights rebuild less than a thousandth of a million residents.",
        ("shouwang/registry/tests/test_rebuilding.py",),
        workers=0,
    ),
    Part(
        "revoked",
        "A session that was ended hears nothing any more.",
        ("shouwang/config/live/tests/test_revoking.py",),
        workers=0,
    ),
    Part(
        "journal",
        "No altered proof, checkpoint or proof file is believed.",
        ("shouwang/journal/tests/test_mutations.py",),
    ),
    Part(
        "garbage",
        "Whatever is sent to any address by anybody is answered in words.",
        ("tests/journeys/test_garbage_at_every_door.py",),
    ),
    Part(
        "grammar",
        "Whatever is typed at the command bar does nothing but what the line says outright.",
        ("shouwang/desk/tests/test_any_line_at_the_bar.py",),
    ),
    Part(
        "alarms",
        "A desk is not rung at more often than it can answer, and no alert is lost or left.",
        ("shouwang/desk/tests/test_alarm_budget.py",),
    ),
    Part(
        "axe",
        "axe finds nothing on any page in any look at any width.",
        ("tests/journeys/test_faces_with_axe.py",),
        workers=0,
    ),
    Part(
        "later",
        "The suite passes in a year whose holidays nobody has announced yet.",
        ("shouwang", "tests"),
        marks="not browser and not prove and not slow",
        settings=(("SHOUWANG_TEST_DAYS_AHEAD", str(LATER_DAYS)),),
    ),
    Part(
        "debian",
        "The whole suite passes on Debian's PostgreSQL 15.",
        ("shouwang", "tests"),
        marks="not prove",
        settings=(("SHOUWANG_TEST_PG_BIN", str(DEBIAN)),),
    ),
)


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - {part.name for part in PARTS}
    if unknown:
        print(f"No such part: {', '.join(sorted(unknown))}. Parts: {', '.join(part.name for part in PARTS)}.")
        return 2
    code = state_of_the_code()
    parts = [part for part in PARTS if not wanted or part.name in wanted]
    for number, part in enumerate(parts, 1):
        earlier = result_of(part)
        if not wanted and earlier.get("code") == code and earlier["outcome"] == "proven":
            print(f"[{number}/{len(parts)}] {part.name}: proven already for this code.", flush=True)
            continue
        took = f" (took {earlier['seconds']} s last time)" if earlier else ""
        print(f"[{number}/{len(parts)}] {part.name}: {part.promise}{took}", flush=True)
        result = tried(part, code)
        print(f"        {result['outcome']}, {result['seconds']} s", flush=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written.")
    return int(any(result_of(part).get("outcome") == "failed" for part in parts))


def tried(part: Part, code: str) -> dict[str, object]:
    """Run one part; its result, kept for the next time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    log = KEPT / f"{part.name}.log"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            part.marks,
            f"--junitxml={report}",
            "-o",
            "junit_family=xunit1",
            *part.files,
        ]
        command += ["-n", str(part.workers), "--dist", "load" if len(part.files) == 1 else "loadfile"]
        began = time.monotonic()
        with log.open("wb") as said:
            code_of_exit = subprocess.run(
                command, cwd=ROOT, env=os.environ | dict(part.settings), stdout=said, stderr=said
            ).returncode
        tests = read(report.read_text(encoding="utf-8")) if report.exists() else Tests()
    outcome = "proven" if code_of_exit == 0 and tests.passed else "failed"
    if outcome == "proven" and not tests.found and tests.skipped:
        outcome = "in part"
    if code_of_exit == 0 and not tests.passed:
        outcome = "not tried"
    if outcome == "failed":
        print(log.read_text(encoding="utf-8", errors="replace")[-4000:])
    result = asdict(tests) | {
        "outcome": outcome, "code": code, "commit": said_by_git("rev-parse", "--short", "HEAD"),
        "at": f"{datetime.now(UTC):%Y-%m-%d}", "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    (KEPT / f"{part.name}.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return result


@dataclass
class Tests:
    passed: int = 0
    failed: int = 0
    found: int = 0  # planted faults
    skipped: str = ""
    size: str = ""
    seed: str = ""
    measured: str = ""


def read(report: str) -> Tests:
    """What a run of pytest tells: outcomes, and the properties that its tests recorded."""
    tests, sizes = Tests(), {}
    for case in ET.fromstring(report).iter("testcase"):
        told = {one.get("name"): one.get("value", "") for one in case.iter("property")}
        skipped = case.find("skipped")
        if skipped is not None:
            tests.skipped = skipped.get("message", "")
            continue
        bad = case.find("failure") is not None or case.find("error") is not None
        tests.failed += bad
        tests.passed += not bad
        tests.found += not bad and "control" in told
        if "size" in told:
            sizes[told.get("unit", "")] = sizes.get(told.get("unit", ""), 0) + int(told["size"])
        tests.seed = told.get("seed", tests.seed)
        tests.measured = told.get("measured", tests.measured)
    tests.size = ", ".join(f"{n:,} {unit}".replace(",", " ") for unit, n in sizes.items())
    return tests


def result_of(part: Part) -> dict[str, object]:
    file = KEPT / f"{part.name}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def state_of_the_code() -> str:
    """A name for everything a proof depends on; the same after a commit that only touches documentation."""
    digest = hashlib.sha256()
    for name in said_by_git("ls-files", "--cached", "--others", "--exclude-standard", "--", *CODE).splitlines():
        if (ROOT / name).is_file():
            digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()[:16]


def said_by_git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def page() -> str:
    head = [
        "# Long proofs", "",
        "Made by `make prove`. Each part runs together with its planted faults; what is proven found all of them.", "",
        "| part | what is promised | size | seed | outcome | faults found | date | commit | seconds |",
        "|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*head, *rows(), ""])


def rows() -> Iterator[str]:
    """What was tried on this machine; of the rest what the page says already: it was tried on another."""
    known = {line.split(" | ")[0]: line for line in PAGE.read_text(encoding="utf-8").splitlines()}
    for part in PARTS:
        told = result_of(part)
        if not told:
            yield known.get(f"| {part.name}", f"| {part.name} | {part.promise} | | | not tried yet | | | | |")
            continue
        size = told["size"] or f"{told['passed']} tests"
        outcome = told["outcome"] if told["outcome"] != "failed" else "**failed**"
        more = told["skipped"] if told["outcome"] in ("not tried", "in part") else told["measured"]
        outcome = f"{outcome}: {more}" if more else outcome
        yield (
            f"| {part.name} | {part.promise} | {size} | {told['seed'] or 'fixed'} | {outcome} | {told['found']} "
            f"| {told['at']} | {told['commit']} | {told['seconds']} |"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
