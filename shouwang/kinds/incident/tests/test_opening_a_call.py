"""Urgency by kind and words, complaints about police, repeats at one place, and emergencies."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.geo import moved
from shouwang.journal.models import Entry
from shouwang.kinds.incident.tests.conftest import HEBU_01, QIAOXI_04
from shouwang.matters import openings
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter, Opening
from shouwang.matters.openings import requests_on
from shouwang.matters.steps import take_step
from shouwang.people.access import NotVisible

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "urgency", "by"),
    [
        ({"subkind": "other_dept.noise"}, 4, "kind"),
        ({"subkind": "order.fight"}, 2, "kind"),
        ({"subkind": "other_dept.noise", "words": "他拿刀了"}, 1, "words"),
        ({"subkind": "help.neighbours", "gist": "老人受伤"}, 2, "words"),
        ({"subkind": "order.fight", "gist": "小孩在旁边"}, 2, "kind"),
        ({"subkind": "order.fight", "urgency": 4, "gist": "流血"}, 4, "person"),
        ({"subkind": ""}, 3, "kind"),
    ],
)
def test_urgency_is_set_by_kind_raised_by_words_and_a_persons_choice_stands(a_call, given, urgency, by):
    call = a_call(**given)

    assert (call.urgency, call.facts["urgency_by"]) == (urgency, by)


def test_a_sent_in_report_gets_the_call_type_its_words_name_and_a_typed_one_keeps_its_own(a_call):
    sent_in = a_call(channel="online", subkind="", words="楼下有人打架，流血了")
    typed = a_call(subkind="", words="楼下有人打架")

    assert (sent_in.subkind, sent_in.urgency, sent_in.facts["kind_by"]) == ("order.fight", 1, "words")
    assert a_call(channel="online", words="着火了").subkind == "order.fight"
    assert typed.subkind == ""


def test_changing_the_urgency_needs_a_reason_and_fits_the_clocks(world, a_call, noon):
    call = a_call(subkind="other_dept.noise")
    due = call.clocks.get(rule="close").due_at

    call = take_step(call, "set_urgency", by=world.fang, at=noon, urgency=1, reason="动刀了")

    assert call.clocks.get(rule="close").due_at == noon + DAY < due
    told = Entry.objects.get(verb="incident.set_urgency").particulars.values
    assert (told["from"], told["to"], told["reason"]) == (4, 1, "动刀了")


def test_another_call_type_can_raise_the_urgency_and_never_lowers_it(world, a_call, noon):
    call = a_call(subkind="order.fight")

    call = take_step(call, "reclassify", by=world.fang, at=noon, subkind="other_dept.noise")
    assert call.urgency == 2
    call = take_step(call, "reclassify", by=world.fang, at=noon, subkind="crime.injury")
    assert call.urgency == 1


def test_a_complaint_about_police_never_reaches_the_office_concerned(world, a_call, noon):
    complaint = a_call(channel="complaint_police", subkind="complaint.police")

    assert complaint.responsible == world.cheng.post
    for who in (world.fang, world.zhou, world.lin, world.shen, world.ming):
        assert not Matter.objects.visible_to(who, noon).filter(pk=complaint.pk).exists()
        with pytest.raises(NotVisible):
            take_step(complaint, "accept", by=who, at=noon)
    assert Matter.objects.visible_to(world.gu, noon).get() == complaint
    assert take_step(complaint, "accept", by=world.cheng, at=noon).state == "accepted"


def test_a_complaint_can_name_another_office_than_that_of_the_place(world, a_call, noon):
    complaint = a_call(channel="complaint_police", facts={"unit_concerned": world.hebu.number})

    assert complaint.responsible == world.shen.post
    assert not Matter.objects.visible_to(world.zhao, noon).exists()


@pytest.fixture
def nobody_solves_problems(monkeypatch):
    offers = {name: offer for name, offer in openings._offers.items() if name != "problem"}
    monkeypatch.setattr(openings, "_offers", offers)


@pytest.mark.item("S-CMD-029")
def test_the_third_call_from_one_place_in_thirty_days_asks_for_a_problem(a_call, noon, nobody_solves_problems):
    near = moved(*QIAOXI_04, metres=15, towards_deg=90)
    a_call(at=noon - 29 * DAY, point=near)
    second = a_call(at=noon - 10 * DAY)
    assert not Opening.objects.exists()

    third = a_call(at=noon)

    request = Opening.objects.get()
    assert (request.matter, request.purpose, request.why) == (third, "problem", "repeat_place")
    assert second.openings.count() == 0


@pytest.mark.parametrize(
    "earlier",
    [
        [{"days": 31}, {"days": 5}],
        [{"days": 6, "point": HEBU_01}, {"days": 5}],
        [{"days": 6, "void": True}, {"days": 5}],
        [{"days": 6, "false": True}, {"days": 5}],
    ],
)
def test_older_farther_withdrawn_and_false_calls_do_not_count(world, a_call, noon, earlier, nobody_solves_problems):
    for one in earlier:
        call = a_call(at=noon - one["days"] * DAY, point=one.get("point", QIAOXI_04))
        if one.get("void"):
            take_step(call, "merge", by=world.fang, at=noon, into=a_call(point=HEBU_01).pk)
        if one.get("false"):
            take_step(call, "close", by=world.fang, at=noon, outcome="false_call")

    a_call(at=noon)

    assert not Opening.objects.exists()


def test_for_a_single_dwelling_only_the_responsible_officer_learns_of_it(world, a_call, noon, nobody_solves_problems):
    for days in (20, 10, 0):
        call = a_call(at=noon - days * DAY, place_text="桥西里3幢2单元501室")

    assert call.facts["single_dwelling"]
    assert len(requests_on(call, world.shen, noon)) == 1
    assert requests_on(call, world.fang, noon) == []
    assert requests_on(call, world.lin, noon) == []


def test_two_dwellings_of_one_house_are_two_places(a_call, noon, nobody_solves_problems):
    for days, room in ((20, 501), (10, 502), (0, 503)):
        a_call(at=noon - days * DAY, place_text=f"桥西里3幢2单元{room}室")

    assert not Opening.objects.exists()


def test_a_call_keeps_no_field_for_origin_ethnicity_or_belief():
    from shouwang.kinds.incident.words import FACTS

    assert not set(FACTS) & {"ethnicity", "nation", "origin", "religion", "belief", "hometown", "politics"}


def test_opening_a_call_costs_a_bounded_number_of_queries(world, a_call, noon):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _each in range(15):
        a_call(point=moved(*QIAOXI_04, metres=100, towards_deg=0))
    with CaptureQueriesContext(connection) as asked:
        open_matter(kind="incident", by=world.fang.afresh(), at=noon, point=QIAOXI_04, subkind="order.fight")

    assert len(asked) <= 30, [one["sql"][:100] for one in asked.captured_queries]
