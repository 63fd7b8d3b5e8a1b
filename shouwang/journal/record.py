"""One act, one entry: appended in the transaction of the act itself, or not at all."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.envelope import commitment_to, committed_text, new_salt
from shouwang.journal.particulars import plain_particulars
from shouwang.journal.reactions import defer_reactions

Subject = models.Model | tuple[str, UUID] | UUID
_WORDS = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")

# One statement, one round trip: the entry, what may be erased of it, its place in the sealer's queue, two calls.
_APPEND = """
WITH entry AS (
    INSERT INTO journal_entry (id, verb, topic, subject, subject_kind, actor_kind, person, post, device, "grant", area,
                               at, received_at, commitment)
    VALUES (%(id)s, %(verb)s, %(topic)s, %(subject)s, %(subject_kind)s, %(actor_kind)s, %(person)s, %(post)s,
            %(device)s, %(grant)s, %(area)s, %(at)s, statement_timestamp(), %(commitment)s)
), particulars AS (
    INSERT INTO journal_particulars (entry_id, salt, text) VALUES (%(id)s, %(salt)s, %(text)s)
), pending AS (
    INSERT INTO journal_pending (entry_id) VALUES (%(id)s)
)
SELECT pg_notify(%(live)s, %(news)s), pg_notify(%(seal)s, '')
"""


class OutsideTransaction(RuntimeError):
    """record() was called where nothing would roll the entry back together with the act."""


def record(
    verb: str,
    *,
    topic: str,
    subject: Subject,
    by: Actor,
    at: dt.datetime,
    area: models.Model | UUID | None = None,
    **particulars: object,
) -> UUID:
    """Append one entry in the current transaction and put its reactions in the queue; the entry's id.

    verb         what exactly happened: `dispute.sign_agreement`
    topic        what happened in general; reactions and live screens go by it: `matter.done`
    subject      what it happened to: a row, (kind, id), or an id whose kind is the first word of the topic
    particulars  codes and values only (see particulars.py)
    Raises       OutsideTransaction, WrongParticulars, ValueError
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("record() belongs inside `with acting(by):`")
    if not _WORDS.fullmatch(verb) or not _WORDS.fullmatch(topic):
        raise ValueError(f"“{verb}” and “{topic}” must be words with a dot between: resource.action")
    if at.tzinfo is None:
        raise ValueError("`at` must be aware")
    kind, subject_id = _subject(subject, topic)
    entry, salt = new_id(), new_salt()
    text = committed_text(entry, plain_particulars(particulars))
    area_id: UUID | None = area.pk if isinstance(area, models.Model) else area
    news = {"topic": topic, "subject": str(subject_id), "verb": verb, "entry": str(entry)}
    given: dict[str, Any] = {
        "id": entry, "verb": verb, "topic": topic, "subject": subject_id, "subject_kind": kind, "actor_kind": by.kind,
        "person": by.person_id, "post": by.post_id, "device": by.device_id, "grant": by.grant_id, "area": area_id,
        "at": at, "commitment": commitment_to(salt, text), "salt": salt, "text": text,
        "live": live_channel(), "news": json.dumps(news), "seal": seal_channel(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, given)
    defer_reactions(entry, topic)
    return entry


def live_channel() -> str:
    """NOTIFY channel of the live screens of this town."""
    return f"{settings.SCHEMA}_live"


def seal_channel() -> str:
    """NOTIFY channel that wakes the sealer."""
    return f"{settings.SCHEMA}_seal"


def _subject(subject: Subject, topic: str) -> tuple[str, UUID]:
    if isinstance(subject, models.Model):
        return str(subject._meta.model_name), subject.pk
    if isinstance(subject, tuple):
        return subject
    return topic.partition(".")[0], subject
