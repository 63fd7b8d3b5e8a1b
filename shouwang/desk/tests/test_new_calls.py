"""New calls that came while nobody looked: they ring when a desk opens, in one line, until somebody takes notice."""

import pytest

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch.noticing import unlooked
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step

NOTICED = "/desk/alerts/noticed/"


def came(world, **more):
    """A call nobody at a desk took: a resident's, brought in by the system."""
    given = {"by": Actor.system(), "channel": "online", "point": (111.427, 27.686), "subkind": "order.fight"} | more
    return open_matter(kind="incident", at=clock.now(), **given)


def shown(browser):
    return browser.get("/desk/alerts/").content.decode()


@pytest.mark.item("U4")
def test_calls_that_came_while_the_desk_was_closed_are_one_line_that_rings_until_it_is_noticed(world, desk):
    first, second = came(world), came(world)
    fang, zhou = desk("fang"), desk("zhou")
    page = shown(fang)

    assert 'data-open="new"' in page
    assert "无人看时来了 2 起新警情" in page
    late = came(world)
    fang.post(NOTICED, {"call": [first.pk, second.pk]})
    assert "无人看时来了 1 起新警情" in shown(zhou)
    silent = zhou.post(NOTICED, {"call": late.pk}).content.decode()
    assert 'data-open=""' in silent
    assert "无人看时" not in silent
    assert Entry.objects.filter(verb="matter.notice", topic="matter.noticed").count() == 3
    zhou.post(NOTICED, {"call": late.pk})
    assert Entry.objects.filter(verb="matter.notice").count() == 3


@pytest.mark.parametrize("act", ["taken at a desk", "noted on", "closed"])
def test_a_call_a_person_who_sends_crews_has_acted_on_is_no_new_one(world, act):
    call = came(world, **({"by": world.fang, "channel": "phone"} if act == "taken at a desk" else {}))
    if act == "noted on":
        add_note(call, "看过", by=world.fang, at=clock.now())
    elif act == "closed":
        take_step(call, "close", by=world.fang, at=clock.now(), outcome="advice", no_recorder_reason="口头劝解")

    assert not unlooked(world.fang, clock.now()).exists()


def test_only_who_sends_crews_on_that_ground_hears_of_it_and_takes_notice(world, desk):
    call, elsewhere = came(world), came(world)
    with acting(Actor.system()):
        Matter.objects.filter(pk=elsewhere.pk).update(duty_path="/999999/", government_path="")

    assert "1 起新警情" in shown(desk("fang"))
    assert desk("fang").post(NOTICED, {"call": [call.pk, elsewhere.pk]}).status_code == 404
    assert "无人看时" not in shown(desk("shen"))
    assert desk("shen").post(NOTICED, {"call": call.pk}).status_code == 403
    assert unlooked(world.fang, clock.now()).exists()
