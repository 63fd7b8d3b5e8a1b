"""What members of a joint task share: who belongs to it, joining, and notes that nobody else reads.

A member is an office; whoever holds a post there that reads matters belongs to it. A post above or beside does not,
and the bureau as a member is its own posts, not those of its stations.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_text
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.joint_task.models import JointMember, JointNote
from shouwang.kinds.joint_task.outside import refuse_investigation
from shouwang.matters.models import Matter
from shouwang.matters.querying import MatterQuerySet
from shouwang.people.access import NotVisible, posts_of, reaching
from shouwang.people.roles import ROLES
from shouwang.people.verbs import Verb
from shouwang.places.models.area import Tier


class NotAMember(Problem):
    code, status = "joint_task.not_a_member", 403
    says = _("Only the offices that take part write and read here.")


class TaskIsOver(Problem):
    code, status = "joint_task.over", 409
    says = _("This joint task is over.")


class NothingWritten(Problem):
    code, status = "joint_task.empty_note", 400
    says = _("Write who comes where and when.")


def offices_of(by: Actor, at: dt.datetime) -> Q:
    """Members to whose office a post of `by` belongs."""
    found = Q(pk__in=[])
    for post in posts_of(by, at):
        if Verb.MATTER_READ not in ROLES.get(post.role, ()):
            continue
        inside = [int(part) for part in post.area.duty_path.split("/") if part]
        found |= Q(area=post.area_id) | (Q(area__number__in=inside) & ~Q(area__tier=Tier.BUREAU))
    return found


def joint_tasks_of(by: Actor, at: dt.datetime) -> MatterQuerySet:
    """Those of one's ground, and those one's office takes part in; nothing sealed or kept from `by` among them."""
    tasks = Matter.objects.filter(kind="joint_task")
    joined = JointMember.objects.filter(offices_of(by, at), left_at__isnull=True).values("matter")
    mine = tasks.filter(pk__in=joined, visibility="office").exclude(excluded_persons__contains=[by.person_id])
    return tasks.filter(Q(pk__in=mine.values("pk")) | reaching(by, Verb.MATTER_READ, at))


def membership(matter: Matter, by: Actor, at: dt.datetime) -> JointMember | None:
    """As which member `by` takes part; the one that leads first. None: he does not."""
    rows = JointMember.objects.filter(offices_of(by, at), matter=matter, left_at__isnull=True)
    return rows.select_related("area").order_by("-lead", "-area__number").first()


def join(matter: Matter, *, by: Actor, at: dt.datetime) -> None:
    """One's office says that it takes part. Raises NotAMember, TaskIsOver, NotVisible"""
    with acting(by):
        row, member = _as_member(matter, by, at)
        if member.joined_at is None:
            member.joined_at, member.joined_by = at, by.person_id
            member.save(update_fields=["joined_at", "joined_by"])
            _note("join", row, member, by, at)


def share(matter: Matter, words: str, *, by: Actor, at: dt.datetime) -> JointNote:
    """Tell the other members. Raises NotAMember, TaskIsOver, NothingWritten, what refuse_investigation raises"""
    said = clean_text(words, 500, field="words")
    if not said:
        raise NothingWritten(field="words")
    refuse_investigation({"words": said})
    with acting(by):
        row, member = _as_member(matter, by, at)
        assert by.person_id  # members are people
        note = JointNote.objects.create(matter=row, area=member.area, person_id=by.person_id, words=said, written_at=at)
        _note("share", row, member, by, at)
    return note


def notes_for(matter: Matter, by: Actor, at: dt.datetime) -> list[JointNote]:
    """Oldest first; nobody but members gets one. Raises NotAMember"""
    if membership(matter, by, at) is None:
        raise NotAMember
    return list(JointNote.objects.filter(matter=matter).select_related("area", "person").order_by("written_at", "id"))


def _as_member(matter: Matter, by: Actor, at: dt.datetime) -> tuple[Matter, JointMember]:
    row = Matter.objects.select_for_update().get(pk=matter.pk)
    member = membership(row, by, at)
    if member is None:
        if not joint_tasks_of(by, at).filter(pk=row.pk).exists():
            raise NotVisible
        raise NotAMember
    if not row.is_open:
        raise TaskIsOver
    return row, member


def _note(verb: str, row: Matter, member: JointMember, by: Actor, at: dt.datetime) -> None:
    record(
        f"joint_task.{verb}", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id,
        office=member.area.name,
    )  # fmt: skip
