"""Small rosters whose best is known by hand, and rules that cannot all be kept."""

import subprocess
from pathlib import Path

import pytest

from shouwang.solvers.roster_text import RosterUnreadable, read_task
from shouwang.solvers.rostering import Cover, Member, Shift, Task, Wish, solve

ROOT = Path(__file__).resolve().parents[3]
DAY, NIGHT = Shift("D", 480), Shift("N", 480, not_before=("D",))


def member(code: str, **more) -> Member:
    usual = {"most": {"D": 7, "N": 7}, "most_minutes": 40 * 60}
    return Member(code, **(usual | more))


def solved(task: Task):
    return solve(task, seconds=10, workers=1)


def test_cover_is_met_exactly_when_it_can_be():
    found = solved(Task(3, (DAY,), (member("A"), member("B")), cover=tuple(Cover(d, "D", 1, 100, 1) for d in range(3))))
    assert (found.penalty, found.gap) == (0, 0.0)
    assert [sum(row[day] == "D" for row in found.assignment.values()) for day in range(3)] == [1, 1, 1]


def test_after_a_night_no_day_shift():
    cover = (Cover(0, "N", 1, 100, 1), Cover(1, "D", 1, 100, 1))
    found = solved(Task(2, (DAY, NIGHT), (member("A"),), cover=cover))
    assert found.penalty == 100
    assert sorted(found.assignment["A"]) in (["", "D"], ["", "N"])


def test_a_wish_counts_less_than_a_gap_and_more_than_nothing():
    wish = Wish("A", 0, "D", 3, wanted=False)
    alone = solved(Task(1, (DAY,), (member("A"),), (wish,), (Cover(0, "D", 1, 100, 1),)))
    two = solved(Task(1, (DAY,), (member("A"), member("B")), (wish,), (Cover(0, "D", 1, 100, 1),)))
    assert (alone.penalty, two.penalty) == (3, 0)


def test_days_running_days_off_weekends_and_training_are_kept():
    cover = tuple(Cover(day, "D", 1, 10, 1) for day in range(14))
    limits = {"most_running": 3, "least_running": 2, "least_off": 2, "most_weekends": 1, "most_minutes": 14 * 480}
    row = solved(Task(14, (DAY, NIGHT), (member("A", most={"D": 14}, **limits),), cover=cover)).assignment["A"]
    blocks = [block for block in "".join("x" if cell else "." for cell in row).split(".") if block]
    assert max(map(len, blocks)) <= 3
    assert (row[5] or row[6]) == "" or (row[12] or row[13]) == ""
    assert set(row) <= {"", "D"}


def test_rules_that_exclude_each_other_are_said_to():
    found = solved(Task(2, (DAY,), (member("A", least_minutes=960, off=frozenset({0})),)))
    assert found.penalty is None
    assert found.gap is None


@pytest.mark.parametrize(
    "text",
    ["", "SECTION_NONSENSE\n1", "SECTION_HORIZON\n7\nSECTION_STAFF\nA,D=1", "SECTION_HORIZON\nx", "7"],
)
def test_text_that_is_no_roster_is_refused_in_words(text):
    with pytest.raises(RosterUnreadable):
        read_task(text)


def test_the_command_reads_a_file_and_says_penalty_and_bound(tmp_path):
    file = tmp_path / "week.txt"
    file.write_text(
        "# a week\nSECTION_HORIZON\n2\n\nSECTION_SHIFTS\nD,480,\n\nSECTION_STAFF\nA,D=2,960,0,2,1,1,1\n\n"
        "SECTION_COVER\n0,D,1,100,1\n1,D,1,100,1\n"
    )
    asked = [str(ROOT / "bin" / "shouwang"), "roster", "--instance", str(file), "--seconds", "5", "--workers", "1"]
    done = subprocess.run(asked, capture_output=True, text=True)
    assert '"penalty": 0, "bound": 0' in done.stdout
    missing = subprocess.run([*asked[:3], "none.txt"], capture_output=True, text=True)
    assert missing.returncode == 1
    assert "none.txt" in missing.stderr
