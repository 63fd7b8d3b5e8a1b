"""The public pages as a resident uses them: through the address, as the role portal, without scripts."""

import re

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.matters.models import Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.taking_in import take_in

WORDS = "楼上半夜装修，吵得睡不着"
PHRASE = "青石桥下第三棵树"


@pytest.fixture
def resident(world, as_role):
    with as_role("portal"):
        yield Client(headers={"accept": "text/html", "accept-language": "zh-hans"})


def kept(response):
    return re.search(r'name="kept" value="([^"]+)"', response.content.decode()).group(1)


def reported(resident):
    """Through the five pages with a pass phrase; the receipt code."""
    pages = [
        ("now", {"happening": "no"}), ("where", {"place_text": "桥西路12号", "place": ""}), ("what", {"words": WORDS}),
        ("who", {"leave": "phrase", "pass_phrase": PHRASE}), ("check", {}),
    ]  # fmt: skip
    response = resident.get("/report/")
    for page, given in pages:
        response = resident.post("/report/", {"kept": kept(response), "page": page} | given)
        assert response.status_code == 200, response.content.decode()
    page = response.content.decode()
    assert "data-prints>" in page  # ui/acts.js prints the page
    assert "<dd>桥西路12号</dd>" in page
    assert "加上您的口令。" in page
    assert "手机的验证码" not in page
    return re.search(r'id="receipt-code">([^<]+)<', response.content.decode()).group(1)


def test_five_pages_make_a_report_and_a_receipt(resident, as_role):
    code = reported(resident)

    with as_role("jobs"):
        row = Submission.objects.get(kind=SubmissionKind.REPORT)
    assert row.content["words"] == WORDS
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}", code)


def test_what_was_typed_is_still_there_after_an_error(resident):
    first = resident.get("/report/")
    second = resident.post("/report/", {"kept": kept(first), "page": "now", "happening": "no"})

    refused = resident.post("/report/", {"kept": kept(second), "page": "where", "place_text": ""})
    again = resident.post("/report/", {"kept": kept(second), "page": "who", "leave": "number", "number": ""})

    assert refused.status_code == 422
    assert "请用您自己的话说说在哪儿" in refused.content.decode()
    assert "请填电话" in again.content.decode()
    for wrong in ("110", "123", "一三八"):
        given = {"kept": kept(second), "page": "who", "leave": "number", "number": wrong}
        assert "没有认出这个电话号码" in resident.post("/report/", given).content.decode(), wrong


def test_a_place_that_the_map_does_not_know_is_told_before_it_is_handed_in(resident):
    page = resident.get("/report/")
    for name, given in [
        ("now", {"happening": "no"}), ("where", {"place_text": "没有这条路999号"}), ("what", {"words": WORDS}),
        ("who", {"leave": "phrase", "pass_phrase": PHRASE}),
    ]:  # fmt: skip
        page = resident.post("/report/", {"kept": kept(page), "page": name} | given)

    assert "地图上没有认出这个地方" in page.content.decode()


def test_a_form_changed_by_somebody_begins_again(resident, as_role):
    response = resident.post("/report/", {"kept": "forged", "page": "check"})

    assert response.status_code == 422
    assert 'name="happening"' in response.content.decode()
    with as_role("jobs"):
        assert Submission.objects.count() == 0


def test_the_receipt_alone_opens_nothing_and_with_the_phrase_that_one_report(resident, as_role):
    code = reported(resident)
    with as_role("jobs"):
        key = Submission.objects.get(kind=SubmissionKind.REPORT)
    with as_role("portal"):
        closed = resident.get(f"/follow/{key.matter}/")
    with as_role("jobs"):
        take_in(key.pk, at=clock.now())
    with as_role("portal"):
        opened = resident.post("/r/", {"code": code, "second": PHRASE}, follow=True)

        assert closed.status_code == 302
        assert WORDS in opened.content.decode()
        assert "还没有人看过您的电话和姓名" in opened.content.decode()


def test_the_place_is_corrected_by_a_tap_on_the_map(resident, as_role):
    code = reported(resident)
    with as_role("jobs"):
        report = Submission.objects.get(kind=SubmissionKind.REPORT)
        take_in(report.pk, at=clock.now())
    with as_role("portal"):
        resident.post("/r/", {"code": code, "second": PHRASE})
        address = f"/follow/{report.matter}/place/"
        assert 'data-part="tapped"' in resident.get(address).content.decode()

        assert resident.post(address, {"place": "111.427500,27.686600||"}).status_code == 302
        assert resident.post(address, {"place": "999,27.686600||"}).status_code == 400

    with as_role("jobs"):
        told = Submission.objects.get(kind=SubmissionKind.PLACE).content
    assert (told["lon"], told["lat"], told["place_text"]) == (111.4275, 27.6866, "地图上点的位置")


def test_a_wrong_phrase_is_refused_in_words(resident):
    code = reported(resident)

    refused = resident.post("/r/", {"code": code, "second": "猜一猜"})

    assert refused.status_code == 403
    assert "对不上" in refused.content.decode()


@pytest.mark.parametrize("address", ["/", "/report/", "/r/"])
def test_public_pages_open_without_an_account(resident, address):
    assert resident.get(address).status_code == 200
