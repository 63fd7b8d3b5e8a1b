"""Inspection: a sampled call, a note below it, the unit's answer; the inspector changes no record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.kinds.incident.kind import INCIDENT
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter

NOTE = {"subkind": "duty.record", "gist": "反馈没有写现场情况", "words": "请补充"}


@pytest.fixture
def call(world) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), subkind="order.fight", gist="夜市打架", place_text="桥西路12号",
        point=(111.427, 27.686),
    )  # fmt: skip


@pytest.fixture
def note(world, desk_of, call) -> Matter:
    given = NOTE | {"number": call.reference}
    assert desk_of(world.gu).post(reverse("desk:inspection_new"), given).status_code == 302
    return Matter.objects.get(kind="inspection_note")


@pytest.mark.item("S-CMD-008")
def test_the_unit_answers_and_the_inspector_settles(world, desk_of, call, note):
    def step(who: object, name: str, **given: str) -> int:
        code: int = desk_of(who).post(reverse("desk:step", args=[note.pk, name]), given).status_code
        note.refresh_from_db()
        return code

    assert (note.parent, note.responsible_id) == (call, call.responsible_id)
    assert note.clocks.get().rule == "answer_note"
    assert "反馈没有写现场情况" in desk_of(world.shen).get(reverse("desk:inspections")).content.decode()
    assert "反馈没有写现场情况" not in desk_of(world.zhao).get(reverse("desk:inspections")).content.decode()
    assert step(world.gu, "answer", answered="替他答") == 403
    assert step(world.shen, "answer", answered="已补") == 302
    assert note.responsible_id == world.gu.post.pk
    assert step(world.shen, "settle") == 403
    assert step(world.gu, "ask_again", reason="照片也补上") == 302
    assert note.responsible_id == call.responsible_id
    assert step(world.shen, "answer", answered="照片已补") == 302
    assert step(world.gu, "settle", remark="可以") == 302
    assert (note.phase, note.outcome) == ("done", "settled")


@pytest.mark.item("S-CMD-008")
def test_the_inspector_reads_what_was_done_and_alters_no_record(world, desk_of, call):
    gu = desk_of(world.gu)
    events = gu.get(reverse("desk:inspection_events"), {"of": "calls"}).content.decode()
    assert "方晓宁" in events
    sampled = gu.get(reverse("desk:inspection_events"), {"of": "calls", "pick": "sample"}).content.decode()
    assert call.reference in sampled
    assert f"{reverse('desk:inspection_new')}?of={call.reference}" in sampled
    assert desk_of(world.fang).get(reverse("desk:inspection_events")).status_code == 403

    before = Matter.objects.filter(pk=call.pk).values().get()
    answers = {
        gu.post(reverse("desk:step", args=[call.pk, name]), {"reason": "x"}).status_code
        for name, one in INCIDENT.steps.items()
        if name not in {"seal", "unseal", "exclude", "include"}  # whom a matter reaches is no part of its record
    }

    assert answers <= {403, 404}  # not to do, or only for whoever reported it
    assert Matter.objects.filter(pk=call.pk).values().get() == before


def test_only_inspectors_write_and_only_of_what_they_see(world, desk_of, call):
    new = reverse("desk:inspection_new")
    assert desk_of(world.zhou).get(new).status_code == 403
    assert desk_of(world.gu).post(new, NOTE | {"number": "0000000000"}).status_code == 422
    assert not Matter.objects.filter(kind="inspection_note").exists()
