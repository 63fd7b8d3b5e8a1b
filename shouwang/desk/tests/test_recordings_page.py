"""Recorders on shifts: start and stop, uploads within a day, kept for months or for good, every look on record."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.equipment.handling import Given, handle_items
from shouwang.duty.equipment.keeping import Wanted, take_in
from shouwang.duty.models import Crew, EquipmentKind, Kept, Shift, StockCount, Upload, UploadView
from shouwang.duty.shifts import end_shift
from shouwang.matters.presence import Present, recorder_doubt
from shouwang.registry.purging import run_purges

LIST = reverse("desk:recordings")
HASH = "a" * 64
MANIFEST = f"{HASH} 1048576 20261122-0800.mp4\n{'B' * 64} 2048 20261122-0900.mp4\n"


@pytest.fixture
def issued(world) -> None:
    """Ming's recorder stands in the ledger and is issued to him; another lies in stock."""
    kind = EquipmentKind.objects.get(name="执法记录仪")
    at = clock.now()
    take_in([Wanted(one, kind, world.station) for one in ("5120471", "5120499")], by=world.zhou, at=at)
    handle_items("issue", ["5120471"], Given(holder=world.ming.person), by=world.zhou, at=at)


def page_of(world) -> str:
    return reverse("desk:recording", args=[Crew.objects.get(recorder="5120471").pk])


@pytest.mark.item("S-AST-013", "S-AST-015")
def test_an_upload_is_noted_after_the_shift_and_every_look_at_it_is_on_record(world, desk, issued):
    zhou, page = desk("zhou"), page_of(world)
    assert zhou.post(page, {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"}).status_code == 409
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    assert zhou.post(page, {"act": "upload", "manifest": "nonsense", "kept": "ordinary"}).status_code == 400
    assert desk("fang").post(page, {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"}).status_code == 403

    assert zhou.post(page, {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"}).status_code == 302

    upload = Upload.objects.get()
    assert (upload.item.serial, upload.n_bytes, len(upload.files)) == ("5120471", 1_050_624, 2)
    assert zhou.post(page, {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"}).status_code == 409
    assert HASH not in zhou.get(page).content.decode()
    assert desk("fang").post(page, {"act": "look", "why": ""}).status_code == 400
    shown = desk("fang").post(page, {"act": "look", "why": "核对接警 1042"}).content.decode()
    assert HASH in shown
    assert "核对接警 1042" in zhou.get(page).content.decode()
    assert UploadView.objects.get().person == world.fang.person.pk
    assert desk("ming").get(page).status_code == 403


@pytest.mark.item("S-AST-015")
def test_what_is_not_uploaded_within_a_day_stands_in_a_list_of_its_own(world, desk, issued):
    ended = clock.now() - dt.timedelta(hours=25)
    crew = Crew.objects.get(recorder="5120471")
    crew.during = (ended - dt.timedelta(hours=8), ended)
    crew.save(update_fields=["during"])

    late = desk("zhou").get(LIST, {"show": "late"}).content.decode()

    assert "5120471" in late
    assert "5120481" not in late  # still running


@pytest.mark.item("S-AST-015")
def test_an_upload_kept_for_good_is_never_forgotten_nor_made_ordinary(world, desk, issued, as_role, owner_sql):
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    desk("zhou").post(page_of(world), {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"})
    page = page_of(world)
    assert desk("zhou").post(page, {"act": "keep", "kept": "evidence"}).status_code == 302
    assert desk("zhou").post(page, {"act": "keep", "kept": "major"}).status_code == 409
    with as_role("jobs"):
        run_purges(at=clock.now() + dt.timedelta(days=400))
    upload = Upload.objects.get()
    assert upload.kept == Kept.EVIDENCE

    for change in ("UPDATE duty_upload SET kept = 'ordinary'", "DELETE FROM duty_upload"):
        with pytest.raises(IntegrityError, match="kept for good"), transaction.atomic():
            owner_sql(change)


@pytest.mark.item("S-AST-015")
def test_an_ordinary_upload_is_forgotten_after_six_months(world, desk, issued, as_role):
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    desk("zhou").post(page_of(world), {"act": "upload", "manifest": MANIFEST, "kept": "ordinary"})

    with as_role("jobs"):
        run_purges(at=clock.now() + dt.timedelta(days=180))
        assert Upload.objects.exists()
        run_purges(at=clock.now() + dt.timedelta(days=185))
        assert not Upload.objects.exists()


def dock(client: Client, token: str, **told):
    given = {"device": "5120471", "storage_pct": 61} | told
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/connections/recorders/uploads/", given, content_type="application/json", headers=headers)


@pytest.mark.item("S-AST-013", "S-AST-015")
def test_the_docking_station_notes_uploads_with_a_token_of_its_office(world, desk, issued):
    page = desk("zhou").post(reverse("desk:recordings_station"), {"office": world.station.code}).content.decode()
    token = re.findall(r"<code>([^<]+)</code>", page)[1]
    began = (clock.now() - dt.timedelta(days=4000)).isoformat()
    files = [{"name": "a.mp4", "sha256": HASH, "bytes": 5}, {"name": "old.mp4", "sha256": "c" * 64, "bytes": 5,
             "began_at": began}]  # fmt: skip
    client = Client()
    assert dock(client, "nonsense", files=files).status_code == 403
    assert dock(client, token, files=files).status_code == 409  # the shift is still on
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    assert dock(client, token, files=[{"name": "a.mp4", "sha256": "short", "bytes": 5}]).status_code == 400
    assert dock(client, token, files=files, device="5129999").status_code == 409

    answer = dock(client, token, files=files)

    assert (answer.status_code, answer.json()["apart"]) == (201, ["old.mp4"])
    upload = Upload.objects.get()
    assert (upload.by, [one["file"] for one in upload.files]) == (None, ["a.mp4"])
    assert dock(client, token, files=files[:1]).status_code == 200  # sent again: noted once
    assert Upload.objects.count() == 1
    shown = desk("zhou").get(reverse("desk:equipment_item", args=[upload.item_id])).content.decode()
    assert "已用 61%" in shown
    desk("zhou").post(reverse("desk:recordings_station"), {"office": world.station.code})
    assert dock(client, token, files=files).status_code == 403  # a new token ends the old one


@pytest.mark.item("S-AST-013")
def test_a_recorder_that_the_ledger_gives_to_somebody_else_does_not_count_as_running(world, desk, issued):
    there = [Present(world.ming.person.pk, None, True, "5120471")]
    assert recorder_doubt("5120471", there) == ""
    assert recorder_doubt("5120471", [Present(world.shen.person.pk, None, True)]) == "周明远"
    handle_items("fault", ["5120471"], Given(words="镜头进水"), by=world.zhou, at=clock.now())
    assert recorder_doubt("5120471", there) == "故障"
    assert recorder_doubt("9999999", there) == ""  # not in the ledger: as typed
    assert "故障" in desk("zhou").get(page_of(world)).content.decode()


@pytest.mark.item("S-AST-013")
def test_all_226_recorders_are_counted_each_month_until_the_sum_agrees(world, desk):
    kind = EquipmentKind.objects.get(name="执法记录仪")
    numbers = [f"JLY-{n:04}" for n in range(1, 227)]
    take_in([Wanted(one, kind, world.station, "DSJ") for one in numbers], by=world.zhou, at=clock.now())
    zhou = desk("zhou")
    opened = zhou.post(reverse("desk:stock_counts"), {"kind": str(kind.pk), "area": world.station.code})
    page = opened["Location"]
    zhou.post(page, {"act": "see", "serials": "\n".join(numbers[:-1])})
    assert zhou.post(page, {"act": "close"}).status_code == 409

    zhou.post(page, {"act": "see", "serials": numbers[-1]})

    assert zhou.post(page, {"act": "close"}).status_code == 302
    count = StockCount.objects.get(kind=kind)
    assert (count.expected, count.n_seen) == (226, 226)


def test_the_list_costs_as_many_queries_for_forty_recorders_as_for_four(world, desk, issued):
    zhou = desk("zhou")
    zhou.get(LIST)
    with CaptureQueriesContext(connection) as few:
        zhou.get(LIST)
    for n in range(36):
        at = clock.now() - dt.timedelta(days=1) + dt.timedelta(seconds=2 * n)
        shift = Shift.objects.create(unit=world.qx2, during=(at, at + dt.timedelta(seconds=1)), since=at)
        Crew.objects.create(shift=shift, person=world.shen.person, during=shift.during, sworn=True, recorder=f"R{n}")

    with CaptureQueriesContext(connection) as many:
        assert zhou.get(LIST).content.decode().count("沈知行") == 36
    assert len(many) == len(few)
