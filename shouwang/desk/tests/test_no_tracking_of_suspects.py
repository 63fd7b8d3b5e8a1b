"""Following a suspect is criminal investigation: no function, no port; a call keeps the case's reference, no more."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.kinds.incident.words import FACTS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from tests.house.test_refusals import all_names
from tests.house.tree import ROOT, files, name

FOLLOWING = re.compile(r"suspect|manhunt|stake.?out|ambush|track_person|person_track|follow_person")
WORDS = re.compile(r"布控|抓捕|嫌疑人轨迹|人员轨迹")


@pytest.fixture
def call(world) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), subkind="crime.theft", gist="电动车被偷",
        place_text="桥西路12号", point=(111.427, 27.686),
    )  # fmt: skip


@pytest.mark.item("S-CMD-030")
@pytest.mark.parametrize(
    "said", ["张某某现住桥西里3幢", "A431 轨迹见附件", "嫌疑人在三楼", "13812345678", "43052419880101123X", "A4"]
)
def test_a_call_that_became_a_case_takes_nothing_of_it_but_the_reference(world, desk_of, call, said):
    fang, close = desk_of(world.fang), reverse("desk:step", args=[call.pk, "close"])

    assert fang.post(close, {"outcome": "case_opened", "case_reference": said}).status_code == 400
    assert fang.post(close, {"outcome": "case_opened"}).status_code == 400
    call.refresh_from_db()
    assert call.is_open
    assert fang.post(close, {"outcome": "case_opened", "case_reference": "A4313992026110012"}).status_code == 302

    call.refresh_from_db()
    assert call.facts["case_reference"] == "A4313992026110012"
    assert "A4313992026110012" in fang.get(reverse("desk:matter", args=[call.pk])).content.decode()
    assert {one for one in FACTS if "case" in one} == {"case_reference"}


@pytest.mark.item("S-CMD-030")
def test_no_name_of_a_table_route_step_or_connection_follows_somebody(world):
    connections = [path.name for path in (ROOT / "shouwang" / "connections").iterdir()]

    assert [one for one in [*all_names(), *connections] if FOLLOWING.search(one.lower())] == []
    assert FOLLOWING.search("dispatch.suspectposition")


@pytest.mark.item("S-CMD-030")
def test_no_page_offers_it_in_words():
    said = [path for path in files(".po", ".html") if WORDS.search(path.read_text(encoding="utf8"))]

    assert [name(path) for path in said] == []
    assert WORDS.search("实施布控抓捕")
