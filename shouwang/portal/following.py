"""What a reporter sees of his matter: where it stands, what comes next, who looked at what he told. Allow-list only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.evidence.models import Evidence
from shouwang.evidence.opening import evidence_seen_by
from shouwang.journal.timeline import Line, public_lines_for
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter, Note, Submission
from shouwang.matters.models.submission import SubmissionKind
from shouwang.registry.trail import LookLine, looks_for_matter

STAGES: tuple[tuple[str, Promise], ...] = (
    ("received", _("Received")), ("accepted", _("Accepted")), ("sent", _("A crew is on its way")),
    ("arrived", _("The crew is there")), ("closed", _("Brought to an end")),
)  # fmt: skip
STAGE_OF = {
    "received": 0, "read": 0, "accepted": 1, "dispatched": 2, "signed": 2, "departed": 2, "on_scene": 3,
    "reported": 3, "handled": 3, "verified": 3, "closed": 4, "transferred": 4, "withdrawn": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    label: Promise
    look: str  # ok, now, or nothing


@dataclass(frozen=True)
class Following:
    """`matter` is None while the report has not been taken in yet (a second or two)."""

    matter: Matter | None
    kind: str
    stages: list[Stage]
    lines: list[Line]
    looks: list[LookLine]
    notes: list[Note]
    waiting: list[Submission]
    photos: list[Evidence]
    refused: list[Submission]  # handed in, and could not be done
    asks: bool  # the questions afterwards wait for an answer


def following(key: UUID, by: Actor, language: str, at: dt.datetime) -> Following:
    """Everything the page shows, read as the holder of the grant: the database shows nothing else."""
    with acting(by):
        matter = Matter.objects.filter(pk=key).first()
        sent = list(Submission.objects.filter(matter=key).order_by("received_at"))
        waiting = [one for one in sent if one.taken_in_at is None]
        refused = [one for one in sent if one.refused]
        if matter is None:
            return Following(None, "", stages_at(0), [], [], [], waiting, [], refused, False)
        asks = matter.state == "closed" and not any(one.kind == SubmissionKind.ANSWER for one in sent)
        identities = [party.identity for party in matter.parties.all() if party.identity]
        looks = looks_for_matter(key, identities=identities) if identities else []
        kind = kind_of(matter.kind)
        sort = kind.subkinds.get(matter.subkind)
        notes = list(matter.notes.order_by("at"))
        lines = public_lines_for(key, language)
        return Following(
            matter, str(sort.label if sort else kind.label), stages_at(STAGE_OF.get(matter.state, 0)), lines, looks,
            notes, waiting, evidence_seen_by(by, key, at), refused, asks,
        )  # fmt: skip


def stages_at(now: int) -> list[Stage]:
    last = len(STAGES) - 1
    looks = ["ok" if n < now or now == last else "now" if n == now else "" for n in range(len(STAGES))]
    return [Stage(label, look) for (_name, label), look in zip(STAGES, looks, strict=True)]


def kept_until(opened_at: dt.datetime) -> dt.date:
    """C22 `ticket`: two years after it came in."""
    return (opened_at + dt.timedelta(days=730)).date()
