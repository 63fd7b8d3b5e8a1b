"""Cards written while the system was away: taken in once, entered with their own times, never lost, never doubled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.dispatch.cards.coding import CardDamaged, NotACard, Written, decoded, encoded, from_base45, to_base45
from shouwang.dispatch.cards.entering import DrillCard, enter_card
from shouwang.dispatch.cards.taking import (
    OtherCard,
    begin_drill,
    end_drill,
    give_seat,
    hand_in,
    true_times,
    waiting_for,
)
from shouwang.dispatch.models import Assignment, Card
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now():
    return clock.now().replace(microsecond=0)


@pytest.fixture
def card(now) -> Written:
    began = now - 40 * MINUTE
    return Written(
        new_id(), 7, 3, None, began, 2, "打架", "桥西路12号", "两个人打起来了", "13812345678", "桥西1组",
        began + MINUTE, began + 6 * MINUTE, began + 30 * MINUTE,
    )  # fmt: skip


def test_what_is_encoded_is_read_back(card):
    assert decoded(encoded(card)) == card


@given(st.binary(max_size=200))
def test_base45_is_read_back(content):
    assert from_base45(to_base45(content)) == content


def one_letter_wrong(text: str) -> str:
    return text[:-10] + ("B" if text[-10] == "A" else "A") + text[-9:]


@pytest.mark.parametrize("spoil", [lambda text: text[:-3], one_letter_wrong, lambda text: text + "00"])
def test_a_damaged_code_is_refused(card, spoil):
    with pytest.raises(CardDamaged):
        decoded(spoil(encoded(card)))


@pytest.mark.parametrize("text", ["", "https://example.org", "SW2:00000000:00", "SW1"])
def test_another_code_is_no_card(text):
    with pytest.raises(NotACard):
        decoded(text)


def test_the_known_text_of_a_card():
    """fallback/coding.js writes the same."""
    at = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
    card = Written(UUID("018f0000-0000-7000-8000-000000000001"), 1, 1, None, at, 3, "打架")

    assert encoded(card).startswith("SW1:")
    assert decoded(encoded(card)).kind == "打架"


def test_a_card_becomes_a_matter_with_its_own_times(world, card, now):
    row = hand_in(card, office=world.station, by=world.fang.afresh(), at=now)

    matter = enter_card(row, by=world.fang.afresh(), at=now)

    assert (matter.opened_at, matter.subkind, matter.urgency) == (card.written_at, "order.fight", 2)
    assignment = Assignment.objects.get(matter=matter)
    stamps = (assignment.sent_at, assignment.arrived_at, assignment.cleared_at)
    assert stamps == (card.sent, card.arrived, card.cleared)
    opened = Entry.objects.get(subject=matter.pk, verb="incident.open")
    assert opened.at == card.written_at
    assert opened.received_at > card.written_at
    assert any("7-003" in note.text for note in matter.notes.all())
    row.refresh_from_db()
    assert "13812345678" not in str(row.content)


def test_the_same_card_twice_is_one_matter(world, card, now):
    by = world.fang.afresh()
    rows = [hand_in(card, office=world.station, by=by, at=now) for _ in range(2)]
    matters = {enter_card(row, by=by, at=now).pk for row in rows}

    assert matters == {card.id}
    assert Card.objects.count() == 1
    assert Matter.objects.filter(kind="incident").count() == 1


def test_later_stamps_are_added_and_nothing_is_changed(world, card, now):
    by = world.fang.afresh()
    hand_in(replace(card, arrived=None, cleared=None), office=world.station, by=by, at=now)

    row = hand_in(replace(card, words="别的话", sent=now), office=world.station, by=by, at=now)

    times = true_times(row)
    assert (times["sent"], times["arrived"], times["cleared"]) == (card.sent, card.arrived, card.cleared)
    assert row.content["words"] == card.words


def test_two_cards_under_one_number_are_not_mixed(world, card, now):
    by = world.fang.afresh()
    hand_in(card, office=world.station, by=by, at=now)

    with pytest.raises(OtherCard):
        hand_in(replace(card, id=new_id()), office=world.station, by=by, at=now)


def test_no_two_desks_get_the_same_number(world, now):
    assert len({give_seat(by=world.fang.afresh(), at=now) for _ in range(5)}) == 5


def test_a_clock_that_is_wrong_is_set_right_where_it_is_known(world, card, now):
    ahead = dt.timedelta(hours=1)
    wrong = replace(card, written_at=card.written_at + ahead, sent=None, arrived=None, cleared=None)

    row = hand_in(wrong, office=world.station, by=world.fang.afresh(), at=now, ahead_s=ahead.total_seconds())

    assert true_times(row) == {"written": card.written_at}


def test_a_crew_that_cannot_be_stamped_stays_in_words(world, card, now):
    row = hand_in(replace(card, unit="桥西1组、没有这个组"), office=world.station, by=world.fang.afresh(), at=now)

    matter = enter_card(row, by=world.fang.afresh(), at=now)

    assert Assignment.objects.filter(matter=matter).count() == 1
    assert any("没有这个组" in note.text for note in matter.notes.all())


def test_a_likely_duplicate_is_joined_and_keeps_its_own_times(world, card, now):
    by = world.fang.afresh()
    first = enter_card(hand_in(card, office=world.station, by=by, at=now), by=by, at=now)
    other = replace(card, id=new_id(), seat=8, unit="", sent=None, arrived=None, cleared=None)

    joined = enter_card(hand_in(other, office=world.station, by=by, at=now), by=by, at=now, into=first)

    assert joined.merged_into_id == first.pk
    assert joined.opened_at == other.written_at


def test_a_drill_card_never_becomes_a_matter(world, card, now):
    by, lead = world.fang.afresh(), world.zhou.afresh()
    drill = begin_drill(office=world.station, by=lead, at=now)
    row = hand_in(replace(card, drill=drill.pk), office=world.station, by=by, at=now)

    with pytest.raises(DrillCard):
        enter_card(row, by=by, at=now)
    end_drill(drill, by=lead, at=now)

    assert not waiting_for(by, now).exists()
    assert not Matter.objects.filter(pk=card.id).exists()
    assert drill.cards.get().number == "7-003"


def test_a_dispatcher_begins_no_drill(world, now):
    with pytest.raises(NotAllowed):
        begin_drill(office=world.station, by=world.fang.afresh(), at=now)


def test_a_crew_hands_in_no_cards(world, card, now):
    with pytest.raises(NotAllowed):
        hand_in(card, office=world.station, by=world.ming.afresh(), at=now)
