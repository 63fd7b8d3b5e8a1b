"""Letters go out over real sockets; a peer that refuses, fails or hangs holds up nobody else."""

import datetime as dt
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Sink

from shouwang.connections.sms.simulator import Simulator
from shouwang.journal.models import Entry, Particulars
from shouwang.matters.models import Party
from shouwang.notices import mail, sending
from shouwang.notices.channels import OUTLETS
from shouwang.notices.models import Channel, Notice, NoticeState
from shouwang.notices.opting_out import take_reply
from shouwang.notices.staff_numbers import keep_staff_number
from shouwang.notices.telling import To, tell, tell_crew
from shouwang.notices.tests.conftest import NIGHT, NOON, free_port
from shouwang.people.access import opened_matters
from shouwang.registry.identities import wish_no_contact

Report = Callable[..., Party]
Send = Callable[..., int]


class Mails(Sink):
    def __init__(self) -> None:
        super().__init__()
        self.received: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.received.append(message)


@pytest.fixture
def mails(set_up: Callable[..., None]) -> Iterator[Mails]:
    sink, port = Mails(), free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    set_up(mail_url=f"smtp://127.0.0.1:{port}", mail_from="noreply@qingshi.example", service_name="青石警务")
    yield sink
    server.stop()


def _tell(party: Party, wording: str = "received", **more: Any) -> Notice:
    values = {} if "values" in more else {"reference": party.matter.reference}
    return tell(to=To.party(party), wording=wording, matter=party.matter_id, at=more.pop("at", NOON), **values, **more)


def _now(notice: Notice) -> Notice:
    notice.refresh_from_db()
    return notice


def test_a_message_reaches_the_gateway_signed_and_without_the_case(
    phones: Simulator, report: Report, send: Send
) -> None:
    notice = _tell(report())

    assert send() == 1

    (taken,) = phones.messages.values()
    assert taken.to == "13800002086"
    assert taken.text.startswith("【青石警务】")
    assert "漏水" not in taken.text
    assert "王女士" not in taken.text
    assert (_now(notice).state, notice.channel, notice.n_parts) == (NoticeState.SENT, Channel.SMS, 1)


def test_reading_numbers_is_one_entry_with_purpose_and_count(phones: Simulator, report: Report, send: Send) -> None:
    for number in ("13800002086", "13800002087"):
        _tell(report(number=number))

    send()

    (entry,) = Entry.objects.filter(verb="identity.read_for_sending")
    assert Particulars.objects.get(entry=entry).values == {"purpose": "sending", "n_identities": 2}


def test_a_protected_party_reads_no_reference(phones: Simulator, report: Report, send: Send) -> None:
    party = report(protected=True)
    _tell(party)

    send()

    (taken,) = phones.messages.values()
    assert party.matter.reference not in taken.text


@pytest.mark.parametrize("how", ["on the identity", "by answering stop"])
def test_who_wishes_no_message_gets_none(how: str, phones: Simulator, report: Report, send: Send) -> None:
    party = report()
    if how == "on the identity":
        wish_no_contact(party.identity)
    else:
        assert take_reply("13800002086", " ｔ。", at=NOON)
    notice = _tell(party)

    assert send() == 0

    assert _now(notice).state == NoticeState.WITHHELD
    assert phones.messages == {}


def test_start_takes_stop_back_and_other_answers_are_not_kept(phones: Simulator, report: Report, send: Send) -> None:
    take_reply("13800002086", "退订", at=NOON)
    take_reply("13800002086", "恢复", at=NOON)
    assert not take_reply("13800002086", "你们什么时候来？", at=NOON)
    _tell(report())

    assert send() == 1


def test_a_refused_number_fails_at_once_and_the_desk_hears_of_it(phones: Simulator, report: Report, send: Send) -> None:
    notice = _tell(report(number="13800000001"))

    send()

    assert (_now(notice).state, notice.why) == (NoticeState.FAILED, "number_barred")
    assert Entry.objects.filter(topic="notice.failed", subject=notice.matter).count() == 1


def test_a_busy_gateway_is_asked_again_later_and_later(phones: Simulator, report: Report, send: Send) -> None:
    notice, at = _tell(report(number="13800000004")), NOON
    waits = []
    while _now(notice).next_try_at and len(waits) < 20:
        sending.wake(Channel.SMS)
        at = notice.next_try_at
        send(at)
        if _now(notice).next_try_at:
            waits.append((notice.next_try_at - at).total_seconds())

    assert waits == [60, 60, 300, 1800, 7200, 21600]
    assert (notice.state, notice.attempts) == (NoticeState.FAILED, 7)


def test_a_hanging_gateway_costs_one_time_out_and_never_the_mail(
    phones: Simulator, mails: Mails, set_up: Callable[..., None], report: Report, send: Send
) -> None:
    hanging = [_tell(report(number="13800000003")) for _ in range(8)]
    by_mail = _tell(report(number="", email="wang@example.cn"))

    began = time.monotonic()
    send()
    took_s = time.monotonic() - began

    assert took_s < 15, "eight letters to a peer that is silent for 30 s each"
    assert len(mails.received) == 1
    assert _now(by_mail).state == NoticeState.SENT
    assert {_now(one).state for one in hanging} == {NoticeState.QUEUED}


def test_a_gateway_that_is_not_there_delays_and_loses_nothing(
    set_up: Callable[..., None], report: Report, send: Send
) -> None:
    set_up(sms_url=f"http://127.0.0.1:{free_port()}", sms_secret="x")
    notice = _tell(report())

    assert send() == 0

    assert _now(notice).state == NoticeState.QUEUED
    assert notice.next_try_at > NOON


def test_a_notice_taken_up_by_a_process_that_died_is_sent_once(
    phones: Simulator, report: Report, send: Send, as_role: Any
) -> None:
    notice = _tell(report())
    with as_role("jobs"):
        letters = sending.take_up(at=NOON)
    sending.deliver(letters)  # and here it dies, before anything is written down

    assert send(NOON + dt.timedelta(seconds=30)) == 0
    assert send(NOON + dt.timedelta(seconds=61)) == 1

    (taken,) = phones.messages.values()
    assert taken.times == 2
    assert _now(notice).state == NoticeState.SENT


def test_mail_arrives_at_a_real_server(mails: Mails, report: Report, send: Send) -> None:
    party = report(number="", email="wang@example.cn")
    _tell(party)

    send()

    (message,) = mails.received
    assert message["To"] == "wang@example.cn"
    text = message.get_payload(decode=True).decode()
    assert party.matter.reference in text
    assert "漏水" not in text


def test_a_hanging_mail_server_is_left_after_a_moment(
    set_up: Callable[..., None], report: Report, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = socket.create_server(("127.0.0.1", 0))  # accepts and says nothing
    monkeypatch.setattr(mail, "PATIENCE_S", 0.3)
    set_up(mail_url=f"smtp://127.0.0.1:{listener.getsockname()[1]}", mail_from="noreply@qingshi.example")
    notice = _tell(report(number="", email="wang@example.cn"))

    began = time.monotonic()
    send()

    assert time.monotonic() - began < 15
    assert _now(notice).state == NoticeState.QUEUED
    listener.close()


def test_a_peer_that_trickles_is_put_off_and_the_others_are_not(
    mails: Mails, set_up: Callable[..., None], report: Report, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def trickle(_letter: Any) -> Any:
        over.wait(60)

    set_up(sms_url=f"http://127.0.0.1:{free_port()}", sms_secret="x")
    monkeypatch.setitem(OUTLETS, Channel.SMS, replace(OUTLETS[Channel.SMS], send=trickle))
    monkeypatch.setattr(sending, "DEADLINE_S", 0.5)
    slow, by_mail = _tell(report()), _tell(report(number="", email="wang@example.cn"))

    began = time.monotonic()
    send()

    took_s = time.monotonic() - began
    over.set()

    assert took_s < 15
    assert (_now(slow).state, _now(by_mail).state) == (NoticeState.QUEUED, NoticeState.SENT)


def test_without_any_channel_it_is_seen_that_nobody_was_told(report: Report, send: Send) -> None:
    notice = _tell(report())

    assert send() == 0
    assert (_now(notice).state, notice.why) == (NoticeState.WITHHELD, "no_channel")


def test_the_questionnaire_link_opens_this_matter_and_no_other(phones: Simulator, report: Report, send: Send) -> None:
    from shouwang.core.actor import Actor
    from shouwang.people.granting import grant_of
    from shouwang.people.models.grant import GrantKind

    party = report()
    _tell(party, "questionnaire")

    send()

    (taken,) = phones.messages.values()
    token = taken.text.rpartition("/answer/")[2].split()[0]
    grant = grant_of(token, GrantKind.PARTY, NOON)
    assert grant
    assert opened_matters(Actor(grant_id=grant.pk), NOON) == {party.matter_id}
    assert token not in str(list(Notice.objects.values_list("values", "outside")))


def test_a_crew_is_reached_by_message_and_call_at_any_hour(phones: Simulator, world: Any, send: Send) -> None:
    numbers = {"13900000011", "13900000012"}
    for who, number in zip((world.ming, world.li), sorted(numbers), strict=True):
        keep_staff_number(person=who.person_id, number=number, by=world.fang, at=NOON)

    told = tell_crew(world.qx1.pk, "task_waiting", at=NIGHT, number=2047)
    send(NIGHT)

    assert {(one.kind, one.to) for one in phones.messages.values()} == {
        (kind, number) for kind in ("sms", "voice") for number in numbers
    }
    assert {_now(one).why for one in told if one.recipient == world.he.person_id} == {"no_number_or_mail"}
