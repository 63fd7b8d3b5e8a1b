"""Opening one matter: the code on its receipt, and a one-time code or the pass phrase that was chosen."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import connection
from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.core.ids import RECEIPT_ALPHABET, RECEIPT_LENGTH
from shouwang.core.problem import Problem
from shouwang.matters.inbox import KEPT
from shouwang.matters.models import OneTimeCode, ReceiptTry, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.people.accounts import hold
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind

CODE_LASTS = dt.timedelta(minutes=10)
TRIES, WITHIN = 5, dt.timedelta(minutes=15)  # SVC-14


class UnknownReceipt(Problem):
    code, status = "receipt.unknown", 404
    says = _("This code opens nothing. Look at the receipt again: eight letters and digits, no 0, O, 1 or I.")


class WrongSecond(Problem):
    code, status = "receipt.wrong_second", 403
    says = _("The code or the pass phrase does not fit this receipt. A code is valid for 10 minutes.")


class TooManyTries(Problem):
    code, status = "receipt.too_many", 429
    says = _("Too many wrong tries from here. Wait 15 minutes, or ask at any police room.")


class ReceiptRests(Problem):
    code, status = "receipt.rests", 429
    says = _(
        "Too many wrong tries on this receipt. For 15 minutes no pass phrase opens it, from nowhere; a code sent to the"
        " number you left does, and so does any police room."
    )


class NotToBeListed(Problem):
    code, status = "receipt.not_to_be_listed", 409
    says = _("For this report you asked us not to write or call. So it is listed nowhere; its receipt opens it.")


@dataclass(frozen=True)
class Receipt:
    """A receipt that is known: its matter, and its holder as an actor. What is behind it opens with a second proof."""

    matter: UUID
    holder: Actor
    has_phrase: bool
    has_number: bool
    quiet: bool = False  # listed nowhere: no account can have it


def tidy(code: str) -> str:
    """As typed or copied: small letters, full-width signs, spaces and dashes do not matter."""
    return "".join(c for c in half_width(code).upper() if c in RECEIPT_ALPHABET)[: RECEIPT_LENGTH + 1]


def code_hash(matter: UUID, code: str) -> bytes:
    return keyring.keyed_hash(f"{matter}:{code}", purpose="matters.one_time_code")


def find_receipt(code: str, *, source: str, at: dt.datetime) -> Receipt:
    """Raises UnknownReceipt, TooManyTries. `source` is the network address; only a keyed hash of it is kept."""
    _slow_down(source, at)
    tidied = tidy(code)
    grant = grant_of(tidied, GrantKind.RECEIPT, at) if len(tidied) == RECEIPT_LENGTH else None
    if grant is None:
        _failed(source, at)
        raise UnknownReceipt(field="code")
    holder = Actor(grant_id=grant.pk, kind="nobody")
    row = _report_of(grant.subject, holder)
    return Receipt(
        grant.subject, holder, bool(row and row.pass_phrase_hash), bool(row and row.identity and not row.quiet),
        bool(row and row.quiet),
    )  # fmt: skip


def open_receipt(receipt: Receipt, second: str, *, source: str, at: dt.datetime) -> Actor:
    """The holder, once the second proof fits. Raises WrongSecond, TooManyTries, ReceiptRests.

    Why a receipt rests, too  who guesses from many addresses is slowed down by none of them. Only who has the code of a
    receipt comes here, so that one rests tells him nothing; and its holder keeps the way by message.
    """
    _slow_down(source, at)
    with _in_turn(receipt):
        rests = _tried(_of(receipt), at) >= TRIES
        if not rests and _phrase_fits(receipt, second):
            return receipt.holder
        if _code_fits(receipt, "".join(half_width(second).split()), at):
            return receipt.holder
        _failed(source, at)
        if not rests:
            _failed(_of(receipt), at)
    raise ReceiptRests(field="second") if rests else WrongSecond(field="second")


def claim_receipt(receipt: Receipt, second: str, *, source: str, by: Actor, at: dt.datetime) -> bool:
    """Open an earlier report to the account, too; False when it was there already.

    Raises  WrongSecond, TooManyTries, ReceiptRests, NotToBeListed
    """
    open_receipt(receipt, second, source=source, at=at)
    if receipt.quiet:
        raise NotToBeListed
    return hold(receipt.matter, by=by, at=at, ends_at=at + KEPT, receipt=receipt.holder.grant_id)


def _report_of(matter: UUID, holder: Actor) -> Submission | None:
    with acting(holder):
        return Submission.objects.filter(matter=matter, kind=SubmissionKind.REPORT).first()


def _phrase_fits(receipt: Receipt, second: str) -> bool:
    row = _report_of(receipt.matter, receipt.holder)
    return bool(row and row.pass_phrase_hash and check_password(second, row.pass_phrase_hash))


def _code_fits(receipt: Receipt, second: str, at: dt.datetime) -> bool:
    with acting(receipt.holder):
        live = OneTimeCode.objects.select_for_update().filter(
            matter=receipt.matter, ends_at__gt=at, used_at__isnull=True, wrong__lt=TRIES
        )
        for row in live.order_by("-made_at")[:3]:
            if hmac.compare_digest(bytes(row.code_hash), code_hash(receipt.matter, second)):
                row.used_at = at
                row.save(update_fields=["used_at"])
                return True
            row.wrong += 1
            row.save(update_fields=["wrong"])
    return False


@contextmanager
def _in_turn(receipt: Receipt) -> Iterator[None]:
    """Tries on one receipt go one after the other: a hundred at once are not more than five."""
    with acting(receipt.holder), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_of(receipt)])
        yield


def _of(receipt: Receipt) -> str:
    """What tries on this receipt are counted under, beside those of network addresses."""
    return f"receipt {receipt.holder.grant_id}"


def _source_hash(source: str) -> bytes:
    return keyring.keyed_hash(source, purpose="matters.receipt_try")


def _tried(source: str, at: dt.datetime) -> int:
    return ReceiptTry.objects.filter(source=_source_hash(source), at__gt=at - WITHIN).count()


def _slow_down(source: str, at: dt.datetime) -> None:
    if _tried(source, at) >= TRIES:
        raise TooManyTries


def _failed(source: str, at: dt.datetime) -> None:
    with acting(Actor.nobody()):
        ReceiptTry.objects.create(source=_source_hash(source), at=at)
