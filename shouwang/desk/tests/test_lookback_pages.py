"""Looking back through the pages: opened for a purpose, those looked at are told, and nothing is decided by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.duty.shifts import on_shift
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.oversight.models import Finding, Presence, Replay
from shouwang.tracking.models import Fix

MINUTE = dt.timedelta(minutes=1)


def local(moment: dt.datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def drove(world: Any) -> dt.datetime:
    """Qiaoxi 1: ten minutes of positions, twelve without any, five more; when it began."""
    began = clock.now() - 60 * MINUTE
    shift = on_shift([world.qx1.pk], began)[world.qx1.pk]
    for tenth in [*range(100), *range(220, 270)]:
        at = began + tenth * MINUTE / 10
        Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=at, received_at=at, lon=111.42 + tenth / 90000, lat=27.69,
            source="osmand", in_duty=world.qiaoxi.duty_path,
        )  # fmt: skip
    return began


@pytest.fixture
def call(world: Any) -> Any:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now() - 50 * MINUTE, point=(111.42, 27.69), place_text="桥西路12号",
        gist="吵架", urgency=2,
    )  # fmt: skip


def asked(began: dt.datetime, **given: Any) -> dict[str, Any]:
    usual = {
        "starts_at": local(began - MINUTE), "ends_at": local(began + 30 * MINUTE), "purpose": "complaint",
        "reason": "复核到场时间",
    }  # fmt: skip
    return usual | given


@pytest.mark.item("S-CMD-005")
def test_a_replay_opens_with_a_purpose_is_one_entry_and_is_told(world, desk, drove, call):
    zhou = desk("zhou")
    area = str(world.station.pk)
    assert zhou.post("/desk/lookback/", asked(drove, area=area, reason="")).status_code == 422
    assert not Entry.objects.filter(verb="replay.open").exists()

    shown = zhou.post("/desk/lookback/", asked(drove, area=area), follow=True)

    text = shown.content.decode()
    assert shown.status_code == 200, text
    assert "复核到场时间" in text
    assert text.count('class="on"') == 2  # and nothing between them
    assert Entry.objects.filter(verb="replay.open").count() == 1
    for who in ("ming", "li", "he"):
        told = desk(who).get("/desk/lookback/told/").content.decode()
        assert "周岚" in told
        assert "复核到场时间" in told


def test_pages_of_a_replay_are_minutes_and_leave_gaps(world, desk, drove):
    zhou = desk("zhou")
    address = zhou.post("/desk/lookback/", asked(drove, area=str(world.station.pk))).headers["Location"]
    first = zhou.get(f"{address}page.json", {"from": (drove - MINUTE + MINUTE).isoformat()}).json()

    line = first["fixes"][str(world.qx1.pk)]
    assert len(line) == 100
    assert dt.datetime.fromisoformat(first["to"]) - dt.datetime.fromisoformat(first["from"]) == 10 * MINUTE
    empty = zhou.get(f"{address}page.json", {"from": (drove + 14 * MINUTE).isoformat()}).json()
    times = [dt.datetime.fromisoformat(one[0]) for one in empty["fixes"][str(world.qx1.pk)]]
    assert not [one for one in times if drove + 10 * MINUTE <= one < drove + 22 * MINUTE]
    assert zhou.get(f"{address}page.json", {"from": "yesterday"}).status_code == 400
    assert desk("lin").get(address).status_code == 404  # each opens his own
    assert desk("fang").get(address).status_code == 403


def test_a_day_and_an_hour_are_too_long(world, desk, drove):
    late = asked(drove, area=str(world.station.pk), starts_at=local(drove - 25 * 60 * MINUTE))
    assert desk("zhou").post("/desk/lookback/", late).status_code == 400
    assert not Replay.objects.exists()


def test_the_page_of_a_replay_asks_no_more_for_more_crews(world, desk, drove, call):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    zhou = desk("zhou")
    address = zhou.post("/desk/lookback/", asked(drove, area=str(world.station.pk))).headers["Location"]
    with CaptureQueriesContext(connection) as one:
        zhou.get(address)
    for number in range(20):
        open_matter(kind="incident", by=world.fang, at=drove + number * MINUTE, point=(111.42, 27.69),
                    place_text=f"桥西路{number}号", gist="吵架", urgency=3)  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        zhou.get(address)
    assert len(many) <= len(one) + 2


@pytest.mark.item("S-CMD-005")
def test_who_was_here_needs_another_above_and_ends_after_a_quarter(world, desk, drove, call):
    zhou, lin = desk("zhou"), desk("lin")
    new = "/desk/lookback/presences/new/"
    assert zhou.post(new, asked(drove, number=call.number, radius_m=200)).status_code == 302
    row = Presence.objects.get()
    answer, decision = f"/desk/lookback/presences/{row.pk}/", f"/desk/lookback/presences/{row.pk}/decision/"
    assert zhou.post(answer).status_code == 403
    assert zhou.post(decision, {"decision": "approve"}).status_code == 403
    assert lin.post(decision, {"decision": "approve"}).status_code == 302
    assert lin.post(answer).status_code == 404  # only whoever asked

    shown = zhou.post(answer).content.decode()

    assert "桥西1组" in shown
    assert "河埠1组" not in shown
    assert Entry.objects.filter(verb="presence.found").count() == 3
    assert "复核到场时间" in desk("ming").get("/desk/lookback/told/").content.decode()
    Presence.objects.update(answer_until=clock.now())
    assert zhou.post(answer).status_code == 410


def test_a_station_head_does_not_approve_his_own(world, desk, drove, call):
    lin = desk("lin")
    lin.post("/desk/lookback/presences/new/", asked(drove, number=call.number, radius_m=200))
    decision = f"/desk/lookback/presences/{Presence.objects.get().pk}/decision/"

    assert lin.post(decision, {"decision": "approve"}).status_code == 403
    assert desk("cheng").post(decision, {"decision": "refuse", "because": ""}).status_code == 400
    assert desk("cheng").post(decision, {"decision": "refuse", "because": "事由不足"}).status_code == 302
    assert "事由不足" in lin.get("/desk/lookback/presences/").content.decode()


def test_a_day_stands_beside_its_roster_by_crew(world, desk, drove):
    text = desk("zhou").get("/desk/lookback/compared/", {"area": str(world.station.pk)}).content.decode()
    assert "桥西1组" in text
    assert world.qiaoxi.name in text
    assert desk("fang").get("/desk/lookback/compared/").status_code == 403


@pytest.fixture
def finding(world: Any, as_role: Any) -> Finding:
    from shouwang.oversight.findings import keep_finding

    at = clock.now()
    found = Finding(
        check_name="far", person=world.ming.person_id, area=world.qiaoxi, subject=world.qx1.pk, at=at - 60 * MINUTE,
        place_text="桥西路12号", facts={"metres": 900, "limit": 500, "n_positions": 12},
    )  # fmt: skip
    with as_role("jobs"):
        assert keep_finding(found, by=Actor.system(), at=at)
        assert not keep_finding(Finding(check_name="far", person=found.person, area=world.qiaoxi, subject=found.subject,
                                        at=at, facts={}), by=Actor.system(), at=at)  # fmt: skip
    return found


def test_a_finding_is_read_first_by_its_author_then_with_his_words_by_the_lead(world, desk, finding):
    ming, zhou = desk("ming"), desk("zhou")
    assert "周明远" not in zhou.get("/desk/lookback/hearings/").content.decode()
    assert "900 米" in ming.get("/desk/lookback/findings/").content.decode()
    words = f"/desk/lookback/findings/{finding.pk}/words/"
    assert ming.post(words, {"cause": "late_stamp", "words": ""}).status_code == 400
    assert ming.post(words, {"cause": "late_stamp", "words": "处置完才补点到场"}).status_code == 302

    heard = zhou.get("/desk/lookback/hearings/").content.decode()

    assert "处置完才补点到场" in heard
    settle = f"/desk/lookback/hearings/{finding.pk}/"
    assert zhou.post(settle, {"outcome": "explained"}).status_code == 302
    assert "900 米" not in ming.get("/desk/lookback/findings/").content.decode()  # erased
    assert Entry.objects.filter(verb="finding.settle").count() == 1


def test_nothing_is_decided_without_a_hand(world, desk, finding, as_role):
    from shouwang.oversight.findings import pass_on_unanswered

    later = clock.now() + dt.timedelta(days=40)
    with as_role("jobs"):
        assert pass_on_unanswered(by=Actor.system(), at=later) == 1
        assert pass_on_unanswered(by=Actor.system(), at=later) == 0
        row = Finding.objects.get()
        assert (row.settled, row.settled_by, row.settled_at) == ("", None, None)
    assert "三个工作日" in desk("zhou").get("/desk/lookback/hearings/").content.decode()
    assert desk("ming").post(f"/desk/lookback/hearings/{finding.pk}/", {"outcome": "followed"}).status_code == 403
