"""Mobilisation: everybody is called, each answers at the desk or on the phone, who has not is chased."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.duty.models import Mobilisation, MobilisationCall
from shouwang.field.called import called_for
from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.matters.replay import Sent, replay
from shouwang.notices.models import Notice
from shouwang.people.models import Device

ITEM = pytest.mark.item("S-CMD-024")


@pytest.fixture
def lin(world, desk_of) -> Client:
    return desk_of(world.lin)


@pytest.fixture
def called(world, lin) -> Mobilisation:
    when = (clock.now() + dt.timedelta(hours=1)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    told = {"area": world.station.code, "reason": "洪水", "place_text": "派出所院内", "assemble_at": when}
    assert lin.post(reverse("desk:mobilisations"), told).status_code == 302
    return Mobilisation.objects.get()


def act(browser: Client, row: Mobilisation, word: str, **given: str) -> int:
    return browser.post(reverse("desk:mobilisation_act", args=[row.pk]), {"act": word, **given}).status_code


def call_of(who) -> MobilisationCall:
    return MobilisationCall.objects.get(person=who.person_id)


def react(verb: str) -> None:
    entry = Entry.objects.get(verb=verb)
    for handler in handlers_of(entry.topic):
        run_handler(handler, entry.pk)


def tapped(who, call: MobilisationCall) -> str:
    """What the phone of `who` sends when the call is acknowledged on it."""
    at = clock.now()
    device = Device.objects.create(person=who.person, label="phone", public_key=b"-", state="bound", bound_at=at)
    body = {"id": str(new_id()), "act": "mobilisation.acknowledge", "matter": None, "form": 1,
            "given": {"call": str(call.pk)}, "claimed_at": at.isoformat()}  # fmt: skip
    return replay(Sent.read(json.dumps(body)), device=device, by=who.afresh(), at=at).outcome


@ITEM
def test_everybody_is_called_and_answers_at_the_desk_on_the_phone_or_through_the_lead(world, lin, called, desk_of):
    people = {one.person_id for one in called.calls.all()}
    assert {world.ming.person_id, world.shen.person_id, world.he.person_id} <= people
    assert not {world.lu.person_id, world.su.person_id, world.cheng.person_id} & people
    assert call_of(world.lin).answered_at

    shen = desk_of(world.shen)
    board = reverse("desk:standing")
    assert "收到，按时到位" in shen.get(board).content.decode()
    assert shen.post(reverse("desk:mobilisation_answer", args=[call_of(world.ming).pk])).status_code == 404
    answer = reverse("desk:mobilisation_answer", args=[call_of(world.shen).pk])
    assert shen.post(answer, headers={"HX-Request": "true"}).status_code == 302
    assert "收到，按时到位" not in shen.get(board).content.decode()

    assert [(one["place"], one["why"]) for one in called_for(world.ming.person, clock.now())] == [
        ("派出所院内", "洪水")
    ]
    assert tapped(world.ming, call_of(world.ming)) == "taken"
    assert tapped(world.li, call_of(world.guan)) == "quarantined"
    assert called_for(world.ming.person, clock.now()) == []

    assert act(desk_of(world.zhou), called, "told", call=str(call_of(world.he).pk)) == 302
    assert act(shen, called, "told", call=str(call_of(world.guan).pk)) == 403
    page = lin.get(reverse("desk:mobilisation", args=[called.pk])).content.decode()
    assert all(words in page for words in ("应答（工作台）", "应答（手机）", "应答（电话告知带班）"))


@ITEM
def test_an_exemption_needs_its_reason_and_whoever_has_not_answered_is_chased(world, lin, called, desk_of, as_role):
    zhou = desk_of(world.zhou)
    guan = str(call_of(world.guan).pk)
    assert act(zhou, called, "exempt", call=guan, why=" ") == 422
    assert act(zhou, called, "exempt", call=guan, why="产假") == 302
    assert act(zhou, called, "exempt", call=guan, why="产假") == 409
    open_still = called.calls.unanswered().count()
    with as_role("jobs"):
        react("mobilisation.order")
    assert act(zhou, called, "chase") == 302
    with as_role("jobs"):
        react("mobilisation.chase")

    with as_role("jobs"):
        assert Notice.objects.filter(wording="mobilised").count() == open_still
        assert Notice.objects.filter(wording="mobilised_waiting", channel="sms").count() == open_still
        assert not Notice.objects.filter(recipient=world.guan.person_id).exists()
    page = zhou.get(reverse("desk:mobilisation", args=[called.pk])).content.decode()
    assert all(words in page for words in ("准免：产假", "已催 1 次", f"未应答的 {open_still} 人"))


@ITEM
def test_only_the_heads_call_and_end_and_after_the_end_nobody_is_asked(world, lin, called, desk_of):
    zhou = desk_of(world.zhou)
    told = {"area": world.station.code, "reason": "洪水", "place_text": "院内", "assemble_at": "2026-01-01T08:00"}
    assert zhou.post(reverse("desk:mobilisations"), told).status_code == 422
    assert lin.post(reverse("desk:mobilisations"), told).status_code == 422
    assert act(zhou, called, "end") == 403
    assert act(lin, called, "end") == 302
    assert act(lin, called, "chase") == 409
    assert "收到，按时到位" not in desk_of(world.ming).get(reverse("desk:own_duty")).content.decode()
    assert desk_of(world.lu).get(reverse("desk:mobilisation", args=[called.pk])).status_code == 200
    assert desk_of(world.wang).get(reverse("desk:mobilisation", args=[called.pk])).status_code in (302, 403, 404)
