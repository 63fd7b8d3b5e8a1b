"""1-3-5 through its page: both readings, from sending and from the call, causes of misses, and what is not counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Excuse
from shouwang.kinds.incident.models import Stamp
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading

pytestmark = pytest.mark.item("S-CMD-020")
PLACE = (111.427, 27.686)


@pytest.fixture
def reached(world) -> Any:
    """`reached(60, 300)`: a call of two hours ago, a crew sent after 60 s that was there 300 s after the call."""

    def one(sent_s: float, there_s: float, **given: Any) -> Matter:
        called = clock.now() - dt.timedelta(hours=2)

        def after(seconds: float) -> dt.datetime:
            return called + dt.timedelta(seconds=seconds)

        call = open_matter(
            kind="incident", by=world.fang, at=called, subkind="order.fight", gist="打架", place_text="桥西路12号",
            point=PLACE, **given,
        )  # fmt: skip
        task = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=after(sent_s))
        for act, at in (
            (dispatching.sign, sent_s + 5),
            (dispatching.depart, sent_s + 10),
            (dispatching.arrive, there_s),
        ):
            act(assignment=task, by=world.ming, at=after(at))
        dispatching.clear(assignment=task, by=world.ming, at=after(there_s + 60))
        return call

    return one


def page(desk: Any, who: str = "lin", **query: str) -> str:
    return str(desk(who).get(reverse("desk:kept"), query).content.decode())


def promise(desk: Any, basis: str, **minutes: int) -> None:
    given = {"basis": basis} | {f"minutes-{name}": str(n) for name, n in minutes.items()}
    assert desk("lin").post(reverse("desk:rapid"), given).status_code == 302


def shares(text: str) -> list[tuple[str, str]]:
    """(calls counted, in time) of every line."""
    rows = text.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    cells = [[part.split("</td>")[0] for part in row.split('<td class="num">')[1:]] for row in rows if "<td" in row]
    return [(row[-3], row[-2]) for row in cells if len(row) >= 3]


def test_by_place_and_by_force_are_both_readings_and_an_office_picks_one(world, desk, reached):
    reached(30, 200)  # 170 s after it was sent, on foot, at no named place

    promise(desk, "place", hub=1, busy=3, others=5)
    assert shares(page(desk))[-1] == ("1", "1")
    promise(desk, "force", on_street=1, branch=2, reserve=5)

    text = page(desk)
    assert shares(text)[-1] == ("1", "0")
    assert "路远或者路上耗时长" in text


def test_it_counts_from_sending_and_shows_what_the_caller_waited_as_well(world, desk, reached):
    promise(desk, "level", **{"1": 1, "2": 3, "3": 3, "4": 5})
    reached(200, 300)

    assert shares(page(desk))[-1] == ("1", "1")
    waited = page(desk, **{"from": "called"})
    assert shares(waited)[-1] == ("1", "0")
    assert "派警慢" in waited


def test_a_lead_takes_a_call_out_with_its_cause_and_it_stays_listed(world, desk, reached):
    call = reached(30, 3000)
    out = reverse("desk:excused", args=[call.pk])

    assert desk("fang").post(out, {"cause": "blocked", "words": "河埠桥封路"}).status_code == 403
    assert desk("zhou").post(out, {"cause": "luck", "words": "河埠桥封路"}).status_code == 400
    assert desk("zhou").post(out, {"cause": "blocked", "words": ""}).status_code == 400
    assert desk("zhou").post(out, {"cause": "blocked", "words": "河埠桥封路"}).status_code == 302
    assert desk("zhou").post(out, {"cause": "weather", "words": "积水太深"}).status_code == 409

    text = page(desk)
    assert shares(text)[-1] == ("0", "0")
    assert all(words in text for words in ("道路封闭或堵死", "河埠桥封路", "重新计入"))
    assert desk("zhou").post(out, {"again": "1"}).status_code == 302
    assert shares(page(desk))[-1] == ("1", "0")
    assert Excuse.objects.get().taken_back_by == world.zhou.person_id


def test_what_the_rows_themselves_exclude_is_listed_with_its_cause(world, desk, reached):
    close = {"by": world.fang.afresh(), "at": clock.now(), "outcome": "false_call"}
    take_step(reached(30, 200), "close", **close)
    far = reached(30, 200)
    stamp = Stamp.objects.get(matter=far, name="arrived_at").at
    receive_from_crew(world.qx1, Reading(PLACE[0] + 0.02, PLACE[1], None), source="osmand", at=stamp)

    text = page(desk)

    assert shares(text)[-1] == ("0", "0")
    assert "按下到场时警组还在远处" in text
    assert "虚假报警或已撤回" in text


def test_more_calls_cost_no_more_queries(world, desk, reached):
    def asked() -> int:
        lin = desk("lin")
        with CaptureQueriesContext(connection) as queries:
            lin.get(reverse("desk:kept"))
        return len(queries)

    reached(30, 200)
    few = asked()
    for _each in range(6):
        reached(30, 900)

    assert asked() <= few
