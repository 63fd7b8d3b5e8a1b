"""A round and a hazard as phones send them: taken once, late or not, and what no longer fits is kept aside."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from shouwang.core.ids import new_id
from shouwang.core.window import Window
from shouwang.field.walking import round_for
from shouwang.kinds.visit.wishes import note_wish, open_due
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter, SentStep
from shouwang.matters.replay import Sent, replay
from shouwang.matters.settling import kept_aside_for
from shouwang.people.models import Device
from shouwang.rounds.models import Round
from shouwang.rounds.planning import Wanted, plan_round

NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)
POINT = (111.427, 27.686)
Send = Callable[..., SentStep]


@pytest.fixture
def send(world: Any) -> Send:
    """`send("shen", "round.stop", minutes=60, stop=…)`: tapped so long after noon, sent two hours after it."""

    def sent(who: str, act: str, *, minutes: float = 30, step: UUID | None = None, **given: Any) -> SentStep:
        person = world.cast[who]
        device, _ = Device.objects.get_or_create(
            person=person.person, defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": NOON}
        )
        at = NOON + dt.timedelta(minutes=minutes)
        body = {"id": str(step or new_id()), "act": act, "claimed_at": at.isoformat(), "form": 1, "given": given}
        text = Sent.read(json.dumps(body, default=str))
        return replay(text, device=device, by=person.afresh(), at=NOON + dt.timedelta(hours=2))

    return sent


@pytest.fixture
def code(world: Any) -> str:
    _wish, said = note_wish(
        told=Told(name="陈奶奶", number="13800000000"), need="alone", every_days=1, place_text="桥西路12号",
        ends_on=dt.date(2026, 6, 1), point=POINT, by=world.shen, at=NOON,
    )  # fmt: skip
    open_due(NOON)
    return said


@pytest.fixture
def planned(world: Any, code: str) -> Round:
    visits = list(Matter.objects.filter(kind="visit").select_related("area"))
    wanted = Wanted(world.shen.person, POINT, NOON, dt.timedelta(hours=4), visits)
    return plan_round(wanted, by=world.shen, at=NOON)


def test_a_round_walked_without_a_network_arrives_whole_and_once(world, planned, code, send):
    stop, key = planned.stops.get(), new_id()
    assert round_for(world.shen, NOON)["round"]["stops"][0]["where"] == "桥西路12号"
    assert "陈" not in json.dumps(round_for(world.shen, NOON), ensure_ascii=False)

    assert send("shen", "round.begin", minutes=5, round=planned.pk).outcome == "taken"
    for _ in range(2):
        assert send("shen", "round.stop", step=key, stop=stop.pk, outcome="done", code=code).outcome == "taken"
    assert send("shen", "round.end", minutes=60, round=planned.pk).outcome == "taken"

    planned.refresh_from_db()
    visit = Matter.objects.get(kind="visit")
    assert (visit.outcome, visit.facts["proof"], visit.closed_at) == ("met", "code", NOON + dt.timedelta(minutes=30))
    assert planned.ended_at == NOON + dt.timedelta(minutes=60)
    assert round_for(world.shen, NOON)["round"] is None


def test_a_wrong_code_is_kept_aside_for_its_author_and_the_stop_stays_open(world, planned, send):
    stop = planned.stops.get()
    sent = send("shen", "round.stop", stop=stop.pk, outcome="done", code="99999")
    assert (sent.outcome, sent.reason) == ("quarantined", "visit.wrong_code")
    stop.refresh_from_db()
    assert stop.outcome == ""
    assert [one.pk for one in kept_aside_for(world.shen, NOON)] == [sent.pk]


@pytest.mark.parametrize(("who", "given"), [("zhao", {}), ("shen", {"stop": "x"}), ("shen", {"outcome": "gone"})])
def test_what_does_not_fit_is_never_dropped(world, planned, send, who, given):
    usual = {"stop": planned.stops.get().pk, "outcome": "done"}
    assert send(who, "round.stop", **(usual | given)).outcome == "quarantined"


def test_a_hazard_noted_on_a_phone_is_one_hazard_however_often_it_is_sent(world, send):
    given = {"subkind": "fire.exit_blocked", "gist": "楼道堆物", "lon": POINT[0], "lat": POINT[1]}
    key = new_id()
    for _ in range(2):
        assert send("lu", "hazard.note", step=key, **given).outcome == "taken"
    hazard = Matter.objects.get(kind="hazard")
    assert (hazard.pk, hazard.opened_at) == (key, NOON + dt.timedelta(minutes=30))
    assert send("shi", "hazard.note", **given).reason == "people.not_visible"
    assert send("lu", "hazard.note", **given | {"lon": "?"}).reason == "replay.not_a_step"
    assert send("lu", "hazard.note", **given | {"subkind": "person.bad"}).reason == "replay.not_a_step"


def test_the_phone_says_within_which_hours_somebody_is_there_and_the_way_keeps_to_them(world, code):
    note_wish(
        told=Told(name="方奶奶", number="13800000001"), need="carer", every_days=1, place_text="桥西路12号",
        ends_on=dt.date(2026, 6, 1), point=POINT, by=world.shen, at=NOON, at_home=Window(dt.time(14, 30)),
    )  # fmt: skip
    open_due(NOON)
    visits = list(Matter.objects.filter(kind="visit").select_related("area"))
    plan_round(Wanted(world.shen.person, POINT, NOON, dt.timedelta(hours=4), visits), by=world.shen, at=NOON)

    with translation.override("zh-hans"):
        first, second = round_for(world.shen, NOON)["round"]["stops"]

    assert (first["hours"], second["hours"]) == ("", "14:30以后")
    assert dt.datetime.fromisoformat(second["expected"]) >= NOON + dt.timedelta(hours=2, minutes=30)
