"""Linkage with branches: a rule, a call that asks, an answer in time, and the duty lead where nobody answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from shouwang.command.linkage import pass_unanswered
from shouwang.command.models import BranchDesk, LinkageRequest, LinkageRule
from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.notices.models import Notice

RULE = {"what": "rule", "sort": "traffic.", "level": "2", "branch": "traffic", "minutes": "5"}
HEARS = ("shouwang.command.", "shouwang.notices.")


@pytest.fixture
def react(as_role) -> Callable[[], None]:
    """Runs what the queue would run for every entry so far and those that come of it: each once."""

    def run() -> None:
        done: set[UUID] = set()
        while left := [entry for entry in Entry.objects.order_by("id") if entry.id not in done]:
            done.update(entry.id for entry in left)
            for entry in left:
                for handler in handlers_of(entry.topic):
                    if handler.startswith(HEARS):
                        with as_role("jobs"):
                            run_handler(handler, entry.id)

    return run


@pytest.fixture
def ruled(world, desk_of) -> None:
    """The duty lead's rule: traffic calls of urgency 1 and 2 ask the traffic branch, for which 关振 answers."""
    zhou, rules = desk_of(world.zhou), reverse("desk:linkage_rules")
    assert zhou.post(rules, RULE).status_code == 302
    answers = {"what": "desk", "branch": "traffic", "post": str(world.guan.post.pk)}
    assert zhou.post(rules, answers).status_code == 302


def call(world, **given) -> Matter:
    told = {"subkind": "traffic.accident", "urgency": 2, "gist": "两车相撞", "place_text": "桥西路12号"} | given
    return open_matter(kind="incident", by=world.fang, at=clock.now(), point=(111.427, 27.686), **told)


def page(browser, **query: str) -> str:
    return browser.get(reverse("desk:linkage"), query).content.decode()


@pytest.mark.item("S-CMD-013")
def test_a_call_asks_the_branch_which_hears_of_it_and_answers(world, desk_of, ruled, react):
    matter = call(world)
    react()

    guan, row = desk_of(world.guan), LinkageRequest.objects.get()
    assert "两车相撞" in page(guan)
    assert list(Notice.objects.filter(wording="linkage_asked").values_list("recipient", flat=True)) == [
        world.guan.person_id
    ]
    answer = reverse("desk:linkage_answer", args=[row.pk])
    assert desk_of(world.ming).post(answer, {"answer": "coming"}).status_code == 404
    assert guan.post(answer, {"answer": "nonsense"}).status_code == 400
    assert guan.post(answer, {"answer": "coming", "words": "一组已出发"}).status_code == 302
    assert guan.post(answer, {"answer": "coming"}).status_code == 409
    assert "一组已出发" in page(desk_of(world.zhou), show="ground")
    history = desk_of(world.fang).get(reverse("desk:matter", args=[matter.pk])).content.decode()
    assert "关振代表交警答复：马上来" in history
    assert pass_unanswered(clock.now() + dt.timedelta(minutes=6)) == 0


@pytest.mark.item("S-CMD-013")
def test_what_nobody_answers_in_time_goes_to_the_duty_lead_with_an_alert(world, desk_of, ruled, react):
    call(world)
    react()
    zhou = desk_of(world.zhou)
    assert "联动部门没有答复" not in zhou.get(reverse("desk:alerts")).content.decode()

    assert pass_unanswered(clock.now() + dt.timedelta(minutes=6)) == 1
    assert pass_unanswered(clock.now() + dt.timedelta(minutes=7)) == 0
    react()

    row = LinkageRequest.objects.get()
    assert row.passed_to == world.zhou.post.pk
    assert Notice.objects.filter(wording="linkage_unanswered", recipient=world.zhou.person_id).count() == 1
    alerts = zhou.get(reverse("desk:alerts")).content.decode()
    assert "联动部门没有答复" in alerts
    assert 'data-open="unsigned"' in alerts
    assert desk_of(world.shen).post(reverse("desk:linkage_notice", args=[row.pk])).status_code == 403
    assert zhou.post(reverse("desk:linkage_notice", args=[row.pk])).status_code == 302
    assert "联动部门没有答复" not in zhou.get(reverse("desk:alerts")).content.decode()


@pytest.mark.item("S-CMD-013")
def test_a_call_below_the_level_asks_nobody_until_it_becomes_worse(world, ruled, react):
    matter = call(world, urgency=3)
    call(world, subkind="crime.theft", urgency=1)
    react()
    assert not LinkageRequest.objects.exists()

    take_step(matter, "set_urgency", by=world.fang, at=clock.now(), urgency=1, reason="有人受伤")
    react()

    assert LinkageRequest.objects.get().matter == matter


def test_rules_are_dated_and_only_leads_set_them(world, desk_of, ruled, react):
    zhou, rules = desk_of(world.zhou), reverse("desk:linkage_rules")
    assert desk_of(world.fang).get(rules).status_code == 403
    assert zhou.post(rules, RULE | {"minutes": "0"}).status_code == 422
    assert zhou.post(rules, RULE | {"minutes": "3"}).status_code == 302
    assert sorted((rule.answer_s, rule.until is None) for rule in LinkageRule.objects.all()) == [
        (180, True),
        (300, False),
    ]
    shown = zhou.get(rules).content.decode()
    assert "3 分钟内答复" in shown
    assert "5 分钟内答复" not in shown

    for what, row in (("rule", LinkageRule.objects.get(until=None)), ("desk", BranchDesk.objects.get())):
        assert zhou.post(reverse("desk:linkage_end", args=[what, row.pk])).status_code == 302
    call(world)
    react()
    assert not LinkageRequest.objects.exists()
    assert "现在没有生效的规则" in zhou.get(rules).content.decode()
