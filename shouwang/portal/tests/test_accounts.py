"""A resident's account, page by page, as the role portal: opened on a proven number, used, lost, changed, deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from shouwang.core import clock
from shouwang.matters.models import Matter, Party, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.taking_in import take_in
from shouwang.notices.models import Notice, NoticeState
from shouwang.people.models import Account, ContactProof, Grant, Person, Session
from shouwang.people.proofs import make_code
from shouwang.portal.tests.test_pages import PHRASE, WORDS, kept, reported

NUMBER, PASSWORD = "13900001234", "河埠头的石阶一共有九级"


@pytest.fixture
def at_the_portal(world, as_role, monkeypatch):
    """`at_the_portal()`: what a browser does inside is done by the portal's process."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role="portal"))
    return lambda: as_role("portal")


@pytest.fixture
def browser():
    return Client(headers={"accept": "text/html", "accept-language": "zh-hans"})


@pytest.fixture
def code_for(as_role):
    """The code that the sending job makes for the newest proof."""

    def newest():
        with as_role("jobs"):
            proof = ContactProof.objects.order_by("-asked_at", "-id").first()
            return make_code(proof.pk)

    return newest


def prove(browser, address, code_for, at_the_portal, contact=NUMBER):
    """Contact and code; the page that comes then."""
    with at_the_portal():
        asked = browser.post(address, {"page": "contact", "contact": contact})
        assert asked.status_code == 200, asked.content.decode()
    code = code_for()
    with at_the_portal():
        return browser.post(address, {"kept": kept(asked), "page": "code", "code": code})


def joined(browser, code_for, at_the_portal, contact=NUMBER):
    page = prove(browser, "/account/new/", code_for, at_the_portal, contact)
    with at_the_portal():
        done = browser.post(
            "/account/new/", {"kept": kept(page), "page": "last", "called": "王女士", "password": PASSWORD}
        )
    assert done.status_code == 200, done.content.decode()
    return re.findall(r"<code>([^<]+)</code>", done.content.decode())


def report(browser, at_the_portal, **who):
    """Through the five pages; the key of the matter."""
    given = {"leave": "account"} | who
    pages = [
        ("now", {"happening": "no"}), ("where", {"place_text": "桥西路12号", "place": ""}), ("what", {"words": WORDS}),
        ("who", given), ("check", {}),
    ]  # fmt: skip
    with at_the_portal():
        response = browser.get("/report/")
        for page, fields in pages:
            response = browser.post("/report/", {"kept": kept(response), "page": page} | fields)
            assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def all_taken_in(as_role):
    with as_role("jobs"):
        for key in list(Submission.objects.filter(taken_in_at__isnull=True).values_list("pk", flat=True)):
            take_in(key, at=clock.now())


def mine(browser, at_the_portal):
    with at_the_portal():
        return browser.get("/account/").content.decode()


def test_an_account_rests_on_a_proven_number_and_shows_what_was_filed_with_it(
    browser, code_for, at_the_portal, as_role
):
    codes = joined(browser, code_for, at_the_portal)
    empty = mine(browser, at_the_portal)
    report(browser, at_the_portal)
    waiting = mine(browser, at_the_portal)
    all_taken_in(as_role)
    listed = mine(browser, at_the_portal)

    assert len(codes) == 10
    assert "您登录后反映的事" in empty
    assert "桥西路12号" in waiting
    key = re.search(r"/follow/([0-9a-f-]{36})/", listed).group(1)
    with at_the_portal():
        page = browser.get(f"/follow/{key}/").content.decode()
    assert WORDS in page
    with as_role("jobs"):
        party = Party.objects.get(matter=UUID(key))
        account = Account.objects.get()
        assert party.identity == account.identity
        assert NUMBER not in account.shown
        assert NUMBER not in Person.objects.get(pk=account.person_id).login


def test_another_account_sees_nothing_of_it_and_can_do_nothing_to_it(browser, code_for, at_the_portal, as_role):
    joined(browser, code_for, at_the_portal)
    report(browser, at_the_portal)
    all_taken_in(as_role)
    key = re.search(r"/follow/([0-9a-f-]{36})/", mine(browser, at_the_portal)).group(1)
    other = Client(headers={"accept": "text/html"})
    joined(other, code_for, at_the_portal, "li@example.cn")

    with at_the_portal():
        assert other.get(f"/follow/{key}/").status_code == 302
        assert other.post(f"/follow/{key}/add/", {"withdraw": "1"}).status_code == 403
    assert key not in mine(other, at_the_portal)


@pytest.mark.parametrize("wrong", ["１２３", "abc", "😀", "12345678901", "a@b", "0571-8888888"])
def test_what_no_message_reaches_is_no_contact(browser, at_the_portal, wrong):
    with at_the_portal():
        refused = browser.post("/account/new/", {"page": "contact", "contact": wrong})

    assert refused.status_code == 422
    assert "手机号" in refused.content.decode()


def test_full_width_digits_and_a_country_code_are_the_same_number(browser, code_for, at_the_portal):
    joined(browser, code_for, at_the_portal)
    again = Client(headers={"accept": "text/html"})

    turned = prove(again, "/account/new/", code_for, at_the_portal, "＋８６ １３９ ００００ １２３４")

    assert turned.status_code == 409  # told only to whoever holds the number


def test_five_wrong_codes_use_a_proof_up(browser, code_for, at_the_portal):
    with at_the_portal():
        asked = browser.post("/account/new/", {"page": "contact", "contact": NUMBER})
    code = code_for()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    with at_the_portal():
        for _try in range(5):
            refused = browser.post("/account/new/", {"kept": kept(asked), "page": "code", "code": wrong})
            assert refused.status_code == 422
        late = browser.post("/account/new/", {"kept": kept(asked), "page": "code", "code": code})

    assert late.status_code == 422


def test_nobody_has_a_strangers_phone_ring_all_day(browser, at_the_portal):
    with at_the_portal():
        asked = [browser.post("/account/new/", {"page": "contact", "contact": NUMBER}) for _time in range(6)]

    assert [one.status_code for one in asked] == [200] * 5 + [422]
    assert "等一个小时" in asked[-1].content.decode()


def test_number_and_password_lead_in_and_wrong_ones_are_told_alike(browser, code_for, at_the_portal):
    joined(browser, code_for, at_the_portal)
    other = Client(headers={"accept": "text/html"})
    with at_the_portal():
        wrong = other.post("/account/in/", {"contact": NUMBER, "password": "not this one"})
        unknown = other.post("/account/in/", {"contact": "13700000000", "password": PASSWORD})
        right = other.post("/account/in/", {"contact": "139 0000 1234", "password": PASSWORD})

    told = [re.search(r"sw-summary.*?</div>", page.content.decode(), re.DOTALL).group(0) for page in (wrong, unknown)]
    assert told[0] == told[1]
    assert right.status_code == 302
    assert "我的事项" in mine(other, at_the_portal)


def test_a_browser_that_is_ended_is_out_at_its_next_request(browser, code_for, at_the_portal):
    joined(browser, code_for, at_the_portal)
    other = Client(headers={"accept": "text/html", "user-agent": "Mozilla (iPhone) Safari"})
    with at_the_portal():
        other.post("/account/in/", {"contact": NUMBER, "password": PASSWORD})
        listed = browser.get("/account/settings/").content.decode()
        browser.post("/account/browsers/end/")

        assert "iPhone" in listed
        assert other.get("/account/").status_code == 302
        assert browser.get("/account/").status_code == 200


def test_an_earlier_receipt_comes_into_the_account_with_its_second_proof(browser, code_for, at_the_portal, as_role):
    with at_the_portal():
        code = reported(browser)
    all_taken_in(as_role)
    joined(browser, code_for, at_the_portal)
    with at_the_portal():
        refused = browser.post("/account/claim/", {"code": code, "second": "猜一猜"})
        claimed = browser.post("/account/claim/", {"code": code.lower(), "second": PHRASE}, follow=True)

    assert refused.status_code == 422
    assert "桥西路12号" in claimed.content.decode()


def test_who_wants_no_message_is_listed_nowhere_but_behind_the_receipt(browser, code_for, at_the_portal, as_role):
    joined(browser, code_for, at_the_portal)
    page = report(browser, at_the_portal, quiet="1", leave="number", number="13800000000", pass_phrase=PHRASE)
    all_taken_in(as_role)
    code = re.search(r'id="receipt-code">([^<]+)<', page).group(1)
    with as_role("jobs"):
        assert Submission.objects.get(kind=SubmissionKind.REPORT).person is None
        assert Party.objects.get().person is None
    assert "桥西路12号" not in mine(browser, at_the_portal)
    with at_the_portal():
        claimed = browser.post("/account/claim/", {"code": code, "second": PHRASE})
        opened = browser.post("/r/", {"code": code, "second": PHRASE}, follow=True)

    assert claimed.status_code == 422
    assert "哪儿都不列" in claimed.content.decode()
    assert WORDS in opened.content.decode()


def test_no_message_means_a_pass_phrase_for_no_code_would_come_either(browser, code_for, at_the_portal):
    joined(browser, code_for, at_the_portal)
    with at_the_portal():
        response = browser.get("/report/")
        for page, given in [("now", {"happening": "no"}), ("where", {"place_text": "x", "place": ""}),
                            ("what", {"words": WORDS}), ("who", {"leave": "account", "quiet": "1"})]:  # fmt: skip
            response = browser.post("/report/", {"kept": kept(response), "page": page} | given)

    assert response.status_code == 422


def test_another_number_sends_what_rested_on_the_old_one_back_behind_its_receipt(
    browser, code_for, at_the_portal, as_role
):
    joined(browser, code_for, at_the_portal)
    report(browser, at_the_portal)
    all_taken_in(as_role)

    changed = prove(browser, "/account/contact/", code_for, at_the_portal, "13500005678")
    gone = mine(browser, at_the_portal)
    report(browser, at_the_portal)
    all_taken_in(as_role)

    assert changed.status_code == 302
    assert "桥西路12号" not in gone
    assert "桥西路12号" in mine(browser, at_the_portal)
    with as_role("jobs"):
        assert Matter.objects.count() == 2
        assert Grant.objects.filter(kind="filed", revoked_at__isnull=True).count() == 1


@pytest.mark.parametrize("with_code", [True, False])
def test_after_a_loss_a_recovery_code_keeps_everything_and_the_number_alone_does_not(
    browser, code_for, at_the_portal, as_role, with_code
):
    codes = joined(browser, code_for, at_the_portal)
    report(browser, at_the_portal)
    all_taken_in(as_role)
    anew = Client(headers={"accept": "text/html"})

    page = prove(anew, "/account/lost/", code_for, at_the_portal)
    given = {"kept": kept(page), "page": "last", "password": "第二个长长的密码句子"}
    with at_the_portal():
        back = anew.post("/account/lost/", given | {"recovery_code": codes[3] if with_code else ""})

    assert back.status_code == 200, back.content.decode()
    assert ("桥西路12号" in mine(anew, at_the_portal)) is with_code
    with at_the_portal():
        assert browser.get("/account/").status_code == 302  # signed out everywhere else


def test_a_wrong_recovery_code_lets_nobody_in(browser, code_for, at_the_portal):
    joined(browser, code_for, at_the_portal)
    anew = Client(headers={"accept": "text/html"})

    page = prove(anew, "/account/lost/", code_for, at_the_portal)
    given = {"kept": kept(page), "page": "last", "password": "第二个长长的密码句子", "recovery_code": "AAAA-BBBB-CCCC"}
    with at_the_portal():
        tries = [anew.post("/account/lost/", given).status_code for _time in range(6)]
        text = anew.post("/account/lost/", given).content.decode()

    assert tries == [422] * 6
    assert "15 分钟" in text


def test_a_deleted_account_opens_nothing_and_the_matter_stays(browser, code_for, at_the_portal, as_role):
    joined(browser, code_for, at_the_portal)
    page = report(browser, at_the_portal)
    all_taken_in(as_role)
    with at_the_portal():
        kept_out = browser.post("/account/delete/", {"present": "wrong", "sure": "1"})
        done = browser.post("/account/delete/", {"present": PASSWORD, "sure": "1"})
        again = browser.post("/account/in/", {"contact": NUMBER, "password": PASSWORD})

    assert (kept_out.status_code, done.status_code, again.status_code) == (422, 200, 403)
    assert re.search(r'id="receipt-code">', page)
    with as_role("jobs"):
        assert Matter.objects.count() == 1
        assert not Account.objects.exists()
        assert not Session.objects.filter(person__standing="resident", ended_at__isnull=True).exists()
        assert not Grant.objects.filter(kind="filed", revoked_at__isnull=True).exists()
    anew = Client(headers={"accept": "text/html"})
    assert len(joined(anew, code_for, at_the_portal)) == 10  # the number is free again
    assert "桥西路12号" not in mine(anew, at_the_portal)


def test_what_is_new_is_marked_until_it_was_read(browser, code_for, at_the_portal, as_role):
    joined(browser, code_for, at_the_portal)
    report(browser, at_the_portal)
    all_taken_in(as_role)
    with as_role("jobs"):
        matter, account = Matter.objects.get(), Account.objects.get()
        Notice.objects.create(
            recipient_kind="person", recipient=account.person_id, matter=matter.pk, wording="progress",
            channel="in_app", state=NoticeState.DELIVERED, queued_at=clock.now(),
        )  # fmt: skip
    before = mine(browser, at_the_portal)
    with at_the_portal():
        browser.get(f"/follow/{matter.pk}/")

    assert "有新消息" in before
    assert "有新消息" not in mine(browser, at_the_portal)
