"""The first start of a real town: one link with which three administrators set their own password, no default any."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.granting import give_grant, grant_of
from shouwang.people.inviting import close_account, new_person
from shouwang.people.models import Grant, Person, Post
from shouwang.people.models.grant import GrantKind
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.signing_in import set_password
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Scheme, Status, Tier

LASTS = dt.timedelta(days=1)
FIRST_RUN = uuid5(NAMESPACE_URL, "shouwang:first-run")
ORDER = ("system_admin", "security_admin", "audit_admin")
NO_GROUND_YET = {"type": "MultiPolygon", "coordinates": []}


class FirstLinkOver(Problem):
    code, status = "people.first_link_over", 410
    says = _("This link is over. Start the system once more on its machine to get a new one.")


class SeatTaken(Problem):
    code, status = "people.seat_taken", 409
    says = _("This administration has its holder already.")


@dataclass(frozen=True)
class Seat:
    """One of the three administrations: free, or whose."""

    role: str
    label: Promise
    holder: Person | None


def link(address: str) -> str | None:
    """A new one-time link for the administrations that are free; None while all three are held."""
    at, by = clock.now(), Actor.system()
    if all(seat.holder for seat in seats(at)):
        return None
    with acting(by):
        Grant.objects.filter(subject=FIRST_RUN, kind=GrantKind.INVITE, revoked_at__isnull=True).update(revoked_at=at)
        _grant, token = give_grant(GrantKind.INVITE, subject=FIRST_RUN, by=by, at=at, ends_at=at + LASTS)
    return f"{address.rstrip('/')}{reverse('people:first', args=[token])}"


def seats(at: dt.datetime) -> list[Seat]:
    held = {post.role: post.person for post in Post.objects.held_at(at).filter(role__in=ORDER).select_related("person")}
    return [Seat(role, ROLE_TABLE[role].label, held.get(role)) for role in ORDER]


def check_link(token: str, at: dt.datetime) -> Grant:
    """Raises FirstLinkOver"""
    grant = grant_of(token, GrantKind.INVITE, at)
    if grant is None or grant.subject != FIRST_RUN:
        raise FirstLinkOver
    return grant


def take_seat(token: str, *, role: str, name: str, login: str, password: str, bureau: str, at: dt.datetime) -> Person:
    """One administrator comes in by the link. With the last of them the link ends.

    bureau  what the town's own body is called; asked of the first only, and becomes the root of its areas
    Raises  FirstLinkOver, SeatTaken, LoginTaken, WeakPassword
    """
    by = Actor.system()
    with acting(by):
        grant = Grant.objects.select_for_update().get(pk=check_link(token, at).pk)
        free = {seat.role for seat in seats(at) if seat.holder is None}
        if role not in free:
            raise SeatTaken
        area = _root(bureau, at)
        person = new_person(name, login, at)
        set_password(person, password, by=Actor(person_id=person.pk), at=at)
        post = Post.objects.create(
            person=person, role=role, area=area, during=TimestamptzRange(at, None), accepted_at=at
        )
        record("post.give", topic="post.given", subject=post, by=by, at=at, area=area, role=role, to=str(person.pk))
        if free == {role}:
            Grant.objects.filter(pk=grant.pk).update(revoked_at=at)
    return person


def free_seat(role: str, *, at: dt.datetime) -> Person | None:
    """Close the account of an administrator who left or lost everything; the next start prints a link for the seat.

    Called on the machine itself. Whose account it was; None when the seat was free.
    """
    holder = next((seat.holder for seat in seats(at) if seat.role == role), None)
    if holder is not None:
        close_account(holder, by=Actor.system(), at=at)
    return holder


def has_root() -> bool:
    return Area.objects.filter(tier=Tier.BUREAU).exists()


def _root(name: str, at: dt.datetime) -> Area:
    """The bureau on which the administrations stand; its boundary is drawn later."""
    root = Area.objects.filter(tier=Tier.BUREAU).order_by("number").first()
    if root is not None:
        return root
    name = name.strip()[:80] or str(_("Public security bureau"))
    root = Area.objects.create(
        number=1, code="BUREAU", scheme=Scheme.OWN, tier=Tier.BUREAU, layer=Layer.DUTY, name=name, duty_path="/1/"
    )
    AreaVersion.objects.create(
        area=root, layer=Layer.DUTY, name=name, boundary=NO_GROUND_YET, status=Status.IN_FORCE,
        during=TimestamptzRange(at, None),
    )  # fmt: skip
    return root
