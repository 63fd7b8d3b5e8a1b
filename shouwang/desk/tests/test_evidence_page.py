"""A photo at the desk: what it says of itself, places that are blurred, the original by a named act with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock, keyring
from shouwang.evidence import storage
from shouwang.evidence.copying import make_copies
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.models import Evidence
from shouwang.evidence.tests.files import photo
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter

Desk = Callable[[str], Client]


@pytest.fixture
def kept(world: Any, as_role: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evidence:
    """A photo of a call in Qiaoxi, taken far away, whose copy is made."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(storage.settings, "FILES", tmp_path / "files")
    by, at = world.fang, clock.now()
    call = open_matter(kind="incident", by=by, at=at, point=(111.421, 27.690), subkind="order.fight")
    row = keep_evidence(photo(), matter=call.pk, by=by, at=at)
    with as_role("jobs"):
        make_copies(row.pk, at=at)
    return row


def test_time_and_place_of_the_metadata_are_shown_to_handlers_and_the_page_to_nobody_else(world, desk, kept):
    page = desk("fang").get(f"/desk/evidence/{kept.pk}/").content.decode()

    assert "11月20日" in page
    assert "28.29167, 117.23500" in page
    assert "离事发地点" in page
    assert "公里" in page[page.index("离事发地点") :][:40]
    assert bytes(kept.sha256).hex() in page
    panel = desk("fang").get(f"/desk/matters/{kept.matter}/", headers={"HX-Request": "true"}).content.decode()
    assert "拍摄地点" in panel
    assert f"/desk/evidence/{kept.pk}/" in panel
    assert desk("zhao").get(f"/desk/evidence/{kept.pk}/").status_code == 404
    assert desk("su").get(f"/desk/evidence/{kept.pk}/").status_code == 403


def test_a_frame_is_blurred_and_the_page_says_that_the_copy_is_being_made(world, desk, kept, as_role):
    fang = desk("fang")
    boxes = json.dumps({"boxes": [[0.4, 0.3, 0.6, 0.6]]})
    assert "给框内打码" in fang.get(f"/desk/evidence/{kept.pk}/").content.decode()

    assert fang.post(f"/evidence/{kept.pk}/blur/", boxes, content_type="application/json").status_code == 204

    panel = fang.get(f"/desk/matters/{kept.matter}/", headers={"HX-Request": "true"}).content.decode()
    assert "正在生成副本" in panel
    assert fang.get(f"/evidence/{kept.pk}/").status_code == 409
    before = Evidence.objects.get(pk=kept.pk).boxes
    assert before == [[0.4, 0.3, 0.6, 0.6]]
    with as_role("jobs"):
        make_copies(kept.pk, at=clock.now())
    assert fang.get(f"/evidence/{kept.pk}/").status_code == 200
    page = fang.get(f"/desk/evidence/{kept.pk}/").content.decode()
    assert "[[0.4, 0.3, 0.6, 0.6]]" in page  # the next frames are added to it


def test_the_original_is_offered_to_whoever_may_open_it_and_each_opening_is_an_entry(world, desk, kept):
    assert "打开原件" not in desk("fang").get(f"/desk/evidence/{kept.pk}/").content.decode()
    zhou = desk("zhou")
    assert "打开原件" in zhou.get(f"/desk/evidence/{kept.pk}/").content.decode()

    assert zhou.post(f"/evidence/{kept.pk}/original/", {"reason": ""}).status_code == 400
    opened = zhou.post(f"/evidence/{kept.pk}/original/", {"reason": "核对车牌"})

    assert opened.content == photo()
    assert Entry.objects.filter(verb="evidence.open_original").count() == 1
    assert desk("fang").post(f"/evidence/{kept.pk}/original/", {"reason": "核对车牌"}).status_code == 403
