"""Making the copies that are shown: a job after the file was kept, and again when something is to be blurred."""

from __future__ import annotations

import datetime as dt
from functools import partial
from uuid import UUID

from django.db import transaction

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.evidence import storage
from shouwang.evidence.doors import require_with
from shouwang.evidence.models import Copy, Evidence, Original
from shouwang.evidence.models.evidence import EvidenceKind, EvidenceState
from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.picturing import Unreadable, checked_boxes, copy_of
from shouwang.evidence.sounding import sound_alone
from shouwang.journal.record import record
from shouwang.people.access import NotVisible
from shouwang.people.verbs import Verb


def make_copies(evidence: UUID, *, at: dt.datetime) -> None:
    """Draw every form of a photo, or take the sound alone of a recording; older copies are destroyed with it.

    In the caller's transaction. A file that cannot be read is kept and marked.
    """
    row = Evidence.objects.select_for_update().get(id=evidence)
    original = Original.objects.filter(evidence=row).first()
    if original is None:
        return
    data = storage.fetch(original.id, original.stored, original.wrapped_key)
    try:
        copies = _forms(row, data)
        row.state = EvidenceState.SHOWN
    except Unreadable:
        copies, row.state = {}, EvidenceState.UNREADABLE
    older = list(Copy.objects.filter(evidence=row))
    Copy.objects.filter(evidence=row).delete()
    for form, (content, content_type) in copies.items():
        copy = new_id()
        kept = storage.keep(content, copy)
        Copy.objects.create(
            id=copy, evidence=row, form=form, content_type=content_type, stored=kept.stored,
            wrapped_key=kept.wrapped_key, size=len(content), kept_at=at,
        )  # fmt: skip
    row.save(update_fields=["state"])
    transaction.on_commit(partial(storage.remove_all, [bytes(copy.stored) for copy in older]))


def blur(evidence: UUID, boxes: object, *, by: Actor, at: dt.datetime) -> None:
    """Have these boxes made unrecognisable in every copy; until the job is done no copy is shown.

    Raises  NotABox, NotVisible, NotAllowed
    """
    wanted = checked_boxes(boxes)
    with acting(by):
        row = Evidence.objects.select_for_update().filter(id=evidence).first()
        if row is None:
            raise NotVisible()
        require_with(by, Verb.EVIDENCE_ADD, row.matter, at)
        row.boxes, row.state = [list(box) for box in wanted], EvidenceState.RECEIVED
        row.save(update_fields=["boxes", "state"])
        record(
            "evidence.blur", topic="evidence.blurred", subject=("matter", row.matter), by=by, at=at, evidence=row.id,
            n_boxes=len(wanted),
        )  # fmt: skip


def _forms(row: Evidence, data: bytes) -> dict[str, tuple[bytes, str]]:
    if row.kind == EvidenceKind.AUDIO:
        return {CopyForm.SHOWN: (sound_alone(data, row.content_type), row.content_type)}
    boxes = checked_boxes(row.boxes)
    return {form: (copy_of(data, form, boxes), "image/jpeg") for form in (CopyForm.SHOWN, CopyForm.SMALL)}
