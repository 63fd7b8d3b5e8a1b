"""Clips of a camera: asked for one open matter with a reason, decided by somebody else, registered when taken (VID-05).

The clip itself never comes here: who runs the camera hands it over against the entry.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Camera, ClipRequest, ClipState
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, require

LONGEST, KEPT = dt.timedelta(hours=2), dt.timedelta(days=30)  # VID-06: pictures are gone afterwards
SHORTEST = 4


class ReasonMissing(Problem):
    code, status = "clip.reason", 400
    says = _("Say in a few words why: no reason, no clip.")


class StretchWrong(Problem):
    code, status = "clip.stretch", 400
    says = _("A clip lies in the last 30 days and is at most two hours long.")


class MatterOver(Problem):
    code, status = "clip.matter", 409
    says = _("A clip is asked for a matter that is open.")


class OwnRequest(Problem):
    code, status = "clip.own", 403
    says = _("Somebody else decides what you asked for.")


class ClipStands(Problem):
    code, status = "clip.stands", 409
    says = _("This request stands at “{state}”.")


def ask_clip(
    camera: Camera, matter: Matter, starts_at: dt.datetime, ends_at: dt.datetime, reason: str, *, by: Actor,
    at: dt.datetime,
) -> ClipRequest:  # fmt: skip
    """Raises ReasonMissing, StretchWrong, MatterOver"""
    said = clean_line(reason, 200, field="reason")
    if len(said) < SHORTEST or by.person_id is None:
        raise ReasonMissing(field="reason")
    if not at - KEPT <= starts_at < ends_at <= min(at, starts_at + LONGEST):
        raise StretchWrong(field="starts_at")
    if not matter.is_open:
        raise MatterOver
    with acting(by):
        require(by, Verb.UNIT_SEND, camera, at)
        row = ClipRequest.objects.create(
            camera=camera, matter=matter, starts_at=starts_at, ends_at=ends_at, reason=said, asked_at=at,
            asked_by=by.person_id,
        )  # fmt: skip
        _note("ask", row, by, at, reason=said)
    return row


def decide_clip(row: ClipRequest, *, grant: bool, by: Actor, at: dt.datetime) -> ClipRequest:
    """By a lead who did not ask. Raises OwnRequest, ClipStands"""
    with acting(by):
        row = _standing(row, ClipState.ASKED)
        require(by, Verb.UNIT_MANAGE, row.camera, at)
        if row.asked_by == by.person_id:
            raise OwnRequest
        row.state = ClipState.APPROVED if grant else ClipState.REFUSED
        row.decided_at, row.decided_by = at, by.person_id
        row.save(update_fields=["state", "decided_at", "decided_by"])
        _note("decide", row, by, at, state=row.state)
    return row


def take_clip(row: ClipRequest, content: str, *, by: Actor, at: dt.datetime) -> ClipRequest:
    """The register entry: what is on it, by whom and when it was taken out. Raises ReasonMissing, ClipStands"""
    said = clean_line(content, 200, field="content")
    if len(said) < SHORTEST:
        raise ReasonMissing(field="content")
    with acting(by):
        row = _standing(row, ClipState.APPROVED)
        require(by, Verb.UNIT_SEND, row.camera, at)
        row.state, row.content, row.taken_at, row.taken_by = ClipState.TAKEN, said, at, by.person_id
        row.save(update_fields=["state", "content", "taken_at", "taken_by"])
        _note("take", row, by, at, content=said)
    return row


def _standing(row: ClipRequest, wanted: str) -> ClipRequest:
    found = ClipRequest.objects.select_for_update(of=("self",)).select_related("camera", "matter").get(pk=row.pk)
    if found.state != wanted:
        raise ClipStands(state=found.get_state_display())
    return found


def _note(act: str, row: ClipRequest, by: Actor, at: dt.datetime, **told: object) -> None:
    record(f"clip.{act}", topic="clip.changed", subject=row.matter, by=by, at=at, area=row.matter.area_id,
           camera=row.camera_id, clip=row.pk, **told)  # fmt: skip
