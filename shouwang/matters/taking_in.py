"""Taking in what residents handed in: run as a job, as the resident's own act; what cannot be done says why."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter, Party, Submission
from shouwang.matters.models.party import PartyRole
from shouwang.matters.models.submission import SubmissionKind
from shouwang.matters.notes import add_from_reporter
from shouwang.matters.steps import take_step

STEPS = {
    SubmissionKind.WITHDRAWAL: "withdraw", SubmissionKind.PLACE: "correct_own_place", SubmissionKind.ANSWER: "answer",
    SubmissionKind.MENDED: "owner_mended", SubmissionKind.SELF_CHECK: "own_check",
}  # fmt: skip


def take_in(key: UUID, *, at: dt.datetime) -> Submission:
    """Do what one submission asks, once. A Problem is kept with it, for its author to read."""
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=key)
        if row.taken_in_at is not None:
            return row
        try:
            with transaction.atomic():
                _do(row, at)
        except Problem as problem:
            row.refused = problem.code
        row.taken_in_at = at
        row.save(update_fields=["taken_in_at", "refused"])
    return row


def _do(row: Submission, at: dt.datetime) -> None:
    by = Actor(person_id=row.person, grant_id=row.grant, kind="person" if row.person else "nobody")
    if row.kind == SubmissionKind.REPORT:
        _open(row, at)
        return
    matter = Matter.objects.get(pk=row.matter)
    if row.kind == SubmissionKind.ADDITION:
        add_from_reporter(matter, str(row.content.get("text", "")), by=by, at=at, key=row.pk)
    elif row.kind in STEPS:
        take_step(matter, STEPS[SubmissionKind(row.kind)], by=by, at=at, **_given(row.content))


def _given(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, "")}


def _open(row: Submission, at: dt.datetime) -> None:
    told = row.content
    point = told.get("point")
    matter = open_matter(
        kind="incident", by=Actor.system(), at=row.received_at, id=row.matter, verb=None, channel="online",
        words=told.get("words", ""), gist=told.get("gist", ""), place_text=told.get("place_text", ""),
        point=(point[0], point[1]) if point else None, subkind=told.get("subkind", ""),
        address=UUID(told["address"]) if told.get("address") else None,
        facts={"silent": True} if told.get("silent") else {},
    )  # fmt: skip
    Party.objects.create(
        id=new_id(), matter=matter, role=PartyRole.REPORTER, identity=row.identity, protected=row.protected,
        quiet=row.quiet, person=row.person, pass_phrase_hash=row.pass_phrase_hash, added_at=at,
    )  # fmt: skip
