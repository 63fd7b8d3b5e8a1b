"""The signed record of a matter: made at the desk, checked without us, told to the crew."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from shouwang.config.command_line import call as command
from shouwang.core import clock
from shouwang.dispatch.dispatching import send_unit
from shouwang.duty.shifts import on_shift
from shouwang.journal.models import Entry
from shouwang.journal.sealing import seal_pending
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.oversight import exporting
from shouwang.oversight.models import Told
from shouwang.tracking.keeping import ask_keeping, decide_keeping
from shouwang.tracking.models import Fix
from shouwang.tracking.purging import purge_fixes

PAGE = "/desk/lookback/exports/new/"
N_FIXES = 39


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES=tmp_path / "files", TRANSPARENCY=tmp_path / "transparency", VAR=tmp_path):
        yield


@pytest.fixture
def matter(world: Any, as_role: Any) -> Matter:
    """Qiaoxi 1 was on it for three quarters of an hour, ten minutes of them silent; everything is sealed."""
    now = clock.now()
    opened = open_matter(
        kind="incident", by=world.fang, at=now - dt.timedelta(minutes=50), point=(111.42, 27.69),
        place_text="桥西路12号", gist="吵架", urgency=2,
    )  # fmt: skip
    send_unit(matter=opened, unit=world.qx1, by=world.fang, at=now - dt.timedelta(minutes=45))
    shift = on_shift([world.qx1.pk], now)[world.qx1.pk]
    for minutes in [*range(1, 20), *range(24, 44)]:
        at = now - dt.timedelta(minutes=minutes)
        Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=at, received_at=at, lon=111.42 + minutes / 9000, lat=27.69,
            source="osmand",
        )  # fmt: skip
    with as_role("seal"):
        seal_pending(now)
    return opened


@pytest.fixture
def made(desk: Any, matter: Matter, tmp_path: Path) -> Path:
    answer = desk("lin").post(PAGE, asked(matter))
    assert answer.status_code == 200, answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{matter.reference}.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    path = tmp_path / "export.zip"
    path.write_bytes(answer.content)
    return path


@pytest.fixture
def check(made: Path, tmp_path: Path, as_role: Any) -> Callable[[Path], int]:
    """`bin/shouwang verify-export`, with the key as anybody fetches it."""
    with as_role("portal"):
        keys = Client().get("/transparency/export-keys").content
    (tmp_path / "keys").write_bytes(keys)
    return lambda path: command("verify-export", [str(path), "--key", str(tmp_path / "keys")])


def asked(matter: Matter, **given: Any) -> dict[str, Any]:
    return {"number": matter.number, "purpose": "complaint", "reason": "行政复议机关来函"} | given


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def packed(files: dict[str, bytes], path: Path) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bundle:
        for name, raw in files.items():
            bundle.writestr(name, raw)
    path.write_bytes(made.getvalue())
    return path


def test_a_signed_record_holds_sheet_tracks_and_proofs_and_checks_without_us(made, matter, check, capsys):
    files = unpacked(made)
    features = json.loads(files["tracks.geojson"])["features"]
    track = ET.fromstring(files["tracks.gpx"])

    assert check(made) == 0
    assert matter.reference in capsys.readouterr().out
    assert files["record.pdf"].startswith(b"%PDF")
    assert sum(len(one["properties"]["times"]) for one in features) == N_FIXES
    assert len(features) == 2  # a gap is a gap
    assert len(track.findall(".//{*}trkseg")) == 2
    assert len(track.findall(".//{*}trkpt")) == N_FIXES
    assert sum(name.startswith("proofs/") for name in files) == len(json.loads(files["manifest.json"])["files"]) - 3 > 0


def test_a_byte_changed_in_any_file_is_refused_and_the_file_named(made, check, capsys, tmp_path):
    files = unpacked(made)
    for name, raw in files.items():
        for place in {len(raw) // 2, len(raw) - 2}:
            changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]

            assert check(packed(files | {name: changed}, tmp_path / "bad.zip")) == 1, name
            assert f" {name}: " in capsys.readouterr().out or name.startswith("manifest.")
    assert check(packed(files, tmp_path / "good.zip")) == 0


def test_a_file_left_out_or_put_in_is_refused_and_named(made, check, capsys, tmp_path):
    files = unpacked(made)
    for name in files:
        assert check(packed({one: raw for one, raw in files.items() if one != name}, tmp_path / "less.zip")) == 1
        assert f" {name}: it is missing" in capsys.readouterr().out

    assert check(packed(files | {"more.txt": b"x"}, tmp_path / "more.zip")) == 1
    assert " more.txt: it is not in the manifest" in capsys.readouterr().out


def test_another_town_s_key_does_not_vouch_for_it(made, capsys, tmp_path):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from shouwang.journal.notes import SignerKey

    other = str(SignerKey("elsewhere/exports", Ed25519PrivateKey.generate()).verifier)

    assert command("verify-export", [str(made), "--key", other]) == 1
    assert "not by a key that was given" in capsys.readouterr().out


def test_making_it_is_an_entry_with_the_digest_and_the_crew_is_told(made, matter, world, desk):
    entry = Entry.objects.select_related("particulars").get(verb="evidence_export.make")
    said = json.loads(entry.particulars.text)["particulars"]

    assert entry.subject == matter.pk
    assert (said["purpose"], said["reason"]) == ("complaint", "行政复议机关来函")
    assert len(said["sha256"]) == 64
    assert Told.objects.count() == 0  # Lin reads only what is told to himself
    page = desk("ming").get("/desk/lookback/told/").content.decode()
    assert "行政复议机关来函" in page


def test_kept_tracks_are_in_it_after_their_day(world, desk, matter, as_role):
    now = clock.now()
    row = ask_keeping(matter=matter, reason="行政复议待决", term_days=183, by=world.zhou, at=now)
    decide_keeping(row.pk, kept=True, by=world.lin, at=now)
    with as_role("jobs"):
        purge_fixes(now + dt.timedelta(days=31))
    assert not Fix.objects.exists()

    files = zipfile.ZipFile(io.BytesIO(desk("lin").post(PAGE, asked(matter)).content))

    features = json.loads(files.read("tracks.geojson"))["features"]
    assert sum(len(one["properties"]["times"]) for one in features) == N_FIXES
    assert all(one["properties"]["archive_sha256"] for one in features)
    assert Entry.objects.filter(verb="track_archive.open").count() == 1


def test_who_may_not_look_back_makes_none(desk, matter):
    assert desk("luo").get(PAGE).status_code == 403
    assert desk("luo").post(PAGE, asked(matter)).status_code == 403
    assert not Entry.objects.filter(verb="evidence_export.make").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [({"number": "99999"}, "没有找到这个编号的事项"), ({"reason": "看"}, "至少"), ({"purpose": "curious"}, "curious"),
     ({"number": "x"}, "整数")],
)  # fmt: skip
def test_what_cannot_be_made_is_answered_in_words(desk, matter, given, words):
    answer = desk("lin").post(PAGE, asked(matter, **given))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_too_much_is_refused_in_words(desk, matter, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_FIXES", 10)

    answer = desk("lin").post(PAGE, asked(matter))

    assert answer.status_code == 422
    assert "10" in answer.content.decode()
    assert not Entry.objects.filter(verb="evidence_export.make").exists()


def test_twenty_entries_ask_no_more_than_two(desk, matter, world, as_role):
    lin = desk("lin")

    def more(n: int) -> int:
        for number in range(n):
            add_note(matter=matter, text=f"看了{number}", by=world.fang, at=clock.now())
        with as_role("seal"):
            seal_pending(clock.now())
        with CaptureQueriesContext(connection) as asked_for:
            assert lin.post(PAGE, asked(matter)).status_code == 200
        return len(asked_for)

    more(1)

    assert more(2) == more(20)
