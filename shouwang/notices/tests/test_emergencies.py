"""An emergency look-up: who judges it hears at once, who was looked at is told, and the family when he cannot be."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from shouwang.connections.sms.simulator import Simulator
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.notices.emergencies import tell_kin_instead, tell_who_was_opened
from shouwang.notices.kin import messages_to_kin, tell_kin, told_at, took
from shouwang.notices.models import Notice, NoticeState
from shouwang.notices.reporting import report_delivered
from shouwang.notices.tests.conftest import NIGHT, NOON
from shouwang.registry.emergencies import (
    SittingOver,
    escalate_overdue,
    judge_emergency,
    judges_over,
    kin_reached,
    open_emergency,
)
from shouwang.registry.finding import find, sitting_now
from shouwang.registry.lists import Register
from shouwang.registry.models import Emergency, Look
from shouwang.registry.opening import open_found
from shouwang.registry.tests.town import register, traces

pytestmark = [pytest.mark.committed]
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(hours=24)


@pytest.fixture
def matter(world: Any) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=NOON, area=world.qiaoxi, channel="phone", subkind="order.fight",
        gist="有位老人倒在雪地里",
    )  # fmt: skip


@pytest.fixture
def react(as_role: Any) -> Callable[[], None]:
    def run() -> None:
        for entry in Entry.objects.order_by("id"):
            for handler in handlers_of(entry.topic):
                if handler.startswith("shouwang.notices."):
                    with as_role("jobs"):
                        run_handler(handler, entry.id)

    return run


@pytest.fixture
def opened(world: Any, matter: Matter) -> Callable[..., Emergency]:
    """`opened()` begins an emergency as of now and opens the man found; the database has a clock of its own."""

    def begin(**who: Any) -> Emergency:
        from shouwang.core.clock import now

        at = now()
        register(world, at, name="王建国", area=world.hebu_01, place="河埠街3号101", **who)
        emergency = open_emergency(matter=matter.pk, reason="老人冻伤", by=world.fang, at=at)
        sitting = sitting_now(world.fang, at, matter.pk)
        found = find(sitting, who="王建国", by=world.fang, at=at)
        (one,) = found.candidates
        assert sitting
        open_found(one.id, register=Register.RESIDENT, search=found.search, sitting=sitting, by=world.fang, at=at)
        return emergency

    return begin


def _wordings(recipient: Any) -> set[tuple[str, str]]:
    return set(Notice.objects.filter(recipient=recipient).values_list("wording", "channel"))


def test_the_nearest_who_may_judge_hear_at_once_and_those_above_when_nobody_did(
    world: Any, opened: Callable[..., Emergency], react: Callable[[], None], as_role: Any
) -> None:
    emergency = opened()
    react()
    lead = ("emergency_to_judge", "in_app")
    assert lead in _wordings(world.zhou.person_id)
    assert lead not in _wordings(world.gu.person_id)

    late = emergency.judge_by + MINUTE
    with as_role("jobs"):
        assert escalate_overdue(by=Actor.system(), at=emergency.judge_by - MINUTE) == 0
        assert escalate_overdue(by=Actor.system(), at=late) == 1
        assert escalate_overdue(by=Actor.system(), at=late) == 0
    react()
    assert ("emergency_late", "in_app") in _wordings(world.gu.person_id)
    assert ("emergency_late", "in_app") not in _wordings(world.zhou.person_id)


def test_an_abuse_goes_to_whoever_stands_above(
    world: Any, opened: Callable[..., Emergency], react: Callable[[], None]
) -> None:
    emergency = opened()
    judge_emergency(emergency, "abuse", by=world.zhou, at=emergency.began_at + MINUTE)
    react()

    assert ("emergency_abuse", "in_app") in _wordings(world.gu.person_id)


def test_nobody_judges_his_own_so_he_is_not_asked(world: Any, opened: Callable[..., Emergency]) -> None:
    asked = {post.person_id for post in judges_over(world.qiaoxi, NOON, but=world.zhou.person_id)}

    assert world.zhou.person_id not in asked
    assert world.lin.person_id in asked


@pytest.mark.item("S-REG-008", "PRI-04")
def test_the_message_to_the_family_goes_out_at_night_and_says_nothing_of_the_case(
    world: Any, opened: Callable[..., Emergency], phones: Simulator, send: Callable[..., int]
) -> None:
    emergency = opened()
    tell_kin(emergency, by=world.fang, at=emergency.began_at + MINUTE)
    Notice.objects.filter(wording="kin_needed").update(next_try_at=NIGHT)
    assert send(NIGHT) == 1

    (message,) = phones.messages.values()
    assert message.to == "13900001111"
    assert "110" in message.text
    assert "王" not in message.text
    assert "河埠" not in message.text


def test_only_in_the_same_sitting_and_only_by_whoever_began_it(world: Any, opened: Callable[..., Emergency]) -> None:
    emergency = opened()

    with pytest.raises(SittingOver):
        tell_kin(emergency, by=world.zhou, at=emergency.began_at + MINUTE)
    with pytest.raises(SittingOver):
        tell_kin(emergency, by=world.fang, at=emergency.began_at + 15 * MINUTE)


def test_without_a_number_it_is_said_that_nobody_was_written_to(
    world: Any, opened: Callable[..., Emergency], phones: Simulator, send: Callable[..., int]
) -> None:
    emergency = opened(emergency_contact="女儿，住在城里")
    at = emergency.began_at + MINUTE
    tell_kin(emergency, by=world.fang, at=at)
    send(at)

    (message,) = messages_to_kin(emergency)
    assert (message.state, message.why) == (NoticeState.WITHHELD, "no_channel")
    assert told_at(emergency, [message]) is None


def test_who_was_opened_is_told_in_the_morning_and_his_account_at_once(
    world: Any, opened: Callable[..., Emergency], as_role: Any
) -> None:
    opened()
    (look,) = traces(Look, purpose="emergency")
    with as_role("owner"):
        from shouwang.registry.models import Resident

        Resident.objects.filter(pk=look.identity).update(account=world.wang.person_id)
    with as_role("jobs"):
        tell_who_was_opened(look.entry, at=NIGHT)

    assert ("opened_in_emergency", "in_app") in _wordings(world.wang.person_id)
    outside = Notice.objects.get(recipient=look.identity, wording="opened_in_emergency")
    assert outside.next_try_at == dt.datetime(2026, 11, 21, 0, 0, tzinfo=dt.UTC)  # 08:00 in Shanghai


def test_the_family_is_told_at_the_end_when_he_could_not_be(
    world: Any, matter: Matter, opened: Callable[..., Emergency], phones: Simulator, send: Callable[..., int],
    as_role: Any,
) -> None:  # fmt: skip
    opened(phone="")
    (look,) = traces(Look, purpose="emergency")
    with as_role("jobs"):
        tell_who_was_opened(look.entry, at=NOON)
    send(NOON)
    with as_role("jobs"):
        tell_kin_instead(matter.pk, at=NOON)
    send(NOON)

    assert [one.to for one in phones.messages.values()] == ["13900001111"]


def test_who_was_told_himself_needs_no_family(
    world: Any, matter: Matter, opened: Callable[..., Emergency], phones: Simulator, send: Callable[..., int],
    as_role: Any,
) -> None:  # fmt: skip
    opened()
    (look,) = traces(Look, purpose="emergency")
    with as_role("jobs"):
        tell_who_was_opened(look.entry, at=NOON)
        tell_kin_instead(matter.pk, at=NOON)

    assert not Notice.objects.filter(wording="kin_told_after").exists()


@pytest.mark.item("S-REG-009")
def test_minutes_count_from_the_matter_to_the_first_of_message_and_telephone(
    world: Any, matter: Matter, opened: Callable[..., Emergency]
) -> None:
    emergency = opened()
    at = emergency.began_at
    assert took([emergency]).n == 0
    notice = tell_kin(emergency, by=world.fang, at=at + MINUTE)
    report_delivered(notice.pk, at=at + 2 * MINUTE)
    kin_reached(emergency, by=world.fang, at=at + 5 * MINUTE)
    (emergency,) = traces(Emergency)
    Matter.objects.filter(pk=matter.pk).update(opened_at=at - 6 * MINUTE)

    found = took([emergency])
    assert (found.n, found.median_min, found.p90_min) == (1, pytest.approx(8), pytest.approx(8))
