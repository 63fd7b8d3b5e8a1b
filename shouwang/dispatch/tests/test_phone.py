"""What a crew's phone sends, replayed as from its outbox: taken once, late or not; the rest is kept aside."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.duty.alerts import open_alerts
from shouwang.duty.messages import messages_for
from shouwang.duty.models import Alert, AlertKind
from shouwang.duty.shifts import on_shift
from shouwang.matters.models import Note
from shouwang.matters.replay import Sent, replay
from shouwang.matters.settling import kept_aside_for
from shouwang.matters.steps import take_step
from shouwang.people.devices import report_lost
from shouwang.people.giving import end_post
from shouwang.people.models import Device

Tap = Callable[..., Any]


@pytest.fixture
def tap(world: Any, later: Any) -> Tap:
    """`tap("ming", "assignment.sign", 20, assignment=…)`: tapped 20 s after noon, sent `late_s` after that."""

    def tapped(who: str, act: str, seconds: float, *, late_s: float = 1, step: Any = None, **given: Any) -> Any:
        person = world.cast[who]
        device, _ = Device.objects.get_or_create(
            person=person.person,
            defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": later(0)},
        )
        body = {
            "id": str(step or new_id()), "act": act, "claimed_at": later(seconds).isoformat(), "form": 1,
            "given": given,
            "matter": given.pop("matter", None),
        }  # fmt: skip
        sent = Sent.read(json.dumps(body))
        return replay(sent, device=device, by=person.afresh(), at=later(seconds + late_s))

    return tapped


@pytest.fixture
def task(world: Any, call: Any, noon: dt.datetime) -> Assignment:
    return dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)


def test_a_whole_call_from_the_phone(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    for act, seconds in (("sign", 20), ("depart", 40), ("arrive", 300)):
        assert tap("ming", f"assignment.{act}", seconds, **given).outcome == "taken"
    report = tap("ming", "assignment.report", 600, text="双方已分开", checked=["safe", "nonsense"], **given)
    cleared = tap("ming", "assignment.clear", 900, text="调解", outcome="mediated", **given)

    assert (report.outcome, cleared.outcome) == ("taken", "taken")
    task.refresh_from_db()
    assert (task.state, task.arrived_at) == ("cleared", later(300))
    assert Note.objects.filter(matter=call, text="双方已分开").exists()


def test_taps_without_network_count_from_when_they_were_tapped(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    tap("ming", "assignment.sign", 20, late_s=1000, **given)
    tap("ming", "assignment.arrive", 300, late_s=720, **given)

    task.refresh_from_db()
    assert (task.signed_at, task.arrived_at) == (later(20), later(300))
    assert dict(call.stamps.values_list("name", "at"))["arrived_at"] == later(300)


def test_the_same_tap_sent_twice_is_one(world, call, task, tap):
    given = {"assignment": str(task.pk), "matter": str(call.pk), "step": new_id()}

    assert [tap("ming", "assignment.sign", 20, **given).outcome for _ in range(2)] == ["taken", "taken"]


def test_what_no_longer_fits_is_kept_aside_with_its_reason(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    dispatching.recall_unit(assignment=task, by=world.fang, at=later(30))

    late = tap("ming", "assignment.arrive", 60, **given)
    assert (late.outcome, late.reason) == ("quarantined", "dispatch.task_ended")
    other = tap("guan", "assignment.sign", 61, **given)
    assert (other.outcome, other.reason) == ("quarantined", "dispatch.not_your_task")


def test_the_post_held_at_the_tap_counts_and_a_later_tap_is_kept_aside(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    for post in world.ming.person.posts.filter(during__contains=later(0)):
        end_post(post, by=Actor.system(), at=later(30))

    before = tap("ming", "assignment.sign", 20, late_s=600, **given)
    after = tap("ming", "assignment.depart", 40, late_s=600, **given)

    assert before.outcome == "taken"
    assert (after.outcome, after.reason) == ("quarantined", "replay.post_not_held")
    assert {one.pk for who in ("ming", "zhou") for one in kept_aside_for(world.cast[who].afresh(), later(700))} == {
        after.pk
    }
    assert json.loads(after.body)["given"]["assignment"] == str(task.pk)


def test_what_is_tapped_on_a_lost_phone_is_kept_aside_and_what_waited_on_it_is_taken(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    tap("ming", "assignment.sign", 20, **given)
    report_lost(Device.objects.get(person=world.ming.person), by=world.ming, at=later(50))

    waited = tap("ming", "assignment.depart", 40, late_s=600, **given)
    found = tap("ming", "assignment.arrive", 60, late_s=600, **given)

    assert waited.outcome == "taken"
    assert (found.outcome, found.reason) == ("quarantined", "replay.after_loss")


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("assignment.sign", {}),
        ("assignment.sign", {"assignment": "x"}),
        ("assignment.sign", {"assignment": ["a"]}),
        ("assignment.report", {"checked": 7}),
        ("shift.start", {"unit": "x"}),
        ("shift.start", {"unit": "00000000-0000-0000-0000-000000000000"}),
        ("assignment.fly", {}),
    ],
)
def test_nonsense_from_a_phone_is_kept_aside_and_breaks_nothing(world, tap, act, given):
    assert tap("ming", act, 5, **given).outcome == "quarantined"


def test_support_and_help_are_heard_with_what_is_needed(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    tap("ming", "assignment.arrive", 100, **given)
    tap("ming", "assignment.support", 110, need="ambulance", text="一人昏迷", **given)
    tap("li", "unit.sos", 120)

    kinds = [alert.kind for alert in open_alerts(world.fang, later(130))]
    assert kinds == [AlertKind.SOS, AlertKind.SUPPORT]
    assert "一人昏迷" in messages_for(world.fang, later(130))[-1].text


def test_giving_back_needs_a_reason_from_the_phone_too(world, call, task, tap):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}

    assert tap("ming", "assignment.return", 10, **given).reason == "dispatch.why_returned"
    assert tap("ming", "assignment.return", 11, text="车坏了", **given).outcome == "taken"
    assert Alert.objects.get(settled_at=None).kind == AlertKind.RETURNED


def test_signing_on_joins_the_unit_and_signing_off_ends_its_shift(world, tap, later):
    assert tap("shen", "shift.start", 1, unit=str(world.qx2.pk), recorder="5120499").outcome == "taken"
    assert world.qx2.pk in on_shift([world.qx2.pk], later(2))
    assert tap("shen", "shift.away", 5, away=True, text="用餐").outcome == "taken"
    assert tap("shen", "shift.away", 6, away=False).outcome == "taken"
    assert tap("shen", "shift.end", 60).outcome == "taken"
    assert on_shift([world.qx2.pk], later(61)) == {}


def test_a_step_for_a_closed_call_is_kept_aside(world, call, task, tap, later):
    given = {"assignment": str(task.pk), "matter": str(call.pk)}
    tap("ming", "assignment.arrive", 100, **given)
    take_step(call, "close", by=world.fang, at=later(200), outcome="advice", no_recorder_reason="口头劝解")
    tap("ming", "assignment.clear", 300, **given)

    task.refresh_from_db()
    assert task.state == "cleared"
