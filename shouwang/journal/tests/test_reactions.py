"""Reactions: queued with the act, run once, tried again when they fail."""

import json

import pytest
from django.db import connection, transaction

from shouwang.core.acting import acting
from shouwang.journal import reactions
from shouwang.journal.models import Particulars, Reacted
from shouwang.journal.reactions import EntryView, handlers_of, on, run_handler
from shouwang.journal.record import record
from shouwang.journal.tests.conftest import MATTER


@pytest.fixture
def heard(monkeypatch):
    """Two handlers, as a higher app would register them, and what they heard."""
    monkeypatch.setattr(reactions, "_handlers", {})
    views: list[EntryView] = []

    @on("matter.done", "matter.void")
    def tell_the_parties(entry):
        views.append(entry)

    @on("matter.*")
    def count(entry):
        raise RuntimeError("no room")

    return views


def queued(task="journal.react_all"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def name_of(handler):
    return next(name for name in reactions._handlers if name.endswith(handler))


def test_a_handler_hears_its_topics_and_no_others(heard):
    assert handlers_of("matter.done") == [name_of("tell_the_parties"), name_of("count")]
    assert handlers_of("matter.active") == [name_of("count")]
    assert handlers_of("matters.done") == []


def test_one_job_for_all_handlers_stands_in_the_queue(heard, act, as_role):
    [entry_id] = act(topic="matter.done")

    with as_role("jobs"):
        assert queued() == [{"handlers": handlers_of("matter.done"), "entry": str(entry_id)}]


def test_a_handler_that_fails_keeps_no_other_waiting_and_is_tried_by_itself(heard, act, as_role):
    [entry_id] = act(topic="matter.done")

    with as_role("jobs"):
        reactions.react_all(handlers=[name_of("count"), name_of("tell_the_parties")], entry=str(entry_id))

        assert [view.id for view in heard] == [entry_id]
        assert queued("journal.react") == [{"handler": name_of("count"), "entry": str(entry_id)}]


def test_what_is_rolled_back_is_not_queued(heard, act, as_role):
    with transaction.atomic():
        act(topic="matter.done")
        transaction.set_rollback(True)

    with as_role("jobs"):
        assert queued() == []


def test_a_handler_runs_once_for_an_entry(heard, act, as_role, fang, at):
    [entry_id] = act(topic="matter.done", unit="桥西1组")

    with as_role("jobs"):
        ran = [run_handler(name_of("tell_the_parties"), entry_id) for _ in range(3)]

    assert ran == [True, False, False]
    [view] = heard
    assert (view.id, view.verb, view.topic, view.subject) == (
        entry_id, "matter.step.dispatch", "matter.done", MATTER,
    )  # fmt: skip
    assert (view.by.person_id, view.at) == (fang.person_id, at)
    assert view.particulars == {"number": 0, "unit": "桥西1组"}


def test_a_handler_that_fails_has_not_run(heard, act, as_role):
    [entry_id] = act(topic="matter.done")

    with as_role("jobs"):
        with pytest.raises(RuntimeError, match="no room"):
            run_handler(name_of("count"), entry_id)
        assert not Reacted.objects.filter(entry=entry_id).exists()


def test_it_is_tried_ten_times_over_some_hours():
    waits = [reactions.RETRY.wait + reactions.RETRY.exponential_wait ** (tried + 1) for tried in range(9)]

    assert waits[0] <= 4
    assert 7 < sum(waits) / 3600 < 10


def test_a_handler_meets_an_entry_whose_particulars_are_erased(heard, act, as_role):
    [entry_id] = act(topic="matter.done")

    with as_role("jobs"):
        Particulars.objects.filter(entry=entry_id).delete()
        run_handler(name_of("tell_the_parties"), entry_id)

    assert heard[0].particulars is None


def test_a_job_for_a_handler_of_another_version_fails_and_so_stays(heard, act):
    [entry_id] = act()

    with pytest.raises(LookupError):
        run_handler("shouwang.nobody.reactions.gone", entry_id)


def test_two_handlers_of_one_name_are_a_mistake(heard):
    def handler(entry): ...

    on("matter.done")(handler)
    handler_again = type(handler)(handler.__code__, {})
    handler_again.__module__, handler_again.__qualname__ = handler.__module__, handler.__qualname__

    with pytest.raises(ValueError, match="two handlers"):
        on("matter.done")(handler_again)


def test_the_worker_runs_the_task_itself(heard, act, as_role, at, fang):
    with acting(fang):
        entry_id = record("matter.close", topic="matter.void", subject=MATTER, by=fang, at=at)

    with as_role("jobs"):
        reactions.react(handler=name_of("tell_the_parties"), entry=str(entry_id))

    assert len(heard) == 1
