"""The emergency path: an old man found in the snow. One officer, one person, a quarter of an hour, one matter.

Address and emergency contact, never the document; the look is on record like any other and the person reads it at once.
A second person says within 24 hours whether it was an emergency.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, posts_of, reaches, require, spans
from shouwang.registry.finding import SITTING
from shouwang.registry.grounds import Asked, may_serve
from shouwang.registry.looking import NoGround
from shouwang.registry.models import Emergency, Look, Sitting
from shouwang.registry.models.emergency import Verdict
from shouwang.registry.purposes import Basis, Purpose

JUDGE = Limit(24, Span.HOUR, "", "design")
SHORTEST_REASON = 4


class EmergencyReasonMissing(Problem):
    code, status = "registry.emergency_reason", 400
    says = _(
        "Say in a few words what the emergency is. A second person reads it within a day, and so may the resident."
    )


class NotOnesOwnJudge(Problem):
    code, status = "registry.not_ones_own_judge", 403
    says = _("Somebody else says whether this was an emergency.")


class JudgedAlready(Problem):
    code, status = "registry.judged_already", 409
    says = _("This emergency has been judged already.")


class OnePersonOnly(Problem):
    code, status = "registry.one_person_only", 403
    says = _("An emergency opens one person's record. For another, open another, with its own reason.")


def open_emergency(*, matter: UUID, reason: str, by: Actor, at: dt.datetime) -> Emergency:
    """Begin it: found are people of the whole town, opened is one of them. Raises NoGround, EmergencyReasonMissing"""
    said = clean_line(reason, 200, field="reason")
    if len(said) < SHORTEST_REASON:
        raise EmergencyReasonMissing(field="reason")
    posts = posts_of(by, at)
    if (
        not spans(by, Verb.REGISTER_FIND, at)
        or not posts
        or not may_serve(Asked((), by, at, Purpose.EMERGENCY, matter))
    ):
        raise NoGround()
    with acting(by):
        sitting = Sitting.objects.create(
            person=posts[0].person_id, purpose=Purpose.EMERGENCY, basis=Basis.EMERGENCY, matter=matter, began_at=at,
            ends_at=at + SITTING,
        )  # fmt: skip
        emergency = Emergency.objects.create(
            sitting=sitting, person=posts[0].person_id, matter=matter, area=posts[0].area, reason=said, began_at=at,
            judge_by=due_at(at, JUDGE).at,
        )  # fmt: skip
        record(
            "emergency.open", topic="emergency.opened", subject=emergency, by=by, at=at, area=posts[0].area,
            matter_id=str(matter), judge_by=emergency.judge_by,
        )  # fmt: skip
    return emergency


def refuse_a_second_person(sitting: Sitting, resident: UUID) -> None:
    """Raises OnePersonOnly when this emergency has opened somebody else already."""
    if sitting.purpose != Purpose.EMERGENCY:
        return
    seen = Look.objects.filter(
        person=sitting.person, purpose=Purpose.EMERGENCY, matter=sitting.matter, at__gte=sitting.began_at
    )
    if seen.exclude(identity=resident).exists():
        raise OnePersonOnly()


def judge_emergency(emergency: Emergency, verdict: str, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible, NotOnesOwnJudge, JudgedAlready"""
    require(by, Verb.MATTER_SEAL, emergency.area, at)
    if by.person_id == emergency.person:
        raise NotOnesOwnJudge()
    said = Verdict(verdict)
    with acting(by):
        rows = Emergency.objects.filter(pk=emergency.pk, verdict=Verdict.WAITING)
        if said == Verdict.WAITING or not rows.update(verdict=said, judged_at=at, judged_by=by.person_id):
            raise JudgedAlready()
        record(
            "emergency.judge", topic="emergency.judged", subject=emergency, by=by, at=at, area=emergency.area,
            verdict=said.value, late=at > emergency.judge_by,
        )  # fmt: skip


def emergencies_for(by: Actor, at: dt.datetime) -> list[Emergency]:
    """Those on one's ground that wait for a second person, the most urgent first; one's own among them to read."""
    reach = reaches(spans(by, Verb.MATTER_SEAL, at), "area__")
    rows = Emergency.objects.filter(reach, verdict=Verdict.WAITING) | Emergency.objects.filter(
        person=by.person_id or UUID(int=0), verdict=Verdict.WAITING
    )
    return list(rows.select_related("area").order_by("judge_by")[:50])
