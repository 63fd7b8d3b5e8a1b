"""The reporter hears of what happens, unless it would endanger him; watchers and holders hear inside."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from shouwang.dispatch.dispatching import send_unit
from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.matters.models import Matter, Party
from shouwang.matters.steps import take_step
from shouwang.matters.watching import watch
from shouwang.notices.models import Notice
from shouwang.notices.reporting import inbox_of
from shouwang.notices.tests.conftest import NOON

Report = Callable[..., Party]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def react(as_role: Any) -> Callable[[], None]:
    """Runs the reactions of notices to every entry so far, as the queue would: each once."""

    def run() -> None:
        for entry in Entry.objects.order_by("id"):
            for handler in handlers_of(entry.topic):
                if handler.startswith("shouwang.notices."):
                    with as_role("jobs"):
                        run_handler(handler, entry.id)

    return run


def _told(party: Party) -> list[str]:
    return list(Notice.objects.filter(recipient=party.pk).order_by("id").values_list("wording", flat=True))


def test_the_reporter_hears_of_every_turn(world: Any, report: Report, react: Callable[[], None]) -> None:
    party = report()
    send_unit(matter=party.matter, unit=world.qx1, by=world.fang, at=NOON + MINUTE)
    react()

    assert _told(party) == ["received", "crew_sent"]


def test_a_second_crew_is_no_second_message(world: Any, report: Report, react: Callable[[], None]) -> None:
    from shouwang.dispatch.dispatching import add_unit

    party = report()
    send_unit(matter=party.matter, unit=world.qx1, by=world.fang, at=NOON + MINUTE)
    add_unit(matter=party.matter, unit=world.hb1, by=world.fang, at=NOON + 2 * MINUTE)
    react()

    sent = Notice.objects.filter(recipient=party.pk, wording="crew_sent").exclude(state="withheld")
    assert sent.count() == 1


@pytest.mark.parametrize("endangers", [{"facts": {"silent": True}}, {"subkind": "order.domestic"}])
def test_when_a_message_would_endanger_none_is_sent(
    world: Any, report: Report, react: Callable[[], None], endangers: dict[str, Any]
) -> None:
    party = report()
    Matter.objects.filter(pk=party.matter_id).update(**endangers)
    send_unit(matter=party.matter, unit=world.qx1, by=world.fang, at=NOON + MINUTE)
    react()

    assert _told(party) == []


def test_at_the_end_comes_the_questionnaire(world: Any, report: Report, react: Callable[[], None]) -> None:
    party = report()
    matter = take_step(party.matter, "accept", by=world.fang, at=NOON + MINUTE)
    take_step(matter, "close", by=world.fang, at=NOON + 2 * MINUTE, outcome="advice")
    react()

    assert _told(party)[-1] == "questionnaire"


def test_a_party_and_a_witness_are_not_told_of_it(world: Any, report: Report, react: Callable[[], None]) -> None:
    party = report()
    others = [party.matter.parties.create(role=role, identity=party.identity, added_at=NOON)
              for role in ("party", "witness")]  # fmt: skip
    react()

    assert [_told(other) for other in others] == [[], []]


def test_a_watcher_hears_inside_of_what_others_do(world: Any, report: Report, react: Callable[[], None]) -> None:
    party = report()
    watch(party.matter, by=world.zhou, at=NOON)
    watch(party.matter, by=world.fang, at=NOON)
    take_step(party.matter, "accept", by=world.fang, at=NOON + MINUTE)
    react()

    assert [notice.wording for notice in inbox_of(world.zhou)] == ["watched"]
    assert inbox_of(world.fang) == []


def test_reacting_twice_tells_once(report: Report, react: Callable[[], None]) -> None:
    party = report()
    react()
    react()

    assert _told(party) == ["received"]


def test_a_task_that_the_phone_did_not_receive_calls_the_crew(
    world: Any, report: Report, react: Callable[[], None]
) -> None:
    from shouwang.core.acting import acting
    from shouwang.core.actor import Actor
    from shouwang.journal.record import record

    party = report()
    row = send_unit(matter=party.matter, unit=world.qx1, by=world.fang, at=NOON + MINUTE)
    with acting(Actor.system()):
        record(
            "assignment.fall_back", topic="assignment.undelivered", subject=("assignment", row.pk), by=Actor.system(),
            at=NOON, unit=str(world.qx1.pk),
        )  # fmt: skip
    react()

    told = Notice.objects.filter(wording="task_waiting")
    assert {notice.recipient for notice in told} >= {world.ming.person_id, world.li.person_id}
    assert {notice.channel for notice in told} == {"sms", "voice"}
