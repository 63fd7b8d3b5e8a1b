"""Who looked: the lines that the person looked at can read, as soon as the look is committed.

Third parties are kept out (PRI-17): a line speaks of one's own identities only, and names the matter only when it
is one's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.people.models import Person, Post
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.registry.models import Look
from shouwang.registry.purposes import Basis, Purpose, Told

MOST_LINES = 500


@dataclass(frozen=True)
class LookLine:
    """One look in plain words: “{unit} {role} {person} saw your {told}, for {purpose}”. `entry` proves it."""

    at: dt.datetime
    unit: str
    role: Promise | str
    person: str
    told: tuple[str, ...]
    purpose: str
    basis: str
    matter: UUID | None
    entry: UUID


def looks_for_matter(matter: UUID, *, identities: Collection[UUID]) -> list[LookLine]:
    """Looks at `identities` (those of the one who asks, and of nobody else) for this matter; newest first."""
    rows = Look.objects.filter(matter=matter, identity__in=list(identities)).order_by("-at")[:MOST_LINES]
    return _lines(rows, own_matters={matter})


def looks_for_person(*, identities: Collection[UUID], own_matters: Collection[UUID]) -> list[LookLine]:
    """All looks at `identities`, newest first; the matter stays unnamed unless it is among `own_matters`."""
    rows = Look.objects.filter(identity__in=list(identities)).order_by("-at")[:MOST_LINES]
    return _lines(rows, own_matters=set(own_matters))


def n_looks_since(since: dt.datetime, *, identities: Collection[UUID]) -> int:
    return Look.objects.filter(identity__in=list(identities), at__gte=since).count()


def _lines(looks: Iterable[Look], *, own_matters: set[UUID]) -> list[LookLine]:
    """One line for each entry: a look at two identities of the same person is one look."""
    by_entry: dict[UUID, Look] = {}
    for look in looks:
        by_entry.setdefault(look.entry, look)
    rows = list(by_entry.values())
    names = dict(Person.objects.filter(id__in={row.person for row in rows}).values_list("id", "name"))
    posts = list(Post.objects.filter(person__in=names).select_related("area"))
    return [_line(row, names.get(row.person, "—"), _post_of(row, posts), own_matters) for row in rows]


def _post_of(look: Look, posts: list[Post]) -> Post | None:
    """The post named, or the one held then that gives leave to look."""
    if look.post:
        return next((post for post in posts if post.id == look.post), None)
    held = [post for post in posts if post.person_id == look.person and look.at in post.during]
    return next((post for post in held if Verb.IDENTITY_LOOK in _verbs(post)), held[0] if held else None)


def _verbs(post: Post) -> frozenset[Verb]:
    role = ROLE_TABLE.get(post.role)
    return role.verbs if role else frozenset()


def _line(look: Look, person: str, post: Post | None, own_matters: set[UUID]) -> LookLine:
    role = ROLE_TABLE.get(post.role) if post else None
    return LookLine(
        at=look.at,
        unit=post.area.name if post else "—",
        role=role.label if role else _("no post"),
        person=person,
        told=tuple(str(Told(field).label) for field in look.fields),
        purpose=str(Purpose(look.purpose).label),
        basis=str(Basis(look.basis).label),
        matter=look.matter if look.matter in own_matters else None,
        entry=look.entry,
    )
