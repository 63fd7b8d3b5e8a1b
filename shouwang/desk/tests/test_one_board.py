"""One board: calls, crews, what is overdue and the inspector's notes; each sees his part, each act is an entry."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.matters.deadlines import tick
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter


@pytest.fixture
def call(world) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), subkind="order.fight", gist="夜市打架", place_text="桥西路12号",
        point=(111.427, 27.686),
    )  # fmt: skip


@pytest.mark.item("S-CMD-002")
def test_calls_crews_the_roster_overdue_work_and_notes_are_there_for_whose_they_are(world, desk_of, call):
    given = {"number": call.reference, "subkind": "duty.record", "gist": "反馈没有写现场情况"}
    assert desk_of(world.gu).post(reverse("desk:inspection_new"), given).status_code == 302
    note = Matter.objects.get(kind="inspection_note")
    Matter.objects.filter(pk=note.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
    note.clocks.update(due_at=clock.now() - dt.timedelta(minutes=1))
    tick(clock.now())
    board = reverse("desk:board")

    fang, shen = desk_of(world.fang), desk_of(world.shen)
    seen = fang.get(board).content.decode()
    assert all(words in seen for words in ("夜市打架", "桥西1组", "河埠1组"))
    assert "反馈没有写现场情况" in shen.get(board, {"show": "over"}).content.decode()
    assert "反馈没有写现场情况" in shen.get(reverse("desk:inspections")).content.decode()
    assert fang.get(reverse("desk:duty_day")).status_code == 200
    other = desk_of(world.zhao).get(board).content.decode()
    assert "夜市打架" not in other
    assert desk_of(world.lu).get(board).status_code == 403


@pytest.mark.item("S-CMD-002")
def test_every_act_on_the_board_is_an_entry_that_nobody_can_change(world, desk_of, call):
    fang = desk_of(world.fang)
    before = Entry.objects.filter(subject=call.pk).count()

    assert fang.post(reverse("desk:step", args=[call.pk, "accept"])).status_code == 302

    verbs = list(Entry.objects.filter(subject=call.pk).order_by("id").values_list("verb", flat=True))
    assert len(verbs) > before
    assert verbs[-1] == "incident.accept"
    for statement in ("UPDATE journal_entry SET verb = 'x.y'", "DELETE FROM journal_entry"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
