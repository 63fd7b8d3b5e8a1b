"""One unit at the desk: its token given and taken back, and where it was, read for a purpose that is written down."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.duty.shifts import on_shift
from shouwang.journal.models import Entry
from shouwang.people.models import Grant
from shouwang.tracking.models import Fix
from shouwang.tracking.pipeline.authenticate import forget

Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


@pytest.fixture
def drove(world: Any) -> None:
    """Three positions of Qiaoxi 1 in a row, and after ten minutes without any two more."""
    now, shift = clock.now(), on_shift([world.qx1.pk], clock.now())[world.qx1.pk]
    for minutes in (30, 29, 28, 18, 17):
        at = now - dt.timedelta(minutes=minutes)
        Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=at, received_at=at, lon=111.42 + minutes / 9000, lat=27.69,
            source="osmand",
        )  # fmt: skip


def reports(token: str) -> int:
    return Client().get("/ingest/osmand", {"id": token, "lon": "111.421000", "lat": "27.690000"}).status_code


def test_the_duty_lead_gives_a_token_that_reports_and_takes_it_back(world, desk):
    zhou, page = desk("zhou"), f"/desk/crews/{world.qx1.pk}/"
    assert "没有发出的口令" in zhou.get(page).content.decode()

    shown = zhou.post(f"{page}token/")

    token = re.search(r'class="sw-key">([^<]+)<', shown.content.decode())[1]  # type: ignore[index]
    assert shown.headers["Cache-Control"] == "no-store"
    assert "/ingest/owntracks" in shown.content.decode()
    assert "<svg" in shown.content.decode()
    assert reports(token) == 200
    assert token not in zhou.get(page).content.decode()  # never again
    assert "已发" in zhou.get("/desk/crews/").content.decode()

    assert zhou.post(f"{page}token/", {"end": "1"}).status_code == 302
    assert reports(token) == 401
    assert not Grant.objects.filter(kind="unit", revoked_at__isnull=True).exists()


def test_who_does_not_set_up_units_gives_no_token(world, desk):
    address = f"/desk/crews/{world.qx1.pk}/token/"

    assert desk("fang").post(address).status_code == 403
    assert desk("ming").post(address).status_code == 403
    assert "发新口令" not in desk("fang").get(f"/desk/crews/{world.qx1.pk}/").content.decode()
    assert not Grant.objects.filter(kind="unit").exists()


def test_a_track_is_read_for_a_purpose_with_a_reason_and_the_look_is_written_down(world, desk, drove):
    fang, address = desk("fang"), f"/desk/crews/{world.qx1.pk}/track/"
    asked = {"shift": str(on_shift([world.qx1.pk], clock.now())[world.qx1.pk].pk)}

    assert fang.post(address, asked | {"reason": "警情 7"}).status_code == 400
    assert fang.post(address, asked | {"purpose": "times"}).status_code == 400
    assert not Entry.objects.filter(verb="track.read").exists()

    page = fang.post(address, asked | {"purpose": "times", "reason": "警情 7 到场"}).content.decode()

    assert "5 个位置" in page
    assert "没有位置的时段" in page
    assert page.count('"LineString"') == 2  # not drawn across what nobody knows
    entry = Entry.objects.get(verb="track.read")
    assert (entry.person, entry.subject) == (world.fang.person_id, world.qx1.pk)
    assert (entry.particulars.values["purpose"], entry.particulars.values["reason"]) == ("times", "警情 7 到场")


def test_the_track_of_a_unit_that_is_not_on_ones_ground_is_not_there(world, desk, drove):
    asked = {
        "shift": str(on_shift([world.qx1.pk], clock.now())[world.qx1.pk].pk),
        "purpose": "times",
        "reason": "警情 7 到场",
    }

    assert desk("zhao").post(f"/desk/crews/{world.qx1.pk}/track/", asked).status_code == 404
    assert desk("su").post(f"/desk/crews/{world.qx1.pk}/track/", asked).status_code == 403
    wrong = asked | {"shift": "00000000-0000-0000-0000-000000000007"}
    assert desk("fang").post(f"/desk/crews/{world.qx1.pk}/track/", wrong).status_code == 404
