"""The residents' inbox as the role portal: what it can write, what it can read, and what a job makes of it."""

import datetime as dt

import pytest
from django.db import ProgrammingError, connection, transaction

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id, receipt_code
from shouwang.matters.inbox import NothingSaid, Report, hand_in, hand_in_more
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter, OneTimeCode, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.receipts import (
    CODE_LASTS,
    WITHIN,
    ReceiptRests,
    TooManyTries,
    UnknownReceipt,
    WrongSecond,
    code_hash,
    find_receipt,
    open_receipt,
)
from shouwang.matters.taking_in import take_in
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
HERE = "203.0.113.7"
PHRASE = "青石桥下第三棵树"


def handed_in(as_role, **more):
    receipt = receipt_code()
    told = Told(role="reporter", number="13800000000", pass_phrase=PHRASE)
    place = {"place_text": "桥西路12号", "point": (111.427, 27.686)}
    report = Report(receipt, new_id(), words="楼下有人打架", told=told, **place, **more)
    with as_role("portal"):
        hand_in(report, by=Actor.nobody(), at=NOON)
    return report


def taken_in(as_role, report):
    with as_role("jobs"):
        row = Submission.objects.get(matter=report.matter, kind=SubmissionKind.REPORT)
        take_in(row.pk, at=NOON)
    return Matter.objects.get(pk=report.matter)


def test_a_report_becomes_a_matter_with_the_key_on_the_receipt(world, as_role):
    report = handed_in(as_role)

    matter = taken_in(as_role, report)

    assert (matter.channel, matter.words, matter.phase) == ("online", "楼下有人打架", "new")
    assert matter.responsible is not None
    assert matter.parties.get().identity is not None


def test_the_same_report_twice_is_one(world, as_role):
    report = handed_in(as_role)
    with as_role("portal"):
        hand_in(report, by=Actor.nobody(), at=NOON)

    assert taken_in(as_role, report) == taken_in(as_role, report)


def test_the_portal_sees_no_matter_without_a_grant_and_only_that_one_with_it(world, as_role):
    mine, other = handed_in(as_role), handed_in(as_role)
    taken_in(as_role, mine)
    taken_in(as_role, other)

    with as_role("portal"):
        with acting(Actor.nobody()):
            assert Matter.objects.count() == 0
        receipt = find_receipt(mine.receipt, source=HERE, at=NOON)
        with acting(receipt.holder):
            assert list(Matter.objects.values_list("pk", flat=True)) == [mine.matter]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matters_matter SET gist = 'x'", "DELETE FROM matters_matter", "SELECT * FROM registry_identity",
        "SELECT * FROM people_device", "INSERT INTO matters_matter (id) VALUES (gen_random_uuid())",
        "UPDATE people_grant SET revoked_at = NULL", "SELECT * FROM duty_shift", "SELECT * FROM tracking_lastfix",
        "UPDATE matters_submission SET content = '{}'",
    ],
)  # fmt: skip
def test_the_portal_can_do_nothing_else(world, as_role, statement):
    with (
        as_role("portal"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(statement)


@pytest.mark.parametrize("kind", [GrantKind.RECEIPT, GrantKind.FILED])
def test_the_portal_opens_nothing_to_anybody_that_he_did_not_file(world, as_role, kind):
    theirs, wang = handed_in(as_role), world.wang
    for _known in ("handed in", "taken in"):
        with (
            as_role("portal"), pytest.raises(ProgrammingError, match="row-level security"), acting(wang),
        ):  # fmt: skip
            Grant.objects.create(
                kind=kind, subject=theirs.matter, person_id=wang.person_id, given_by=wang.person_id, given_at=NOON,
                ends_at=NOON + dt.timedelta(days=1), token_hash=b"x" * 32,
            )  # fmt: skip
        taken_in(as_role, theirs)


def test_the_pass_phrase_opens_and_a_wrong_one_does_not(world, as_role):
    report = handed_in(as_role)

    with as_role("portal"):
        receipt = find_receipt(f"{report.receipt[:4].lower()} {report.receipt[4:]}", source=HERE, at=NOON)
        assert open_receipt(receipt, PHRASE, source=HERE, at=NOON).grant_id == receipt.holder.grant_id
        with pytest.raises(WrongSecond):
            open_receipt(receipt, "猜的", source=HERE, at=NOON)


def test_guessing_receipts_ends_after_five_tries(world, as_role):
    with as_role("portal"):
        for _try in range(5):
            with pytest.raises(UnknownReceipt):
                find_receipt(receipt_code(), source=HERE, at=NOON)
        with pytest.raises(TooManyTries):
            find_receipt(receipt_code(), source=HERE, at=NOON)

        with pytest.raises(UnknownReceipt):
            find_receipt(receipt_code(), source="203.0.113.8", at=NOON)


def test_a_thousand_guesses_from_one_address_reach_five_codes_and_not_the_right_one_after_them(world, as_role):
    report = handed_in(as_role)
    with as_role("portal"):
        told = [_told(receipt_code()) for _guess in range(1_000)]

        assert told.count(UnknownReceipt) == 5
        assert told.count(TooManyTries) == 995
        assert _told(report.receipt) is TooManyTries
        assert find_receipt(report.receipt, source="203.0.113.8", at=NOON).matter


def _told(code):
    try:
        find_receipt(code, source=HERE, at=NOON)
    except (UnknownReceipt, TooManyTries) as problem:
        return type(problem)


def test_a_thousand_pass_phrases_from_as_many_addresses_are_five_tries(world, as_role):
    report, other = handed_in(as_role), handed_in(as_role)
    with as_role("portal"):
        receipt = find_receipt(report.receipt, source=HERE, at=NOON)
        told = [_opened(receipt, f"猜的{guess}", f"2001:db8::{guess:x}") for guess in range(1_000)]

        assert told == [WrongSecond] * 5 + [ReceiptRests] * 995
        assert _opened(receipt, PHRASE, "203.0.113.9") is ReceiptRests
        assert _opened(find_receipt(other.receipt, source=HERE, at=NOON), PHRASE, HERE) is None
        assert _opened(receipt, PHRASE, "203.0.113.9", NOON + WITHIN) is None


def test_a_receipt_that_rests_still_opens_by_the_code_of_a_message(world, as_role):
    report = handed_in(as_role)
    with as_role("portal"):
        receipt = find_receipt(report.receipt, source=HERE, at=NOON)
        for guess in range(6):
            _opened(receipt, "猜的", f"203.0.113.{guess}")
    with as_role("jobs"):
        OneTimeCode.objects.create(
            matter=report.matter, code_hash=code_hash(report.matter, "204857"), made_at=NOON, ends_at=NOON + CODE_LASTS
        )
    with as_role("portal"):
        assert _opened(receipt, "２０４ ８５７", "203.0.113.9") is None


def test_tries_on_one_receipt_wait_for_each_other_and_for_no_other_receipt(world, as_role):
    """The turn is a lock of the database, kept until the try is written down; here that is the end of the test."""
    reports = [handed_in(as_role), handed_in(as_role)]
    with as_role("portal"):
        for n_turns, report in enumerate(reports, 1):
            receipt = find_receipt(report.receipt, source=HERE, at=NOON)
            _opened(receipt, "猜的", HERE)
            _opened(receipt, "又猜", HERE)

            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                assert cursor.fetchone() == (n_turns,)


def test_that_a_receipt_rests_is_said_only_to_who_has_its_code(world, as_role):
    report, nobodys = handed_in(as_role), receipt_code()
    with as_role("portal"):
        receipt = find_receipt(report.receipt, source=HERE, at=NOON)
        for guess in range(6):
            _opened(receipt, "猜的", f"203.0.113.{guess}")

        assert _told(nobodys) is UnknownReceipt
        assert find_receipt(report.receipt, source="203.0.113.9", at=NOON) == receipt  # as before: nothing new to learn


def _opened(receipt, second, source, at=NOON):
    try:
        assert open_receipt(receipt, second, source=source, at=at) == receipt.holder
    except (WrongSecond, TooManyTries, ReceiptRests) as problem:
        return type(problem)


def test_an_addition_and_a_withdrawal_are_the_reporters_own_acts(world, as_role):
    report = handed_in(as_role)
    matter = taken_in(as_role, report)
    with as_role("portal"):
        holder = find_receipt(report.receipt, source=HERE, at=NOON).holder
        added = hand_in_more(SubmissionKind.ADDITION, matter.pk, {"text": "他们走了"}, by=holder, at=NOON)
        gone = hand_in_more(SubmissionKind.WITHDRAWAL, matter.pk, {"reason": "没事了"}, by=holder, at=NOON)

    with as_role("jobs"):
        assert take_in(added, at=NOON).refused == ""
        assert take_in(gone, at=NOON).refused == ""

    matter.refresh_from_db()
    assert matter.phase == "void"
    assert [note.text for note in matter.notes.all()] == ["他们走了"]


def test_an_empty_report_is_refused_in_words(world, as_role):
    with as_role("portal"), pytest.raises(NothingSaid):
        hand_in(Report(receipt_code(), new_id()), by=Actor.nobody(), at=NOON)
