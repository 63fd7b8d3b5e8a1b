"""The residents' inbox: the public face writes here and nowhere else; a job takes it in as the resident's own act.

A report's matter has its key from the first moment, so the receipt that is handed out opens it as soon as it is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line, clean_text
from shouwang.core.geo import check_lonlat
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.intake import GIST, PLACE, WORDS, Told
from shouwang.matters.models import Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.people.accounts import hold
from shouwang.people.granting import give_grant, grant_of
from shouwang.people.models.grant import GrantKind
from shouwang.registry.identities import keep_identity

KEPT = dt.timedelta(days=730)  # a receipt opens its matter for as long as the matter is kept


class NothingSaid(Problem):
    code, status = "inbox.nothing_said", 400
    says = _("Say in a few words what happened, or where it is.")


@dataclass(frozen=True)
class Report:
    """What a resident reports. `receipt` is the code he was shown; `matter` the key his matter will have."""

    receipt: str
    matter: UUID
    words: str = ""
    place_text: str = ""
    point: tuple[float, float] | None = None
    address: UUID | None = None
    subkind: str = ""
    silent: bool = False
    told: Told | None = None
    contact: UUID | None = None  # the identity his account rests on, when he leaves that number


def hand_in(report: Report, *, by: Actor, at: dt.datetime) -> UUID:
    """Keep a report and give its receipt; the key of the matter. The same report twice is one.

    Filed with an account it is opened to it, too. Who wants no message is found behind the receipt alone: then the
    report is nobody's, and no row or entry names the account.
    """
    words = clean_text(report.words, WORDS, field="words")
    place = clean_line(report.place_text, PLACE, field="place_text")
    if not words and not place:
        raise NothingSaid(field="words")
    point = check_lonlat(*report.point) if report.point else None
    told = report.told or Told()
    if told.quiet:
        by = Actor.nobody()
    if grant_of(report.receipt, GrantKind.RECEIPT, at) is None:
        try:
            _keep(report, told, words, place, point, by, at)
        except IntegrityError:  # the same once more, at the same moment: a button pressed twice
            if grant_of(report.receipt, GrantKind.RECEIPT, at) is None:
                raise
    return report.matter


def _keep(
    report: Report, told: Told, words: str, place: str, point: tuple[float, float] | None, by: Actor, at: dt.datetime
) -> None:
    with acting(by):
        grant, _token = give_grant(
            GrantKind.RECEIPT, subject=report.matter, by=by, at=at, ends_at=at + KEPT, token=report.receipt
        )
        if by.person_id:
            hold(report.matter, by=by, at=at, ends_at=at + KEPT)
        row = Submission.objects.create(
            kind=SubmissionKind.REPORT, matter=report.matter, received_at=at, person=by.person_id, grant=grant.pk,
            identity=_identity(report, told, at), quiet=told.quiet, protected=told.protected,
            pass_phrase_hash=make_password(told.pass_phrase) if told.pass_phrase else "",
            content={"words": words, "place_text": place, "point": point, "subkind": report.subkind,
                     "address": str(report.address) if report.address else None, "silent": report.silent,
                     "gist": clean_line(words[:GIST].split("\n")[0], GIST, field="words")},
        )  # fmt: skip
        _announce(row, by, at)


def hand_in_more(kind: SubmissionKind, matter: UUID, content: Mapping[str, Any], *, by: Actor, at: dt.datetime) -> UUID:
    """An addition, a corrected place, a withdrawal, an answer, a wish for a code, by whoever holds the grant."""
    with acting(by):
        row = Submission.objects.create(
            id=new_id(), kind=kind, matter=matter, content=dict(content), received_at=at, person=by.person_id,
            grant=by.grant_id,
        )  # fmt: skip
        _announce(row, by, at)
    return row.pk


def _identity(report: Report, told: Told, at: dt.datetime) -> UUID | None:
    if report.contact:
        return report.contact
    if not told.says_something:
        return None
    return keep_identity(
        name=told.name, number=told.number, address=told.address, email=told.email, protected=told.protected,
        do_not_contact=told.quiet, at=at,
    )  # fmt: skip


def _announce(row: Submission, by: Actor, at: dt.datetime) -> None:
    record("submission.hand_in", topic=f"submission.{row.kind}", subject=("matter", row.matter), by=by, at=at,
           submission=str(row.pk), kind=row.kind)  # fmt: skip
