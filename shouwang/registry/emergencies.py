"""The emergency path: an old man found in the snow. One officer, one person, a quarter of an hour, one matter.

Address and emergency contact, never the document; the look is on record like any other and the person reads it at once.
A second person says within 24 hours whether it was an emergency.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, paths_of, posts_of, reaches, require, spans
from shouwang.people.models import Post
from shouwang.people.roles import roles_with
from shouwang.places.models import Address, Area
from shouwang.registry.finding import SITTING
from shouwang.registry.grounds import Asked, may_serve
from shouwang.registry.looking import NoGround
from shouwang.registry.models import Emergency, Look, Sitting
from shouwang.registry.models.emergency import Verdict
from shouwang.registry.purposes import Basis, Purpose

JUDGE = Limit(24, Span.HOUR, "", "design")
SHORTEST_REASON = 4
NOBODY = UUID(int=0)
OF_LATE = dt.timedelta(days=90)


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


class SittingOver(Problem):
    code, status = "registry.sitting_over", 409
    says = _("The quarter of an hour of this emergency is over, or nobody was opened in it. Begin another one.")


def open_emergency(
    *, matter: UUID, reason: str, building: Address | None = None, by: Actor, at: dt.datetime
) -> Emergency:
    """Begin it: found are people of the whole town, opened is one of them. For a `building` nobody is searched for.

    Raises  NoGround, EmergencyReasonMissing
    """
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
            sitting=sitting, person=posts[0].person_id, matter=matter, area=posts[0].area, building=building,
            reason=said, began_at=at, judge_by=due_at(at, JUDGE).at,
        )  # fmt: skip
        record(
            "emergency.open", topic="emergency.opened", subject=emergency, by=by, at=at, area=posts[0].area,
            matter_id=str(matter), judge_by=emergency.judge_by, of_a_building=building is not None,
        )  # fmt: skip
    return emergency


def emergency_of(*, by: Actor, key: UUID | None = None, sitting: UUID | None = None) -> Emergency | None:
    """One's own, with its sitting; or one on the ground of one's posts."""
    rows = Emergency.objects.select_related("area", "building")
    with acting(by):
        found = rows.filter(pk=key).first() if key else rows.filter(sitting=sitting).first()
        if found is not None and found.person == by.person_id:
            found.sitting = Sitting.objects.get(pk=found.sitting_id)
    return found


def refuse_a_second_person(sitting: Sitting, resident: UUID, *, by: Actor) -> None:
    """Raises OnePersonOnly when this emergency has opened somebody else already."""
    if sitting.purpose != Purpose.EMERGENCY:
        return
    if set(_looks_of(sitting, by)) - {resident}:
        raise OnePersonOnly()


def opened_in(emergency: Emergency, *, by: Actor) -> UUID | None:
    """The resident whom it opened, if it did; told to whoever began it."""
    return next(iter(_looks_of(emergency.sitting, by)), None)


def own_sitting(emergency: Emergency, *, by: Actor, at: dt.datetime) -> UUID:
    """The resident opened in it, for whoever began it and while it lasts. Raises SittingOver."""
    if emergency.person != by.person_id:
        raise SittingOver()
    resident = opened_in(emergency, by=by)
    if emergency.sitting.ends_at <= at or resident is None:
        raise SittingOver()
    return resident


def kin_reached(emergency: Emergency, *, by: Actor, at: dt.datetime) -> None:
    """The family was told by telephone: whoever began it says so, the first time counts. Raises SittingOver."""
    if emergency.person != by.person_id or opened_in(emergency, by=by) is None:
        raise SittingOver()
    with acting(by):
        if Emergency.objects.filter(pk=emergency.pk, kin_reached_at__isnull=True).update(kin_reached_at=at):
            record(
                "emergency.reach_kin", topic="emergency.kin_told", subject=emergency, by=by, at=at,
                area=emergency.area_id,
            )  # fmt: skip


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
    with acting(by):
        return list(rows.select_related("area").order_by("judge_by")[:50])


def to_judge(by: Actor, at: dt.datetime) -> list[Emergency]:
    """Those that wait for this person: on his ground, and not his own."""
    if not spans(by, Verb.MATTER_SEAL, at):
        return []
    return [one for one in emergencies_for(by, at) if one.person != by.person_id]


def emergencies_of_late(by: Actor, at: dt.datetime) -> list[Emergency]:
    """All of the last three months on the ground one may judge; for an officer his own."""
    reach = reaches(spans(by, Verb.MATTER_SEAL, at), "area__") | Q(person=by.person_id or UUID(int=0))
    with acting(by):
        return list(Emergency.objects.filter(reach, began_at__gte=at - OF_LATE).exclude(verdict=Verdict.ABUSE))


def judges_over(area: Area, at: dt.datetime, *, but: UUID | None = None, above: bool = False) -> list[Post]:
    """Who may judge on that ground: the posts nearest to it; `above` skips the nearest, unless nobody else is left."""
    rows = Post.objects.held_at(at).filter(role__in=roles_with(Verb.MATTER_SEAL), person__active=True)
    held = [
        post for post in rows.exclude(person_id=but or NOBODY).select_related("area", "person")
        if any(mine.startswith(over) for mine in paths_of(area) for over in paths_of(post.area))
    ]  # fmt: skip
    depths = sorted({_depth(post.area) for post in held}, reverse=True)
    wanted = depths[1:] if above and len(depths) > 1 else depths[:1]
    return [post for post in held if _depth(post.area) in wanted]


def escalate_overdue(*, by: Actor, at: dt.datetime) -> int:
    """What nobody judged within its 24 hours goes to whoever stands above, once; how many."""
    with acting(by):
        rows = Emergency.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            verdict=Verdict.WAITING, judge_by__lt=at, escalated_at__isnull=True
        )
        late = list(rows)
        for one in late:
            Emergency.objects.filter(pk=one.pk).update(escalated_at=at)
            record(
                "emergency.escalate", topic="emergency.escalated", subject=one, by=by, at=at, area=one.area_id,
                matter_id=str(one.matter),
            )  # fmt: skip
    return len(late)


def _looks_of(sitting: Sitting, by: Actor) -> list[UUID]:
    """Whom it opened, the first first."""
    rows = Look.objects.filter(
        person=sitting.person, purpose=Purpose.EMERGENCY, matter=sitting.matter, at__gte=sitting.began_at,
        at__lte=sitting.ends_at,
    )  # fmt: skip
    with acting(by):
        return list(rows.order_by("at").values_list("identity", flat=True))


def _depth(area: Area) -> int:
    return max(path.count("/") for path in paths_of(area))
