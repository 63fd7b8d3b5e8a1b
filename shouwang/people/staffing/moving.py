"""Postings: proposed by whoever plans staffing, decided by whoever may give and end the posts, ended by a return."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, NotVisible, may, reaches, require, spans
from shouwang.people.giving import UnknownRole, end_post, give_post
from shouwang.people.models import Person, Post, Posting, PostingKind, PostingState, SentFrom
from shouwang.people.models.person import Standing
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

HEADQUARTERS = (Tier.BUREAU, Tier.COUNTY)
DAY = dt.timedelta(days=1)


class PostingUnusable(Problem):
    code, status = "staffing.posting_unusable", 422
    says = _("This posting cannot be proposed: {why}.")


class PostingSettled(Problem):
    code, status = "staffing.posting_settled", 409
    says = _("This posting is settled already, or has not begun. Look at it again.")


class SayWhy(Problem):
    code, status = "staffing.say_why", 422
    says = _("Say why, in a few words.")


WHY = {
    "reason": _("it gives no reason"),
    "ends_on": _("it needs the day of return, and that is not before the first"),
    "starts_on": _("it begins in the past"),
    "whence": _("it does not say where from"),
    "stands_for": _("it does not say for whom"),
    "exception": _("a recruit begins at a station; anything else needs its reason"),
    "person": _("this is nobody of ours"),
}


@dataclass(frozen=True)
class Wish:
    """What is proposed. Either `from_area`, or `from_body` for somebody sent by a body outside; a recruit has neither.

    A stand-in takes role and ground from the post he stands in for.
    """

    person: Person
    kind: str
    role: str
    to_area: Area
    starts_on: dt.date
    reason: str
    ends_on: dt.date | None = None
    from_area: Area | None = None
    from_body: str = ""
    room: str = ""
    recruit: bool = False
    exception: str = ""
    stands_for: Post | None = None


def propose_posting(wish: Wish, *, by: Actor, at: dt.datetime) -> Posting:
    """It waits for a decision. Raises NotAllowed, NotVisible, PostingUnusable, UnknownRole"""
    with acting(by):
        role, to_area = wish.role, wish.to_area
        if wish.stands_for:
            role, to_area = wish.stands_for.role, wish.stands_for.area
        require(by, Verb.STAFFING_WRITE, to_area, at)
        words = {"reason": clean_line(wish.reason, 200, field="reason"), "room": clean_line(wish.room, 60),
                 "from_body": clean_line(wish.from_body, 80), "exception": clean_line(wish.exception, 200)}  # fmt: skip
        _check(wish, role, words, local_date(at))
        posting = Posting.objects.create(
            person=wish.person, kind=wish.kind, sent_from=_sent_from(wish), to_area=to_area, role=role,
            from_area=wish.from_area, stands_for=wish.stands_for, starts_on=wish.starts_on, ends_on=wish.ends_on,
            proposed_by=by.person_id, proposed_at=at, **words,
        )  # fmt: skip
        record("posting.propose", topic="posting.proposed", subject=posting, area=to_area, by=by, at=at,
               to=str(wish.person.pk), role=role, kind=wish.kind, on=wish.starts_on.isoformat())  # fmt: skip
    return posting


def _check(wish: Wish, role: str, words: dict[str, str], today: dt.date) -> None:
    if role not in ROLE_TABLE or role in {"resident", *ADMIN_ROLES}:
        raise UnknownRole(role=role, field="role")
    returns = wish.ends_on is None if wish.kind != PostingKind.PERMANENT else False
    at_station = wish.to_area.tier not in HEADQUARTERS
    faults = {
        "person": wish.person.standing != Standing.STAFF or not wish.person.active,
        "reason": not words["reason"],
        "starts_on": wish.starts_on < today,
        "ends_on": returns or (wish.ends_on is not None and wish.ends_on < wish.starts_on),
        "whence": not (wish.recruit or wish.from_area or words["from_body"]),
        "stands_for": (wish.kind == PostingKind.STAND_IN) != (wish.stands_for is not None),
        "exception": wish.recruit and not at_station and not words["exception"],
    }
    for field, wrong in faults.items():
        if wrong:
            raise PostingUnusable(why=WHY[field], field="from_area" if field == "whence" else field)


def _sent_from(wish: Wish) -> SentFrom:
    if wish.recruit:
        return SentFrom.NEW
    if wish.from_area is None:
        return SentFrom.UPPER
    down = wish.from_area.tier in HEADQUARTERS and wish.to_area.tier not in HEADQUARTERS
    return SentFrom.BUREAU if down else SentFrom.LINE


def decide_posting(posting: Posting, *, approved: bool, because: str, by: Actor, at: dt.datetime) -> Posting:
    """Approve: the post is given from its first day on, and with a posting for good the one left behind ends then.

    A recruit who does not begin at a station is decided by somebody else than who proposed it (S-ORG-034).
    Raises  NotAllowed, NotVisible, PostingSettled, SayWhy, and what give_post and end_post raise
    """
    with acting(by):
        row = _locked(posting)
        if not _decides(row, by, at):
            require(by, Verb.STAFFING_READ, row.to_area, at)
            raise NotAllowed
        words = clean_line(because, 200, field="because")
        if row.state != PostingState.PROPOSED:
            raise PostingSettled
        if not approved and not words:
            raise SayWhy(field="because")
        if approved:
            _bring_about(row, by, at)
        row.state = PostingState.APPROVED if approved else PostingState.REFUSED
        row.decided_by, row.decided_at, row.decided_because = by.person_id, at, words
        row.save()
        verb = "posting.approve" if approved else "posting.refuse"
        record(verb, topic="posting.decided", subject=row, area=row.to_area, by=by, at=at, to=str(row.person_id))
    return row


def _bring_about(row: Posting, by: Actor, at: dt.datetime) -> None:
    since = max(at, _begins(row.starts_on))
    until = _begins(row.ends_on + DAY) if row.ends_on else None
    row.starts_on = max(row.starts_on, local_date(at))
    if until is not None and until <= since:
        raise PostingSettled
    if row.kind == PostingKind.PERMANENT and row.from_area is not None:
        held = Post.objects.held_at(at).filter(person=row.person, area=row.from_area).order_by("-responsible", "id")
        row.leaving = held.filter(acting_for__isnull=True).first()
        if row.leaving is not None:
            end_post(row.leaving, by=by, at=at, when=since)
    row.post = give_post(
        person=row.person, role=row.role, area=row.to_area, by=by, at=at, since=since, until=until,
        acting_for=row.stands_for,
    )  # fmt: skip


def _begins(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SHANGHAI)


def _decides(row: Posting, by: Actor, at: dt.datetime) -> bool:
    grounds = [row.to_area, *([row.from_area] if row.from_area and row.kind == PostingKind.PERMANENT else [])]
    if row.sent_from == SentFrom.NEW and row.exception and row.proposed_by == by.person_id:
        return False
    return row.person_id != by.person_id and all(may(by, Verb.POST_GIVE, ground, at) for ground in grounds)


def withdraw_posting(posting: Posting, *, by: Actor, at: dt.datetime) -> Posting:
    """Whoever proposed it takes it back. Raises NotAllowed, PostingSettled"""
    with acting(by):
        row = _locked(posting)
        if row.proposed_by != by.person_id:
            raise NotAllowed
        if row.state != PostingState.PROPOSED:
            raise PostingSettled
        row.state = PostingState.WITHDRAWN
        row.save(update_fields=["state"])
        record("posting.withdraw", topic="posting.decided", subject=row, area=row.to_area, by=by, at=at)
    return row


def note_return(posting: Posting, *, on: dt.date, by: Actor, at: dt.datetime) -> Posting:
    """He came back on that day: a post that still runs ends now. Raises NotAllowed, PostingSettled"""
    with acting(by):
        row = _locked(posting)
        require(by, Verb.STAFFING_WRITE, row.to_area, at)
        if row.state != PostingState.APPROVED or row.kind == PostingKind.PERMANENT or row.post is None:
            raise PostingSettled
        if not row.starts_on <= on <= local_date(at):
            raise PostingSettled
        if row.post.during.upper is None or at < row.post.during.upper:
            end_post(row.post, by=by, at=at)
        row.state, row.returned_on = PostingState.RETURNED, on
        row.save(update_fields=["state", "returned_on"])
        record("posting.return", topic="posting.decided", subject=row, area=row.to_area, by=by, at=at,
               to=str(row.person_id), on=on.isoformat())  # fmt: skip
    return row


def _locked(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",))
    return rows.select_related("person", "to_area", "from_area", "stands_for__area", "post__area").get(pk=posting.pk)


def postings_seen(by: Actor, at: dt.datetime) -> QuerySet[Posting]:
    """Postings to or from the ground of `by`, and his own: the newest first."""
    paths = spans(by, Verb.STAFFING_READ, at)
    mine = Q(pk__in=[]) if by.person_id is None else Q(person=by.person_id)
    rows = Posting.objects.filter(reaches(paths, "to_area__") | reaches(paths, "from_area__") | mine)
    return rows.select_related(
        "person", "to_area", "from_area", "post", "leaving__area", "leaving__passed_on__taking__person"
    ).order_by("-starts_on", "-id")


def posting_seen(key: UUID, by: Actor, at: dt.datetime) -> Posting:
    """One of them. Raises NotVisible"""
    row = postings_seen(by, at).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def acts_open(posting: Posting, by: Actor, at: dt.datetime) -> list[str]:
    """What `by` can do with it now: of approve, refuse, withdraw, return."""
    found = []
    if posting.state == PostingState.PROPOSED:
        found += ["approve", "refuse"] if _decides(posting, by, at) else []
        found += ["withdraw"] if posting.proposed_by == by.person_id else []
    begun = posting.starts_on <= local_date(at)
    if posting.state == PostingState.APPROVED and posting.kind != PostingKind.PERMANENT and begun:
        found += ["return"] if may(by, Verb.STAFFING_WRITE, posting.to_area, at) else []
    return found


@dataclass(frozen=True)
class HandOver:
    """A post that somebody leaves or left, and how far it was passed on. `late`: the day is over and nothing stands."""

    posting: Posting
    due_on: dt.date
    written_at: dt.datetime | None
    taken_at: dt.datetime | None
    taker: str
    late: bool


def hand_over_of(posting: Posting, today: dt.date) -> HandOver | None:
    """What has to be passed on with this posting; None where it leaves no post behind."""
    if posting.leaving is None or posting.state != PostingState.APPROVED:
        return None
    passing = getattr(posting.leaving, "passed_on", None)
    written, taken = (passing.passed_at, passing.taken_at) if passing else (None, None)
    taker = passing.taking.person.name if passing and passing.taking else ""
    return HandOver(posting, posting.starts_on, written, taken, taker, written is None and posting.starts_on <= today)


def goes_down(posting: Posting) -> bool:
    """Whether it brings somebody from headquarters, here or above, to the front line (S-ORG-006, 035, 036)."""
    return posting.sent_from in (SentFrom.BUREAU, SentFrom.UPPER) and posting.to_area.tier not in HEADQUARTERS
