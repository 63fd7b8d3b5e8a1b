"""The rules are tables of input and output; the hearing goes to its maker first."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.people.access import NotVisible
from shouwang.registry.finding import begin_sitting, find
from shouwang.registry.hearing import (
    HeardAlready,
    OwnHearing,
    close_hearing,
    declare_own_address,
    looks_to_hear,
    own_looks,
    pass_on_unanswered,
    say_why,
)
from shouwang.registry.models import OddLook, Residence
from shouwang.registry.models.odd import OddRule
from shouwang.registry.noticing import notice_odd_looks
from shouwang.registry.odd_looks import MOST_LOOKS, MOST_SEARCHES, Trace, odd_among
from shouwang.registry.tests.town import id_number, open_by, register

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai
SOMEBODY = UUID(int=7)
MINUTE = dt.timedelta(minutes=1)


def trace(minutes: float = 0, **more: Any) -> Trace:
    given = {"person": SOMEBODY, "is_search": False} | more
    return Trace(uuid4(), at=NOON + minutes * MINUTE, **given)


def rules(*traces: Trace) -> list[OddRule]:
    return [rule for rule, _ in odd_among(traces)]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (trace(), []),
        (trace(on_duty=True), []),
        (trace(on_duty=False), [OddRule.OFF_DUTY]),
        (trace(minutes=11 * 60), [OddRule.OFF_DUTY]),  # 23:00, no shifts kept
        (trace(minutes=11 * 60, on_duty=True), []),
        (trace(on_duty=False, emergency=True), []),
        (trace(own_name=True), [OddRule.OWN_NAME]),
        (trace(own_address=True), [OddRule.OWN_ADDRESS]),
        (trace(decoy=True), [OddRule.DECOY]),
        (trace(own_name=True, on_duty=False, by_himself=True), []),
    ],
)
def test_a_single_look_by_the_rules(one: Trace, expected: list[OddRule]) -> None:
    assert rules(one) == expected


def test_many_in_a_short_time_is_one_hit_and_the_next_counts_anew() -> None:
    many = [trace(number / 10) for number in range(MOST_LOOKS + 1)]
    assert rules(*many) == [OddRule.BURST]
    assert rules(*many[:-1]) == []
    slow = [trace(number * 2) for number in range(MOST_LOOKS + 5)]
    assert rules(*slow) == []
    searches = [trace(number / 10, is_search=True) for number in range(MOST_SEARCHES + 1)]
    assert rules(*searches) == [OddRule.BURST]


def test_the_looks_of_two_do_not_add_up() -> None:
    many = [trace(number / 10, person=UUID(int=number % 2)) for number in range(MOST_LOOKS + 1)]

    assert rules(*many) == []


@pytest.fixture
def noticed(as_role: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[tuple[str, UUID]]]:
    """What the job found, as (rule, person); by day, whatever the hour of this test."""
    monkeypatch.setattr("shouwang.registry.odd_looks._at_night", lambda at: False)

    def run() -> list[tuple[str, UUID]]:
        with as_role("jobs"):
            notice_odd_looks(by=Actor.system(), at=clock.now())
            return list(OddLook.objects.order_by("at").values_list("rule", "person"))

    return run


@pytest.mark.committed
@pytest.mark.usefixtures("ring")
def test_ones_own_name_is_noticed_though_its_terms_are_kept_as_a_hash(
    world: Any, noticed: Callable[[], list[tuple[str, UUID]]]
) -> None:
    at = clock.now()
    find(begin_sitting(purpose="visit", by=world.shen, at=at), who="李月娥", by=world.shen, at=at)
    assert noticed() == []
    find(begin_sitting(purpose="visit", by=world.shen, at=at), who="沈知行", by=world.shen, at=at)

    assert noticed() == [("own_name", world.shen.person_id)]
    assert noticed() == [("own_name", world.shen.person_id)]


@pytest.mark.committed
@pytest.mark.usefixtures("ring")
def test_ones_own_address_counts_only_where_it_was_declared(
    world: Any, noticed: Callable[[], list[tuple[str, UUID]]], as_role: Any
) -> None:
    at = clock.now()
    register(world, at, name="李月娥", doc_no=id_number(5))
    open_by(world.shen, at, "李月娥")
    assert noticed() == []
    with as_role("jobs"):
        home = Residence.objects.select_related("dwelling__address").get().dwelling.address
    declare_own_address(home, by=world.shen, at=at)

    assert noticed() == [("own_address", world.shen.person_id)]


@pytest.fixture
def odd(world: Any, as_role: Any) -> OddLook:
    """One hit of the community officer of Qiaoxi."""
    at = clock.now()
    with as_role("jobs"):
        row: OddLook = OddLook.objects.create(
            rule="burst", person=world.shen.person_id, area=world.qiaoxi, subject=uuid4(), is_search=True, at=at,
            found_at=at, answer_by=at + dt.timedelta(days=3),
        )  # fmt: skip
    return row


@pytest.mark.committed
def test_its_maker_reads_it_first_and_the_lead_with_his_words(world: Any, odd: OddLook) -> None:
    at = clock.now()
    assert [one.pk for one in own_looks(world.shen)] == [odd.pk]
    assert looks_to_hear(world.zhou, at) == []
    with pytest.raises(NotVisible):
        close_hearing(odd.pk, "explained", "", by=world.zhou, at=at)
    with pytest.raises(NotVisible):
        say_why(odd.pk, "不是我", by=world.zhao, at=at)

    say_why(odd.pk, "入户登记集中录入", by=world.shen, at=at)
    (heard,) = looks_to_hear(world.zhou, at)
    assert heard.said == "入户登记集中录入"
    assert looks_to_hear(world.zhao, at) == []
    close_hearing(odd.pk, "explained", "已核对任务单", by=world.zhou, at=at)
    assert looks_to_hear(world.zhou, at) == []
    assert own_looks(world.shen)[0].note == "已核对任务单"
    with pytest.raises(HeardAlready):
        close_hearing(odd.pk, "followed", "", by=world.zhou, at=at)


@pytest.mark.committed
def test_who_says_nothing_is_read_without_his_words_after_three_days(world: Any, odd: OddLook, as_role: Any) -> None:
    with as_role("jobs"):
        assert pass_on_unanswered(by=Actor.system(), at=odd.answer_by - MINUTE) == 0
        assert pass_on_unanswered(by=Actor.system(), at=odd.answer_by + MINUTE) == 1

    assert [one.pk for one in looks_to_hear(world.an, clock.now())] == [odd.pk]


@pytest.mark.committed
def test_nobody_hears_himself(world: Any, odd: OddLook, as_role: Any) -> None:
    with as_role("jobs"):
        OddLook.objects.update(person=world.zhou.person_id, passed_at=clock.now())

    assert looks_to_hear(world.zhou, clock.now()) == []
    with pytest.raises(OwnHearing):
        close_hearing(odd.pk, "explained", "", by=world.zhou, at=clock.now())


@pytest.mark.committed
def test_the_database_itself_keeps_it_from_others(world: Any, odd: OddLook) -> None:
    from shouwang.core.acting import acting

    with acting(world.zhou):
        assert not OddLook.objects.exists()
    with acting(world.shen):
        assert OddLook.objects.exists()
