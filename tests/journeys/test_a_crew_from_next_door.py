"""A crew is sent to a call on a ground where none of its posts stands: the call opens to it, and closes behind it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching
from shouwang.duty import shifts
from shouwang.duty.shifts import CrewMember
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, may
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session

QIAOXI = (111.421, 27.690)


@pytest.fixture
def call(world: Any) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=QIAOXI, subkind="order.fight", place_text="桥西路12号"
    )


@pytest.fixture
def sent(world: Any, call: Matter) -> Any:
    """Zhao, the community officer of 河埠, is aboard a crew that is sent to 桥西."""
    at = clock.now()
    shifts.join_crew(unit=world.hb1, member=CrewMember(world.zhao.person, "5120611"), by=world.zhao, at=at)

    def send() -> Any:
        return dispatching.send_unit(matter=call, unit=world.hb1, by=world.fang, at=clock.now())

    return send


def browser(who: Any) -> Client:
    client = Client()
    client.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return client


def test_the_call_opens_to_the_crew_from_sending_to_clearing(world: Any, call: Matter, sent: Any) -> None:
    zhao = browser(world.zhao)
    page, notes = f"/desk/matters/{call.pk}/", f"/desk/matters/{call.pk}/notes/"
    assert zhao.get(page).status_code == 404

    task = sent()
    assert "桥西路12号" in zhao.get(page).content.decode()
    assert "桥西路12号" in zhao.get("/desk/parts/?of=queue").json()["queue"]
    assert zhao.post(notes, {"text": "门口有两人"}, headers={"HX-Request": "true"}).status_code == 200

    dispatching.arrive(assignment=task, by=world.zhao, at=clock.now())
    dispatching.clear(assignment=task, by=world.zhao, at=clock.now())
    assert zhao.get(page).status_code == 404
    assert zhao.post(notes, {"text": "忘了一句"}).status_code == 404


def test_the_crew_may_not_do_there_what_only_the_ground_gives(world: Any, call: Matter, sent: Any) -> None:
    sent()
    by, at = Actor(person_id=world.zhao.person_id), clock.now()

    assert may(by, Verb.IDENTITY_LOOK, call, at)
    for verb in (Verb.MATTER_CLOSE, Verb.MATTER_TRIAGE, Verb.MATTER_HAND_OVER, Verb.EVIDENCE_OPEN_ORIGINAL):
        assert not may(by, verb, call, at), verb


def test_a_recall_closes_the_call_again_and_an_exclusion_keeps_it_closed(world: Any, call: Matter, sent: Any) -> None:
    task = sent()
    dispatching.recall_unit(assignment=task, by=world.fang, at=clock.now(), reason="另派")
    assert browser(world.zhao).get(f"/desk/matters/{call.pk}/").status_code == 404

    sent()
    Matter.objects.filter(pk=call.pk).update(excluded_persons=[world.zhao.person_id])
    assert browser(world.zhao).get(f"/desk/matters/{call.pk}/").status_code == 404
