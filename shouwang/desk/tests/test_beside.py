"""What stands beside a matter on the desk: requests, links, watchers, words to its crews, drafts before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.ids import new_id
from shouwang.dispatch import dispatching
from shouwang.duty.models import Message
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Draft, Matter
from shouwang.matters.openings import Wanted, ask_for

HTMX = {"HX-Request": "true"}
QIAOXI, HEBU = (111.421, 27.690), (111.438, 27.690)
Desk = Callable[[str], Client]


@pytest.fixture
def call(world: Any) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=QIAOXI, subkind="order.fight", place_text="桥西路12号"
    )


def panel(client: Client, matter: Matter) -> str:
    return client.get(f"/desk/matters/{matter.pk}/", headers=HTMX).content.decode()


def test_a_request_that_no_kind_serves_is_shown_until_somebody_sees_to_it(world, desk, call):
    at = clock.now()
    with acting(world.fang):
        request = ask_for(call, Wanted("dispute", "repeat_place"), by=world.fang, at=at)
    fang = desk("fang")
    assert "这起纠纷需要调解" in panel(fang, call)
    assert "30 天内同一地点三次报警" in panel(fang, call)

    assert desk("zhao").post(f"/desk/requests/{request.pk}/", headers=HTMX).status_code == 404
    assert desk("ming").post(f"/desk/requests/{request.pk}/", headers=HTMX).status_code == 403
    assert fang.post(f"/desk/requests/{request.pk}/", headers=HTMX).status_code == 200
    assert "这起纠纷需要调解" not in panel(fang, call)


def test_a_matter_is_linked_by_number_and_taken_out_again(world, desk, call):
    fang = desk("fang")
    other = open_matter(kind="incident", by=world.fang, at=clock.now(), point=QIAOXI, subkind="order.fight")

    linked = fang.post(f"/desk/matters/{other.pk}/parent/", {"number": str(call.number)}, headers=HTMX)

    assert "上级事项" in linked.content.decode()
    assert "下级事项" in panel(fang, call)
    assert fang.post(f"/desk/matters/{call.pk}/parent/", {"number": str(other.number)}).status_code == 409  # a circle
    assert fang.post(f"/desk/matters/{call.pk}/parent/", {"number": "999999"}).status_code == 404
    fang.post(f"/desk/matters/{other.pk}/parent/", headers=HTMX)
    assert "下级事项" not in panel(fang, call)


def test_a_colleague_watches_and_is_named(world, desk, call):
    lin = desk("lin")
    assert "关注这件事" in panel(lin, call)

    lin.post(f"/desk/matters/{call.pk}/watch/", headers=HTMX)
    assert "关注： 林正平" in panel(desk("fang"), call)
    lin.post(f"/desk/matters/{call.pk}/watch/", {"stop": "1"}, headers=HTMX)
    assert "林正平 ·" not in panel(desk("fang"), call)
    assert desk("zhao").post(f"/desk/matters/{call.pk}/watch/", headers=HTMX).status_code == 404


def test_one_box_tells_every_crew_of_the_matter(world, desk, call):
    fang, at = desk("fang"), clock.now()
    assert "给这些警组发消息" not in panel(fang, call)
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=at)
    dispatching.add_unit(matter=call, unit=world.hb1, by=world.fang, at=at)

    page = fang.post(f"/desk/matters/{call.pk}/messages/", {"text": "门口停车"}, headers=HTMX).content.decode()

    assert "门口停车" in page
    assert "还没读" in page
    message = Message.objects.get()
    assert {copy.unit_id for copy in message.copies.all()} == {world.qx1.pk, world.hb1.pk}
    assert fang.post(f"/desk/matters/{call.pk}/messages/", {"text": " "}, headers=HTMX).status_code == 400


def test_the_history_runs_from_old_to_new_with_the_words_of_notes_and_who_wrote_them(world, desk, call):
    fang = desk("fang")
    fang.post(f"/desk/matters/{call.pk}/notes/", {"text": "救护车已到"}, headers=HTMX)
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=clock.now())

    page = panel(fang, call)

    assert "<b>方晓宁</b> 救护车已到" in page
    part = page[page.index("经过") :]
    assert part.index("受理") < part.index("救护车已到") if "受理" in part else True
    assert "写了备注" not in part


def test_the_panel_after_ones_own_act_names_it_so_that_its_news_is_not_fetched_again(world, desk, call):
    fang = desk("fang")
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.zhou, at=clock.now())
    assert "data-entry" not in panel(fang, call)

    answer = fang.post(f"/desk/matters/{call.pk}/watch/", headers=HTMX).content.decode()

    opened = Entry.objects.get(subject=call.pk, verb="incident.open")
    sent = Entry.objects.filter(subject=call.pk, person=world.zhou.person_id).first()
    assert f'data-entry="{opened.pk}"' in answer
    assert f'data-entry="{sent.pk}"' not in answer  # hers may be shown in part only: it is fetched when it is told


def test_a_call_that_was_begun_waits_without_the_callers_name_and_number(world, desk):
    fang, key = desk("fang"), new_id()
    typed = {"key": str(key), "subkind": "order.fight", "gist": "两人推搡", "name": "王女士", "number": "13800000000"}

    assert fang.post("/desk/intake/drafts/", typed | {"urgency": "2", "channel": "phone"}).status_code == 204
    draft = Draft.objects.get()
    assert (draft.pk, "name" in draft.typed, "number" in draft.typed) == (key, False, False)
    assert "没存完的警情" in fang.get("/desk/intake/").content.decode()
    assert "没存完的警情" not in desk("zhou").get("/desk/intake/").content.decode()

    again = fang.get("/desk/intake/", {"draft": str(key)}).content.decode()
    assert 'value="两人推搡"' in again
    assert str(key) in again
    saved = fang.post("/desk/intake/", typed | {"urgency": "2", "channel": "phone", "number": ""}, headers=HTMX)
    assert saved.status_code == 200
    assert not Draft.objects.exists()


def test_an_empty_form_is_no_draft_and_a_draft_can_be_dropped(world, desk):
    fang, key = desk("fang"), new_id()
    fang.post("/desk/intake/drafts/", {"key": str(key), "subkind": "order.fight"})
    assert not Draft.objects.exists()
    fang.post("/desk/intake/drafts/", {"key": str(key), "gist": "打架"})
    assert desk("zhou").post(f"/desk/intake/drafts/{key}/").status_code == 200  # not his: nothing happens
    assert Draft.objects.count() == 1
    fang.post(f"/desk/intake/drafts/{key}/")
    assert not Draft.objects.exists()


def test_a_crew_without_a_position_is_offered_below_those_that_are_ranked(world, desk, call):
    page = panel(desk("fang"), call)

    assert "<details" in page
    assert "河埠1组" in page[page.index("其他在岗警组") :]
