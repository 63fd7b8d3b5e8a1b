"""The doors of the fall-back: the stand-in page, the board to keep, cards handed in, pictures read, drills."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.dispatch.cards.coding import Written, encoded
from shouwang.dispatch.models import Assignment, Card, Drill
from shouwang.matters.models import Matter

CARDS, CATCH_UP = "/desk/fallback/cards/", "/desk/catch-up/"


@pytest.fixture
def card(world) -> Written:
    began = clock.now().replace(microsecond=0) - dt.timedelta(minutes=30)
    sent = began + dt.timedelta(minutes=1)
    return Written(new_id(), 1, 1, None, began, 2, "打架", "桥西路12号", "快来", "13812345678", "桥西1组", sent)


def hand_in(client, *cards: Written, ahead: dt.timedelta = dt.timedelta()):
    told = {"now": (clock.now() + ahead).isoformat(), "cards": [encoded(one) for one in cards]}
    answer = client.post(CARDS, json.dumps(told), content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["receipts"]


def picture(*cards: Written) -> SimpleUploadedFile:
    file = io.BytesIO()
    segno.make(encoded(cards[0]), error="m", micro=False).save(file, kind="png", scale=4, border=4)
    return SimpleUploadedFile("卡.png", file.getvalue(), "image/png")


def test_the_stand_in_page_and_its_worker_open_to_everybody_and_hold_nothing(client):
    shell, worker = client.get("/desk/fallback/"), client.get("/desk/worker.js")

    assert shell.status_code == worker.status_code == 200
    assert "系统不通" in shell.content.decode()
    assert worker["Content-Type"].startswith("text/javascript")


@pytest.fixture
def client(world):
    from django.test import Client

    return Client()


def test_a_card_handed_in_twice_is_entered_once_with_its_times(world, two_doors, desk, card):
    client = desk("fang")
    for _ in range(2):
        assert hand_in(client, card)[0]["number"] == "1-001"
    assert "1-001" in client.get(CATCH_UP).content.decode()

    for _ in range(2):
        client.post(f"{CATCH_UP}all/")

    matter = Matter.objects.get(kind="incident")
    assert (matter.pk, matter.opened_at, matter.lon) == (card.id, card.written_at, 111.427)
    assert Assignment.objects.get(matter=matter).sent_at == card.sent
    assert "1-001" in client.get(CATCH_UP).content.decode()


def test_a_likely_duplicate_is_shown_and_left_for_a_person(world, two_doors, desk, card):
    client = desk("fang")
    other = replace(card, id=new_id(), seat=2, written_at=card.written_at + dt.timedelta(minutes=3), unit="", sent=None)
    hand_in(client, card, other)

    client.post(f"{CATCH_UP}all/")
    page = client.get(CATCH_UP).content.decode()
    assert "可能是同一件事" in page
    client.post(f"{CATCH_UP}{other.id}/", {"into": str(card.id)})

    assert Matter.objects.get(pk=other.id).merged_into_id == card.id
    assert Card.objects.filter(state="entered").count() == 2


def test_a_damaged_card_is_refused_alone(desk, card):
    told = {"now": clock.now().isoformat(), "cards": [encoded(card)[:-4], encoded(card)]}

    receipts = desk("fang").post(CARDS, json.dumps(told), content_type="application/json").json()["receipts"]

    assert [("refused" in one, one.get("number")) for one in receipts] == [(True, None), (False, "1-001")]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe\0", b'{"a":' * 2_000])
def test_what_is_no_list_of_cards_is_said_in_words(desk, body):
    answer = desk("fang").post(CARDS, body, content_type="application/json", headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["code"] in {"page.unreadable", "fallback.unreadable"}


def test_a_card_is_read_from_its_picture_and_not_taken_twice(desk, card):
    client = desk("fang")
    hand_in(client, card)

    answer = client.post(
        f"{CATCH_UP}pictures/", {"pictures": [picture(card), picture(replace(card, id=new_id(), serial=2))]}
    )

    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert Card.objects.count() == 2
    assert Card.objects.get(serial=2).from_picture


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_said_in_words(desk, content):
    file = SimpleUploadedFile("照片.png", content, "image/png")

    answer = desk("fang").post(f"{CATCH_UP}pictures/", {"pictures": [file]})

    assert answer.status_code == 422
    assert "照片.png" in answer.content.decode()


def test_the_lead_begins_a_drill_and_its_cards_stay_drill_records(desk, card):
    lead, dispatcher = desk("zhou"), desk("fang")
    assert lead.post(f"{CATCH_UP}drills/").status_code == 302
    drill = Drill.objects.get()
    assert dispatcher.get("/desk/fallback/board.json").json()["drill"] == str(drill.pk)

    receipts = hand_in(dispatcher, replace(card, drill=drill.pk))
    lead.post(f"{CATCH_UP}drills/{drill.pk}/end/")

    assert receipts[0]["state"] == "drilled"
    assert not Matter.objects.filter(kind="incident").exists()
    told = dispatcher.get("/desk/fallback/board.json").json()
    assert (told["drill"], told["waiting"]) == ("", 0)
    assert "1-001" in lead.get(CATCH_UP).content.decode()


def test_a_dispatcher_sees_no_drill_button_and_a_crew_no_page(desk):
    assert "开始演练" not in desk("fang").get(CATCH_UP).content.decode()
    assert desk("fang").post(f"{CATCH_UP}drills/").status_code == 403
    assert desk("ming").get(CATCH_UP).status_code == 403
