"""Edits made on several phones: which stand, which contradict. A table of stories, no database."""

import datetime as dt
from itertools import permutations
from uuid import UUID

import pytest

from shouwang.registry.agreeing import EditMade, judge, open_fields_of, standing

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
ONE, TWO = UUID(int=1001), UUID(int=1002)


def edit(number: int, device: UUID | None, fields: str, *, base: int = 0, minute: int | None = None) -> EditMade:
    at = NOON + dt.timedelta(minutes=number if minute is None else minute)
    return EditMade(UUID(int=number), number, base, device, at, frozenset(fields.split()))


def test_an_edit_of_a_record_as_it_is_stands():
    verdict = judge(edit(1, ONE, "rooms beds"), [])

    assert verdict.writes == {"rooms", "beds"}
    assert (verdict.contradicts, verdict.beside) == (frozenset(), False)


def test_other_fields_changed_meanwhile_is_a_soft_conflict_and_both_stand():
    verdict = judge(edit(2, TWO, "beds"), [edit(1, ONE, "rooms")])

    assert (verdict.writes, verdict.contradicts, verdict.beside) == ({"beds"}, frozenset(), True)


@pytest.mark.parametrize(("minute", "writes"), [(30, {"rooms"}), (0, frozenset())])
def test_the_same_field_is_a_hard_conflict_and_the_last_tap_is_shown(minute, writes):
    verdict = judge(edit(2, TWO, "rooms", minute=minute), [edit(1, ONE, "rooms", minute=10)])

    assert (verdict.contradicts, verdict.writes) == ({"rooms"}, writes)


def test_whoever_had_seen_the_other_edit_does_not_contradict_it():
    assert judge(edit(2, TWO, "rooms", base=1), [edit(1, ONE, "rooms")]).contradicts == frozenset()


def test_the_same_phone_does_not_contradict_itself():
    log = [edit(1, ONE, "rooms"), edit(2, ONE, "rooms")]

    assert open_fields_of(log) == {}
    assert standing(log, "rooms") == [log[1]]


def test_what_the_desk_decided_stays_until_a_person_decides_again():
    desk, phone = edit(1, None, "rooms"), edit(2, ONE, "rooms", minute=500)

    assert judge(phone, [desk]).writes == frozenset()
    assert set(open_fields_of([desk, phone])) == {desk.id, phone.id}
    assert open_fields_of([desk, phone, edit(3, None, "rooms")]) == {}


def test_whoever_knew_the_desks_decision_comes_before_whoever_did_not():
    log = [edit(1, None, "rooms"), edit(2, ONE, "rooms", base=1, minute=5), edit(3, TWO, "rooms", minute=50)]

    assert standing(log, "rooms")[0] is log[1]


def test_the_order_in_which_edits_arrive_makes_no_difference():
    made = [(ONE, "rooms beds", 7), (TWO, "rooms", 3), (UUID(int=1003), "beds letting_no", 9)]

    shown = set()
    for order in permutations(made):
        log = [EditMade(UUID(int=minute), n, 0, device, NOON + dt.timedelta(minutes=minute), frozenset(words.split()))
               for n, (device, words, minute) in enumerate(order, 1)]  # fmt: skip
        first = tuple(standing(log, field)[0].id for field in ("rooms", "beds", "letting_no"))
        shown.add((first, frozenset(open_fields_of(log).items())))
    assert len(shown) == 1
