"""The loudspeaker library at the desk: written by one, approved by another, played in its hours, noted by unit."""

import datetime as dt
import io
import wave
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwang.beats import announcing
from shouwang.beats.models import Message, Playback, Recording
from shouwang.core import clock
from shouwang.core.retention import PURGES
from shouwang.desk.beats import announcements as pages
from shouwang.evidence import storage
from shouwang.evidence.purging import sweep

TEN = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)  # 10:00 in Shanghai
MIDNIGHT = dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC)


def spoken() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0\1" * 800)
    return file.getvalue() + b"LIST\x10\0\0\0INFOICMTsecret!\0"


def draft(browser: Client, world, **given: object) -> int:
    asked = {"topic": "电动车上牌", "text": "电动自行车请到桥头服务点上牌。", "ground": str(world.station.pk),
             "begins": "08:00", "ends": "21:00", "most_db": "60"}  # fmt: skip
    return browser.post(reverse("desk:announcement_new"), {**asked, **given}).status_code


def act(browser: Client, row: Message, name: str, **given: object) -> int:
    return browser.post(reverse("desk:announcement", args=[row.pk]), {"act": name, **given}).status_code


def play(browser: Client, row: Message, **given: object):
    return browser.post(reverse("desk:announcement_plays"), {"message": str(row.pk), "place": "桥西路南口", **given})


def clock_at(moment: dt.datetime) -> dt.datetime:
    """That hour of today."""
    return dt.datetime.now(tz=dt.UTC).replace(hour=moment.hour, minute=0)


def at_the_desk(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    """Only these pages have that hour: who is signed in stays so."""
    monkeypatch.setattr(pages, "clock", SimpleNamespace(now=lambda: clock_at(moment)))


@pytest.fixture
def approved(world, desk_of) -> Message:
    assert draft(desk_of(world.zhou), world) == 302
    row = Message.objects.get()
    assert act(desk_of(world.lin), row, "approve") == 302
    return row


@pytest.mark.item("S-PAT-013")
def test_a_message_is_written_recorded_and_approved_by_another(world, desk_of):
    zhou, lin = desk_of(world.zhou), desk_of(world.lin)
    for wrong in ({"begins": "22:30", "ends": "23:00"}, {"most_db": "90"}, {"text": " "}, {"begins": "21:00"},
                  {"text": "请告知王某的下落"}):  # fmt: skip
        assert draft(zhou, world, **wrong) >= 400, wrong
    assert draft(zhou, world) == 302
    row = Message.objects.get()
    sound = SimpleUploadedFile("a.wav", spoken())
    assert act(zhou, row, "record", language="桥西话", file=sound) == 302
    assert act(zhou, row, "record", language="桥西话", file=SimpleUploadedFile("a.wav", spoken())) == 409
    assert act(zhou, row, "record", language="英语", file=SimpleUploadedFile("a.wav", b"no sound")) == 415
    recording = Recording.objects.get()
    heard = lin.get(reverse("desk:announcement_sound", args=[recording.pk]))
    assert heard["Content-Type"] == "audio/wav"
    assert b"secret" not in heard.content  # what a phone writes beside the sound is gone

    assert act(zhou, row, "approve") == 409  # his own
    assert "另由他人批准" in zhou.get(reverse("desk:announcement", args=[row.pk])).content.decode()
    assert act(lin, row, "approve") == 302
    assert act(zhou, row, "record", language="英语", file=SimpleUploadedFile("a.wav", spoken())) == 409
    assert act(desk_of(world.ming), row, "withdraw") == 403
    row.refresh_from_db()
    assert (row.state, row.approved_by) == ("approved", world.lin.person_id)


@pytest.mark.item("S-PAT-013")
def test_a_crew_plays_it_in_its_hours_and_the_log_says_unit_place_and_time(world, desk_of, approved, monkeypatch):
    ming = desk_of(world.ming)
    at_the_desk(monkeypatch, TEN)
    page = ming.get(reverse("desk:announcements")).content.decode()
    assert "电动车上牌" in page
    assert "现在可以播放" in page
    assert play(ming, approved, level_db="58").status_code == 302
    assert play(ming, approved, level_db="75").status_code == 422  # louder than approved
    assert play(ming, approved, place="").status_code == 422
    assert play(desk_of(world.lin), approved).status_code == 409  # on no unit
    assert play(desk_of(world.fang), approved).status_code == 403
    page = ming.get(reverse("desk:announcements")).content.decode()
    assert all(words in page for words in ("桥西路南口", "58 dB", "桥西1组"))

    at_the_desk(monkeypatch, MIDNIGHT)
    refused = play(ming, approved)
    assert refused.status_code == 409
    assert "08:00" in refused.content.decode()
    assert Playback.objects.count() == 1


@pytest.mark.item("S-PAT-013")
def test_a_withdrawn_message_is_not_played_and_drafts_are_not_either(world, desk_of, approved):
    ming, noon = desk_of(world.ming), clock_at(TEN)
    assert act(desk_of(world.zhou), approved, "withdraw") == 302

    assert play(ming, approved).status_code == 422  # no longer among what can be chosen
    with pytest.raises(announcing.NotApproved):
        announcing.play(approved, "桥头", by=world.ming, at=noon)


def test_the_next_station_neither_sees_nor_hears(world, desk_of, approved):
    stranger = desk_of(world.stranger)

    assert stranger.get(reverse("desk:announcements")).status_code in (302, 403)
    assert stranger.get(reverse("desk:announcement", args=[approved.pk])).status_code in (302, 403, 404)


def test_which_unit_played_goes_with_the_tracks_and_the_recordings_stay(world, approved, as_role):
    noon = clock_at(TEN)
    played = announcing.play(approved, "桥头", by=world.ming, at=noon)
    row = announcing.write_message(
        world.station, announcing.NewMessage("防溺水", "请勿下河游泳。", dt.time(8), dt.time(20), 60),
        by=world.zhou, at=noon,
    )  # fmt: skip
    recording = announcing.add_recording(row, "普通话", spoken(), by=world.zhou, at=noon)
    purge = next(one for one in PURGES if one.model == "beats.Playback")

    with as_role("jobs"):
        assert purge.run_batch(noon + dt.timedelta(days=31)) == 1
        sweep(at=clock.now() + dt.timedelta(days=400))
    played.refresh_from_db()
    assert (played.unit, played.place) == (None, "桥头")
    assert not purge.rows(noon + dt.timedelta(days=31)).exists()
    assert storage.path_of(recording.stored).exists()
    assert announcing.sound_of(recording).startswith(b"RIFF")
