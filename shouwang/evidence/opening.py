"""Opening what is kept: the copy for whoever may see the matter, the original by a named act with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.evidence import storage
from shouwang.evidence.doors import is_party, may_with, require_with
from shouwang.evidence.keeping import sender_of
from shouwang.evidence.models import Copy, Evidence, Original
from shouwang.evidence.models.evidence import EvidenceState
from shouwang.evidence.models.files import CopyForm
from shouwang.journal.record import record
from shouwang.people.access import NotVisible
from shouwang.people.verbs import Verb

SHORTEST_REASON = 4
LONGEST_REASON = 120


class ReasonNeeded(Problem):
    code, status = "evidence.reason_needed", 400
    says = _("Say in a few words why the original has to be opened; it stays with the matter.")


class CopyNotReady(Problem):
    code, status = "evidence.copy_not_ready", 409
    says = _("The copy is still being made. Try again in a few seconds.")


class Destroyed(Problem):
    code, status = "evidence.destroyed", 410
    says = _("This file was destroyed; what is left is the entry that it existed.")


def evidence_seen_by(by: Actor, matter: UUID, at: dt.datetime) -> list[Evidence]:
    """The evidence of a matter: all of it for those who may see the matter, a party's own for the party."""
    rows = Evidence.objects.filter(matter=matter).order_by("added_at", "id")
    if may_with(by, Verb.MATTER_READ, matter, at):
        return list(rows)
    if is_party(by, matter, at):
        return list(rows.filter(from_party=True, sender__in=_ones_own(by)))
    return []


def shown_copy(evidence: UUID, form: str, *, by: Actor, at: dt.datetime) -> tuple[bytes, str]:
    """(bytes, content type). Raises NotVisible, CopyNotReady, Destroyed."""
    row = _seen(evidence, by, at)
    copy = Copy.objects.filter(evidence=row, form=CopyForm(form)).first()
    if row.state == EvidenceState.DESTROYED:
        raise Destroyed()
    if copy is None or row.state == EvidenceState.RECEIVED:
        raise CopyNotReady()
    return storage.fetch(copy.id, copy.stored, copy.wrapped_key), copy.content_type


def open_original(evidence: UUID, *, reason: str, by: Actor, at: dt.datetime) -> tuple[bytes, str]:
    """(bytes as received, content type); one entry each time.

    Raises  NotVisible, NotAllowed, ReasonNeeded, Destroyed
    """
    reason = clean_line(reason, LONGEST_REASON, field="reason")
    row = _seen(evidence, by, at)
    require_with(by, Verb.EVIDENCE_OPEN_ORIGINAL, row.matter, at)
    if len(reason) < SHORTEST_REASON:
        raise ReasonNeeded(field="reason")
    original = Original.objects.filter(evidence=row).first()
    if original is None:
        raise Destroyed()
    with acting(by):
        record(
            "evidence.open_original", topic="evidence.opened", subject=("matter", row.matter), by=by, at=at,
            evidence=row.id, reason=reason,
        )  # fmt: skip
    return storage.fetch(original.id, original.stored, original.wrapped_key), row.content_type


def destroy(rows: Iterable[Evidence], *, by: Actor, at: dt.datetime) -> None:
    """Destroy keys and files of these rows, in the caller's transaction; the entries stay, and say so."""
    for row in rows:
        files = [*Original.objects.filter(evidence=row), *Copy.objects.filter(evidence=row)]
        for file in files:
            file.delete()
        Evidence.objects.filter(id=row.id).update(
            state=EvidenceState.DESTROYED, taken_at=None, taken_lon=None, taken_lat=None, boxes=[], sender=None
        )
        record(
            "evidence.destroy", topic="evidence.destroyed", subject=("matter", row.matter), by=by, at=at,
            evidence=row.id, n_files=len(files),
        )  # fmt: skip
        transaction.on_commit(partial(storage.remove_all, [bytes(file.stored) for file in files]))


def _seen(evidence: UUID, by: Actor, at: dt.datetime) -> Evidence:
    row = Evidence.objects.filter(id=evidence).first()
    if row is None:
        raise NotVisible()
    own = row.from_party and row.sender in _ones_own(by) and is_party(by, row.matter, at)
    if not own and not may_with(by, Verb.MATTER_READ, row.matter, at):
        raise NotVisible()
    return row


def _ones_own(by: Actor) -> list[UUID]:
    return [one for one in (by.person_id, by.grant_id, sender_of(by)) if one]
