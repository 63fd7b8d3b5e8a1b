"""Video rounds through their pages: a registered camera, a look with a purpose, a call, and clips by request alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.command.models import Camera, ClipRequest, VideoRound
from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter
from tests.house.test_refusals import all_names

TOLD = {"name": "桥西路口1", "place_text": "桥西路与中街路口", "position": "111.427，27.686", "owner": "government",
        "purpose": "路口治安与交通", "filing": "青公视备2026-011"}  # fmt: skip


@pytest.fixture
def camera(world, desk) -> Camera:
    answer = desk("zhou").post(reverse("desk:camera_new"), TOLD)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Camera.objects.get()


def looked(desk: Any, camera: Camera, purpose: str = "distress") -> int:
    return int(desk("fang").post(reverse("desk:camera_look", args=[camera.pk]), {"purpose": purpose}).status_code)


def local(at: dt.datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


def clip(**changed: str) -> dict[str, str]:
    now = clock.now()
    hour = dt.timedelta(hours=1)
    return {"starts_at": local(now - 3 * hour), "ends_at": local(now - 2 * hour), "reason": "看老人往哪边走"} | changed


@pytest.mark.item("S-CMD-009")
def test_a_look_is_on_record_with_camera_start_operator_and_purpose_before_it_begins(world, desk, camera):
    assert looked(desk, camera, purpose="") == 400
    assert not VideoRound.objects.exists()
    assert looked(desk, camera) == 302

    row = VideoRound.objects.get()
    assert (row.camera, row.person, row.purpose, row.ended_at) == (camera, world.fang.person_id, "distress", None)
    assert Entry.objects.filter(verb="video_round.begin", subject=camera.pk).exists()
    assert "看有没有人需要帮助" in desk("zhou").get(reverse("desk:camera", args=[camera.pk])).content.decode()
    assert desk("ming").post(reverse("desk:camera_look", args=[camera.pk])).status_code == 403
    assert desk("zhou").post(reverse("desk:look_end", args=[row.pk])).status_code == 404  # not his look


@pytest.mark.item("S-CMD-009")
def test_somebody_in_distress_becomes_a_call_there_with_the_nearest_crews_ranked(world, desk, camera):
    looked(desk, camera)
    row = VideoRound.objects.get()
    end = reverse("desk:look_end", args=[row.pk])

    assert desk("fang").post(end, {"distress": "1", "subkind": "crime.theft"}).status_code == 400
    answer = desk("fang").post(end, {"distress": "1", "subkind": "help.fall", "words": "老人倒在路边"})

    call = Matter.objects.get(kind="incident")
    assert answer.url == reverse("desk:matter", args=[call.pk])
    assert (call.subkind, call.place_text, call.gist) == ("help.fall", "桥西路与中街路口", "老人倒在路边")
    assert "桥西1组" in desk("fang").get(answer.url).content.decode()
    assert desk("fang").post(end, {"words": "已派警"}).status_code == 302
    row.refresh_from_db()
    assert (row.matter, row.ended_at is not None) == (call, True)


@pytest.mark.item("S-CMD-009")
def test_a_clip_needs_a_matter_a_reason_somebody_else_and_an_entry(world, desk, camera):
    looked(desk, camera)
    given = {"distress": "1", "subkind": "help.lost_person"}
    assert desk("fang").post(reverse("desk:look_end", args=[VideoRound.objects.get().pk]), given).status_code == 400
    desk("fang").post(reverse("desk:look_end", args=[VideoRound.objects.get().pk]), given | {"subkind": "help.fall"})
    number = str(Matter.objects.get(kind="incident").number)
    ask = reverse("desk:clip_new", args=[camera.pk])

    for wrong in ({"reason": ""}, {"number": "999999"}, {"ends_at": local(clock.now() + dt.timedelta(hours=1))}):
        assert desk("zhou").post(ask, clip(number=number) | wrong).status_code in (400, 404)
    assert not ClipRequest.objects.exists()
    assert desk("zhou").post(ask, clip(number=number)).status_code == 302
    row = ClipRequest.objects.get()

    def act(who: str, name: str, **more: str) -> int:
        return int(desk(who).post(reverse("desk:clip_act", args=[row.pk, name]), more).status_code)

    assert act("zhou", "take", content="路口一段") == 409
    assert act("zhou", "grant") == 403  # his own request
    assert act("fang", "grant") == 403
    assert act("lin", "grant") == 302
    assert act("zhou", "take", content="") == 400
    assert act("zhou", "take", content="老人向河埠街走去") == 302

    page = desk("lin").get(reverse("desk:camera", args=[camera.pk])).content.decode()
    assert all(words in page for words in ("已调取录像", "老人向河埠街走去", "看老人往哪边走"))
    acts = Entry.objects.filter(verb__startswith="clip.").order_by("id").values_list("verb", flat=True)
    assert list(acts) == ["clip.ask", "clip.decide", "clip.take"]


@pytest.mark.item("S-CMD-009")
def test_nothing_matches_a_face_or_searches_for_somebody(world, desk):
    names = [one.lower() for one in all_names() if "camera" in one or "video" in one or "clip" in one]

    assert names
    assert not [one for one in names if any(word in one for word in ("face", "match", "recogn", "search", "picture"))]


def test_the_page_says_when_no_camera_is_there_and_who_may_enter_one(world, desk):
    assert "登记簿里还没有摄像头" in desk("fang").get(reverse("desk:video")).content.decode()
    assert desk("fang").get(reverse("desk:camera_new")).status_code == 403
    assert desk("zhou").post(reverse("desk:camera_new"), TOLD | {"position": "x"}).status_code == 422
    assert desk("zhou").post(reverse("desk:camera_new"), TOLD | {"position": "1,1"}).status_code == 422


def test_twenty_looks_cost_no_more_queries_than_two(world, desk, camera):
    def asked() -> int:
        zhou = desk("zhou")
        with CaptureQueriesContext(connection) as queries:
            zhou.get(reverse("desk:camera", args=[camera.pk]))
        return len(queries)

    for _each in range(2):
        looked(desk, camera)
    few = asked()
    for _each in range(18):
        looked(desk, camera)

    assert asked() <= few
