"""A notice is in the outbox with the act it is about; who must not hear of it does not, and it is seen why."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from shouwang.matters.models import Party
from shouwang.notices.models import Channel, Notice, NoticeState
from shouwang.notices.reporting import UnknownNotice, inbox_of, mark_notice_read, said
from shouwang.notices.telling import To, tell, tell_parties
from shouwang.notices.tests.conftest import NIGHT, NOON

Report = Callable[..., Party]


def _tell(party: Party, wording: str = "received", at: dt.datetime = NOON, **more: Any) -> Notice:
    reference = {"reference": party.matter.reference}
    return tell(to=To.party(party), wording=wording, matter=party.matter_id, at=at, **(reference | more))


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE testtown_owner")
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notices.send'")
        n_jobs: int = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE testtown_web")
        return n_jobs


def test_a_notice_waits_in_the_outbox_and_a_job_is_called(report: Report) -> None:
    party = report()
    before = _jobs()

    notice = _tell(party)

    assert (notice.state, notice.channel, notice.next_try_at) == (NoticeState.QUEUED, Channel.ANY, NOON)
    assert _jobs() == before + 1


def test_what_is_rolled_back_was_never_said(report: Report) -> None:
    party = report()

    def act() -> None:
        with transaction.atomic():
            _tell(party)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert not Notice.objects.exists()


def test_who_wishes_no_contact_is_told_nothing_and_it_is_seen_why(report: Report) -> None:
    notice = _tell(report(quiet=True))

    assert (notice.state, notice.why, notice.next_try_at) == (NoticeState.WITHHELD, "wishes_no_contact", None)


def test_the_same_is_said_once(report: Report) -> None:
    party = report()

    states = [_tell(party).state for _ in range(3)]

    assert states == ["queued", "withheld", "withheld"]


@pytest.mark.item("MSG-04")
def test_at_night_a_message_waits_for_the_morning(report: Report) -> None:
    notice = _tell(report(), at=NIGHT)

    assert notice.next_try_at == dt.datetime(2026, 11, 21, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("more", [{"wording": "crew_sent"}, {"life_safety": True}])
def test_what_the_caller_waits_for_goes_out_at_night(more: dict[str, Any], report: Report) -> None:
    assert _tell(report(), at=NIGHT, **more).next_try_at == NIGHT


@pytest.mark.parametrize("values", [{"gist": "楼上漏水"}, {"minutes": 5}, {"reference": None, "place": "桥西路"}])
def test_a_value_that_the_wording_does_not_name_is_refused(values: dict[str, Any], report: Report) -> None:
    with pytest.raises(ValueError, match="needs"):
        _tell(report(), **values)


def test_a_reporter_with_an_account_hears_of_it_inside_too(world: Any, report: Report) -> None:
    party = report(person=world.wang.person_id)

    told = tell_parties(party.matter, "received", at=NOON, reference=party.matter.reference)

    assert {notice.channel for notice in told} == {Channel.ANY, Channel.IN_APP}
    (inside,) = inbox_of(world.wang)
    assert party.matter.reference in said(inside, "zh-hans")
    assert inside.state == NoticeState.DELIVERED


def test_reading_is_marked_once_and_by_the_reader_alone(world: Any, report: Report) -> None:
    tell_parties(report(person=world.wang.person_id).matter, "progress", at=NOON, reference="2611200001")
    (notice,) = inbox_of(world.wang, unread=True)

    with pytest.raises(UnknownNotice):
        mark_notice_read(notice.id, by=world.fang, at=NOON)
    first = mark_notice_read(notice.id, by=world.wang, at=NOON)
    again = mark_notice_read(notice.id, by=world.wang, at=NOON + dt.timedelta(hours=1))

    assert first.read_at == again.read_at == NOON
    assert inbox_of(world.wang, unread=True) == []


def test_the_outbox_keeps_no_number_and_no_text(report: Report) -> None:
    notice = _tell(report())

    kept = str({field.name: getattr(notice, field.name) for field in Notice._meta.local_fields})

    assert "13800002086" not in kept
    assert "王女士" not in kept
    assert "漏水" not in kept
