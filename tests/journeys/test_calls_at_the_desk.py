"""Calls through the pages of the desk and the portal: rescue, first handling, repeats, escalation, a sent-in report."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id, receipt_code
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.field.now import now_for
from shouwang.field.views import WantsNoCall, call_back
from shouwang.matters.deadlines import tick
from shouwang.matters.inbox import Report, hand_in
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter, Submission
from shouwang.matters.openings import requests_on
from shouwang.matters.taking_in import take_in
from shouwang.notices.models import Notice
from shouwang.people.models import Person
from shouwang.registry.identities import wish_no_contact
from tests.journeys.desks import middle_of


def taken_down(world: Any, client: Client, **typed: str) -> Matter:
    """A call typed at the desk, on the ground of Qiaoxi 02."""
    lon, lat = middle_of(world.qiaoxi_02)
    form = {
        "key": str(new_id()), "subkind": "order.fight", "urgency": "2", "channel": "phone", "place_text": "桥西路12号",
        "chosen": f"{lon},{lat}||桥西路12号", "gist": "两人打架", "words": "", "name": "", "number": "",
    } | typed  # fmt: skip
    answer = client.post("/desk/intake/", form)
    assert answer.status_code < 400, answer.content.decode()[:500]
    return Matter.objects.get(pk=form["key"])


def crew_at_the_scene(world: Any, client: Client, call: Matter) -> Assignment:
    """Sent by the desk; signed, departed and arrived by the crew."""
    assert client.post(f"/desk/matters/{call.pk}/assignments/", {"unit": str(world.qx1.pk)}).status_code < 400
    assignment = Assignment.objects.get(matter=call)
    for act in (dispatching.sign, dispatching.depart, dispatching.arrive):
        act(assignment=assignment, by=world.ming.afresh(), at=clock.now())
    return assignment


def step(client: Client, call: Matter, name: str, **given: str) -> Matter:
    answer = client.post(f"/desk/matters/{call.pk}/steps/{name}/", given)
    assert answer.status_code < 400, answer.content.decode()[:800]
    return Matter.objects.get(pk=call.pk)


@pytest.mark.item("S-CMD-019")
def test_who_is_there_first_ticks_the_list_and_hands_the_scene_over(world, desk):
    fang, ming = desk("fang"), desk("ming")
    call = taken_down(world, fang)
    crew_at_the_scene(world, fang, call)

    shown = ming.get(f"/desk/matters/{call.pk}/steps/first_handling/form/").content.decode()
    assert "现场安全" in shown
    call = step(ming, call, "first_handling", safe="yes", injured="2", witnesses="1", support_asked="no")
    call = step(ming, call, "hand_to", handed_to="刑侦大队 高明")

    assert call.facts["first_handling"]["injured"] == 2
    assert call.facts["handed_to"]["receiver"] == "刑侦大队 高明"
    assert dt.datetime.fromisoformat(call.facts["handed_to"]["at"]) <= clock.now()


@pytest.mark.item("S-CMD-010")
def test_a_rescue_keeps_each_time_from_the_call_to_the_family(world, desk):
    fang, ming = desk("fang"), desk("ming")
    call = taken_down(world, fang, subkind="help.illness", urgency="1", gist="老人昏迷")
    assignment = crew_at_the_scene(world, fang, call)

    call = step(ming, call, "rescue", first_aid_at="2026-03-10 12:03", ambulance_reference="120-77")
    call = step(ming, call, "rescue", family_told_at="2026-03-10 12:20")
    dispatching.clear(assignment=assignment, by=world.ming.afresh(), at=clock.now())
    call = step(fang, call, "close", outcome="handed_over")

    assert set(call.facts["rescue"]) == {"first_aid_at", "ambulance_reference", "family_told_at"}
    stamps = set(call.stamps.values_list("name", flat=True))
    assert stamps >= {"called_at", "dispatched_at", "acknowledged_at", "departed_at", "arrived_at", "closed_at"}
    page = fang.get(f"/desk/matters/{call.pk}/").content.decode()
    assert "填了救助情况" in page


@pytest.mark.item("S-CMD-029")
def test_the_third_call_from_one_place_shows_a_request_on_the_matter(world, desk):
    fang = desk("fang")

    calls = [taken_down(world, fang) for _each in range(3)]

    waiting = [requests_on(call, world.fang.afresh(), clock.now()) for call in calls]
    assert [[one.why for one in requests] for requests in waiting] == [[], [], ["repeat_place"]]


@pytest.mark.item("S-GRD-003")
def test_a_call_nobody_goes_to_climbs_and_the_page_says_so(world, desk):
    fang = desk("fang")
    call = taken_down(world, fang, urgency="1")

    tick(clock.now() + dt.timedelta(minutes=2))

    assert call.clocks.get(rule="answer").holder == world.lin.post.pk
    assert "到期" in fang.get(f"/desk/matters/{call.pk}/").content.decode()


def test_two_desks_that_edit_one_call_are_told_of_each_other(world, desk):
    fang, zhou = desk("fang"), desk("zhou")
    call = taken_down(world, fang)
    step(zhou, call, "edit_gist", gist="三人打架", version=str(call.version))

    answer = fang.post(f"/desk/matters/{call.pk}/steps/edit_gist/", {"gist": "两人", "version": str(call.version)})

    assert answer.status_code == 409
    told = answer.content.decode()
    assert "周岚" in told
    assert "摘要" in told
    call.refresh_from_db()
    assert call.gist == "三人打架"


PHRASE = "青石桥下第三棵树"


@pytest.fixture
def sent_in(world: Any, as_role: Any) -> Report:
    """An urgent report sent in through the portal by somebody without a number, and taken in by a job."""
    report = Report(
        receipt_code(), new_id(), words="楼下有人打架", place_text="桥西路12号", point=middle_of(world.qiaoxi_02),
        silent=True, told=Told(role="reporter", pass_phrase=PHRASE),
    )  # fmt: skip
    with as_role("portal"):
        hand_in(report, by=Actor.nobody(), at=clock.now())
    with as_role("jobs"):
        take_in(Submission.objects.get(matter=report.matter).pk, at=clock.now())
    return report


def test_a_call_that_must_stay_silent_says_so_to_desk_and_crew(world, desk):
    fang = desk("fang")
    call = taken_down(world, fang, silent="on")
    crew_at_the_scene(world, fang, call)

    warning = "静默：不打电话、不敲门、不发消息"
    assert warning in fang.get(f"/desk/matters/{call.pk}/").content.decode()
    task = now_for(Person.objects.get(pk=world.ming.person_id), world.ming.afresh(), clock.now())["assignments"][0]
    assert task["matter"]["unrung"] == warning


def test_whoever_wants_no_call_is_rung_by_nobody_and_desk_and_crew_are_told(world, desk):
    fang, words = desk("fang"), "要求不发短信、不打电话"
    call = taken_down(world, fang, quiet="on", number="13800000077", name="罗先生")
    crew_at_the_scene(world, fang, call)

    assert call.parties.get().quiet
    assert words in fang.get(f"/desk/matters/{call.pk}/").content.decode()
    task = now_for(Person.objects.get(pk=world.ming.person_id), world.ming.afresh(), clock.now())["assignments"][0]
    assert task["matter"]["unrung"] == words
    with pytest.raises(WantsNoCall):
        rung_back(world, call)
    step(fang, call, "close", outcome="settled")
    assert not Notice.objects.filter(matter=call.pk).exists()


@pytest.mark.committed
def test_who_says_so_only_later_is_rung_by_nobody_either(world, desk):
    fang = desk("fang")
    call = taken_down(world, fang, number="13800000077", name="罗先生")
    crew_at_the_scene(world, fang, call)
    assert b"13800000077" in rung_back(world, call).content
    wish_no_contact(call.parties.get().identity)

    with pytest.raises(WantsNoCall):
        rung_back(world, call)
    shown = fang.post(f"/desk/matters/{call.pk}/looks/").content.decode()
    assert "要求不发短信、不打电话" in shown
    assert "13800000077" in shown
    assert "tel:" not in shown


def test_one_word_of_a_typed_line_marks_the_caller_who_wants_no_call(world, desk):
    line = {"line": "打架 桥西路12号 勿扰 13800000077"}

    form = desk("fang").get("/desk/intake/", line, headers={"HX-Request": "true"}).content.decode()

    assert re.search(r'name="quiet"[^>]*checked', form)


def rung_back(world, call):
    """The crew taps "call back" on its phone."""
    tap = RequestFactory().post(f"/field/matters/{call.pk}/callback/")
    tap.actor, tap.device = world.ming.afresh(), SimpleNamespace(person_id=world.ming.person_id)
    return call_back(tap, call.pk)


def test_a_draft_of_a_call_keeps_that_the_caller_wants_no_call(world, desk):
    fang, key = desk("fang"), str(new_id())

    fang.post("/desk/intake/drafts/", {"key": key, "gist": "两人打架", "quiet": "on"})

    form = fang.get("/desk/intake/", {"draft": key}, headers={"HX-Request": "true"}).content.decode()
    assert re.search(r'name="quiet"[^>]*checked', form)


def test_whoever_reports_violence_at_home_is_sent_nothing_and_the_desk_reads_it(world, desk):
    fang = desk("fang")
    call = taken_down(world, fang, subkind="order.domestic")

    assert "不给报警人发任何消息" in fang.get(f"/desk/matters/{call.pk}/").content.decode()


@pytest.mark.item("S-CMD-028")
def test_a_sent_in_report_is_read_within_a_minute_followed_and_withdrawn(desk, sent_in, as_role):
    fang, reporter, somebody = desk("fang"), Client(), Client()
    call = Matter.objects.get(pk=sent_in.matter)
    limit = call.clocks.get(rule="read")
    assert (call.subkind, call.urgency, call.facts["silent"]) == ("order.fight", 2, True)
    assert limit.due_at - call.opened_at == dt.timedelta(seconds=60)

    call = step(fang, call, "read")
    assert call.state == "read"
    assert call.clocks.get(rule="read").met_at is not None
    with as_role("portal"):
        assert reporter.post(f"/r/{sent_in.receipt}", {"second": PHRASE}).status_code == 302
        assert reporter.get(f"/follow/{call.pk}/").status_code == 200
        assert somebody.get(f"/follow/{call.pk}/").status_code == 302
        assert reporter.post(f"/follow/{call.pk}/add/", {"withdraw": "1", "reason": "已经走了"}).status_code == 302
    with as_role("jobs"):
        take_in(Submission.objects.get(matter=call.pk, kind="withdrawal").pk, at=clock.now())

    call.refresh_from_db()
    assert (call.state, call.phase) == ("withdrawn", "void")


def test_forms_offer_who_may_take_it_which_may_be_the_same_and_what_is_known(world, desk):
    fang, zhou = desk("fang"), desk("zhou")
    call, twin = taken_down(world, fang), taken_down(world, fang, gist="楼下打架")

    def form(client: Client, name: str) -> str:
        return client.get(f"/desk/matters/{call.pk}/steps/{name}/form/").content.decode()

    takers = form(fang, "hand_over")
    assert "林正平" in takers
    assert "赵启明" not in takers
    assert "陆禾" not in takers
    assert twin.reference in form(fang, "merge")
    assert "两人打架" in form(fang, "edit_gist")
    assert "待结警" in form(fang, "stop_clock") or "时限" in form(fang, "stop_clock")
    assert "沈知行" in form(zhou, "seal")

    step(zhou, call, "seal", named=str(world.shen.post.pk), stand_in=str(world.zhou.post.pk), reason="家事")
    assert fang.get(f"/desk/matters/{call.pk}/").status_code == 404
    assert desk("shen").get(f"/desk/matters/{call.pk}/").status_code == 200
