"""The doors for positions, as a phone app finds them: `/ingest/osmand`, `/ingest/owntracks`."""

import base64
import datetime as dt
import io
import json
import logging

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.duty import shifts
from shouwang.tracking import limits, tracks
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.tokens import give_token, take_tokens_back
from shouwang.tracking.town import forget_town

HERE = {"lat": "27.6905", "lon": "111.4215"}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch, noon):  # type: ignore[no-untyped-def]
    forget()
    forget_town()
    limits.READINGS.clear()
    limits.STRANGERS.clear()
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def token(world, noon) -> str:
    return give_token(unit=world.qx1, by=world.lin, at=noon)[1]


@pytest.fixture
def phone() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def owntracks(phone: Client, token: str, **given):  # type: ignore[no-untyped-def]
    basic = base64.b64encode(f"qx1:{token}".encode()).decode()
    body = {"_type": "location", "lat": 27.6905, "lon": 111.4215, "tst": 1795320000} | given
    return phone.post(
        "/ingest/owntracks", json.dumps(body), "application/json", headers={"authorization": f"Basic {basic}"}
    )


def test_a_position_moves_the_units_marker(world, token, phone, noon):
    answer = phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319990", "speed": "10", "bearing": "90",
                                                 "accuracy": "8", "batt": "83"})  # fmt: skip

    assert (answer.status_code, answer.content) == (200, b"OK")
    fix = Fix.objects.get()
    assert (fix.unit, fix.source, fix.late) == (world.qx1.pk, "osmand", False)
    assert fix.at == noon - dt.timedelta(seconds=10)
    assert fix.speed_mps == pytest.approx(5.144, abs=0.01)
    assert fix.battery_share == pytest.approx(0.83)
    assert fix.in_duty.startswith(world.qiaoxi.duty_path)  # and deeper: its grid
    assert fix.in_government.startswith(world.qiaoxi.government_path)
    assert [one.unit for one in tracks.live_fixes(world.fang, noon)] == [world.qx1.pk]
    assert tracks.live_fixes(world.stranger, noon) == []


def test_a_form_and_the_json_of_traccar_client_are_read_too(world, token, phone):
    assert phone.post("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319980"}).status_code == 200
    body = {
        "device_id": token,
        "location": {
            "timestamp": "2026-11-22T03:59:50.000Z",
            "coords": {"latitude": 27.6905, "longitude": 111.4216, "speed": 3.5, "heading": 12, "accuracy": 5},
            "battery": {"level": 0.5},
        },
    }
    assert phone.post("/ingest/osmand", json.dumps(body), "application/json").status_code == 200
    assert [fix.battery_share for fix in Fix.objects.order_by("at")] == [None, 0.5]


def test_owntracks_reports_and_gets_its_empty_list(world, token, phone, noon):
    answer = owntracks(phone, token, vel=36, acc=10, batt=50)

    assert (answer.status_code, answer.content) == (200, b"[]")
    assert LastFix.objects.get(unit=world.qx1.pk).speed_mps == pytest.approx(10)
    for other in ({"_type": "lwt"}, {"_type": "transition"}):
        assert owntracks(phone, token, **other).content == b"[]"
    assert phone.post("/ingest/owntracks", b"", "application/json").content == b"[]"
    assert Fix.objects.count() == 1


def test_the_same_report_twice_is_stored_once(token, phone):
    given = HERE | {"id": token, "timestamp": "1795319990"}
    assert [phone.get("/ingest/osmand", given).status_code for _ in range(3)] == [200, 200, 200]
    forget()
    phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319995"})
    phone.get("/ingest/osmand", given)

    assert Fix.objects.count() == 2


def test_what_comes_late_is_kept_and_moves_no_marker(world, token, phone, noon):
    phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319990"})
    phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795316000"})

    assert [fix.late for fix in Fix.objects.order_by("at")] == [True, False]
    assert LastFix.objects.get().at == noon - dt.timedelta(seconds=10)


@pytest.mark.item("S-CMD-005")
def test_off_shift_a_position_is_dropped_and_stored_nowhere(world, token, phone, noon):
    shifts.end_shift(unit=world.qx1, by=world.ming, at=noon - dt.timedelta(minutes=1))

    answer = phone.get("/ingest/osmand", HERE | {"id": token})
    assert (answer.status_code, answer.json()["code"]) == (409, "ingest.off_duty")
    dropped = owntracks(phone, token)
    assert (dropped.status_code, dropped.json()[0]["code"]) == (200, "ingest.off_duty")
    assert not Fix.objects.exists()
    assert not LastFix.objects.exists()


BAD = [
    ({"lat": "91"}, "geo.out_of_range", "lon, lat"),
    ({"lat": "nan"}, "geo.not_a_position", "lon, lat"),
    ({"lat": "111.4215", "lon": "27.6905"}, "geo.swapped", "lon, lat"),
    ({"lat": ""}, "ingest.missing", "lat"),
    ({"lat": "۩\u202e"}, "geo.not_a_position", "lon, lat"),
    ({"lat": "1" * 5000}, "geo.not_a_position", "lon, lat"),
    ({"timestamp": "4102444800"}, "ingest.future", "timestamp"),
    ({"timestamp": "0"}, "ingest.clock_not_set", "timestamp"),
    ({"timestamp": "noon"}, "ingest.time_unreadable", "timestamp"),
    ({"speed": "fast"}, "ingest.not_a_number", "speed"),
    ({"valid": "false"}, "ingest.no_fix", "valid"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), BAD)
def test_bad_input_gets_a_sentence_that_names_the_field_and_changes_nothing(token, phone, wrong, code, field):
    answer = phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319990"} | wrong)

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert answer.json()["says"]
    assert not Fix.objects.exists()


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'{"_type": "encrypted", "data": "x"}', b"\xff\xfe", b"[" * 9999]
)
def test_a_body_that_cannot_be_read_is_refused(token, phone, body):
    basic = base64.b64encode(f"qx1:{token}".encode()).decode()
    answer = phone.post("/ingest/owntracks", body, "application/json", headers={"authorization": f"Basic {basic}"})

    assert (answer.status_code, answer.json()["code"]) == (400, "ingest.unreadable")
    json_answer = phone.post("/ingest/osmand", body, "application/json")
    assert json_answer.status_code == 400


def test_who_has_no_token_is_told_so_and_soon_no_more(phone, db):
    answers = [phone.get("/ingest/osmand", HERE | {"id": f"guess{n}"}).status_code for n in range(40)]

    assert answers[0] == 401
    assert answers[-1] == 429
    assert phone.get("/ingest/radio", HERE).status_code == 404
    assert phone.put("/ingest/osmand").status_code == 405


def test_a_flood_from_one_token_is_turned_away_with_when_to_come_back(token, phone):
    answers = [phone.get("/ingest/osmand", HERE | {"id": token}) for _ in range(61)]

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1


def test_a_token_taken_back_is_worth_nothing(world, token, phone, noon):
    assert phone.get("/ingest/osmand", HERE | {"id": token}).status_code == 200
    assert take_tokens_back(unit=world.qx1, by=world.lin, at=noon) == 1
    assert phone.get("/ingest/osmand", HERE | {"id": token}).status_code == 401


def test_no_position_and_no_token_is_in_any_log(token, phone, caplog):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        with caplog.at_level(logging.DEBUG):
            phone.get("/ingest/osmand", HERE | {"id": token, "timestamp": "1795319990"})
            phone.get("/ingest/osmand", HERE | {"id": token, "lat": "99"})
            owntracks(phone, token, lat=27.6907)
    finally:
        logging.getLogger().removeHandler(handler)

    django_sql = "django.db.backends"
    lines = [record.getMessage() for record in caplog.records if record.name != django_sql]
    text = written.getvalue() if not caplog.records else "\n".join(lines)
    assert not [canary for canary in ("27.69", "111.42", token) if canary in text]
    assert "111.42" not in str(Fix(unit=new_id(), at=clock.now(), lon=111.4215, lat=27.6905))
