"""Duty rosters: what holds in every one that is found, and the smallest conflict where there is none."""

from itertools import pairwise

from shouwang.solvers.rostering_check import broken
from shouwang.solvers.rostering_rules import DAY, Limits, Need, Person, Question, Slot, Wish, answer

EARLY, LATE, NIGHT = Slot("E", 8 * 60, 480), Slot("L", 16 * 60, 480), Slot("N", 0, 480)
SLOTS = (EARLY, LATE, NIGHT)
ALL = frozenset({"E", "L", "N"})


def people(number: int, **more) -> tuple[Person, ...]:
    return tuple(Person(f"p{n}", ALL, **more) for n in range(number))


def daily(days: int, **numbers: int) -> tuple[Need, ...]:
    return tuple(Need(day, slot, number) for day in range(days) for slot, number in numbers.items())


def test_two_hours_of_the_small_hours_make_a_night():
    assert [slot.night for slot in SLOTS] == [False, False, True]
    assert Slot("x", 20 * 60, 720).night
    assert not Slot("first half", 18 * 60, 390).night  # until 00:30 (PAT-05)


def test_two_weeks_are_covered_with_rest_and_nights_fairly_shared():
    question = Question(14, SLOTS, people(6), daily(14, E=1, L=1, N=1))
    found = answer(question, seconds=10, workers=1)

    begins = {slot.code: slot.begins for slot in SLOTS}
    for day in range(14):
        assert sorted(found.cells.get((one.code, day), "") for one in question.people)[-3:] == ["E", "L", "N"]
    nights = [sum(found.cells.get((one.code, day)) == "N" for day in range(14)) for one in question.people]
    assert max(nights) - min(nights) <= 1
    for one in question.people:
        times = [day * DAY + begins[found.cells[one.code, day]] for day in range(14) if (one.code, day) in found.cells]
        assert all(later - before >= 480 + 660 for before, later in pairwise(times))


def test_leave_holds_and_a_wish_is_granted_where_that_costs_nothing():
    crew = (Person("a", ALL, away=frozenset({0})), *people(3))
    found = answer(Question(7, SLOTS, crew, daily(7, E=1), (Wish("p0", 2),)), seconds=5, workers=1)

    assert ("a", 0) not in found.cells
    assert ("p0", 2) not in found.cells
    assert found.proven


def test_the_smallest_conflict_names_only_the_rules_that_exclude_each_other():
    trained = Person("trained", frozenset({"E", "N"}), away=frozenset({3}))
    helper = Person("helper", frozenset({"L"}))
    needs = (Need(3, "N", 1), *daily(7, L=1))
    found = answer(Question(7, SLOTS, (trained, helper), needs, limits=Limits(days=7, week=7 * 480)), seconds=5)

    assert set(found.conflict) == {("cover", "N", 3), ("leave", "trained")}
    assert (found.cells, found.proven) == ({}, True)


def test_one_person_cannot_take_two_shifts_that_follow_each_other():
    found = answer(Question(2, SLOTS, people(1), (Need(0, "L", 1), Need(1, "E", 1))), seconds=5)

    assert set(found.conflict) == {("cover", "L", 0), ("cover", "E", 1), ("rest",)}


def test_a_rest_from_before_the_first_day_counts():
    found = answer(Question(1, SLOTS, people(1, free_from=10 * 60), (Need(0, "E", 1),)), seconds=5)

    assert set(found.conflict) == {("cover", "E", 0), ("rest",)}


def test_the_check_finds_nothing_in_what_was_worked_out_and_each_planted_fault():
    question = Question(14, SLOTS, people(6), daily(14, E=1, L=1, N=1))
    cells = answer(question, seconds=5, workers=1).cells
    assert broken(question, cells) == []

    day = next(day for day in range(13) if cells.get(("p0", day)) == "L" and ("p0", day + 1) not in cells)
    planted = broken(question, cells | {("p0", day + 1): "E"})
    assert {"rest", "cover"} <= {one.rule for one in planted}
    assert [one.rule for one in broken(question, {(f"p{n}", 0): "ELN"[n] for n in range(3)}) if one.day == 0] == []


def test_the_check_counts_days_nights_and_hours_running():
    question = Question(7, SLOTS, people(1), (), limits=Limits(rest=0))
    said = broken(question, {("p0", day): "N" for day in range(7)})

    assert {(one.rule, one.day) for one in said if one.rule != "cover"} == {("nights", 3), ("days", 6), ("hours", 6)}
