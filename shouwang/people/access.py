"""Who may do what: posts give verbs on the ground they stand on. One rule, as a filter and as a check.

A post on an area reaches that area and everything inside it, along both layers that carry responsibility
(duty and government). Area numbers are unique over both, so a path of one never begins like a path of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.models import Grant, Post, RoleNarrowing
from shouwang.people.models.grant import GrantKind
from shouwang.people.roles import CREW_VERBS, OWN, ROLE_TABLE, ROLES, SCREEN_VERBS
from shouwang.people.verbs import Verb, read_verb
from shouwang.places.models import Area

__all__ = [
    "ROLES",
    "NotAllowed",
    "NotVisible",
    "Verb",
    "answers_sent_to",
    "holds_to_give",
    "may",
    "opened_matters",
    "paths_of",
    "posts_of",
    "reaches",
    "reaching",
    "require",
    "sent_to",
    "spans",
    "within",
]

EVERYWHERE = ("/",)

SentTo = Callable[[UUID, dt.datetime], Iterable[UUID]]
SENT_TO: list[SentTo] = []


class NotAllowed(Problem):
    code, status = "people.not_allowed", 403
    says = _("This is not part of your post. Ask whoever is responsible for the place.")


class NotVisible(Problem):
    code, status = "people.not_visible", 404
    says = _("There is nothing here, or it is not yours to see.")


def posts_of(by: Actor, at: dt.datetime) -> tuple[Post, ...]:
    """The posts that count for `by` at that instant, with their areas. One query for the life of the actor."""
    held = (post for post in _ever_held(by) if _during(post.during, at))
    return tuple(post for post in held if by.post_id in (None, post.id))


def spans(by: Actor, verb: Verb, at: dt.datetime) -> tuple[str, ...]:
    """Paths of the ground on which `by` may do `verb`; each ends with "/"."""
    if by.is_system:
        return EVERYWHERE
    if by.kind == "screen":
        return paths_of(screen_area(by, at)) if verb in SCREEN_VERBS else ()
    return tuple(dict.fromkeys(path for post in _posts_with(by, verb, at) for path in paths_of(post.area)))


def within(paths: Iterable[str]) -> Q:
    """The filter for rows with `duty_path` and `government_path`; no path matches no row."""
    return reaches(paths)


def reaches(paths: Iterable[str], through: str = "") -> Q:
    """The same for rows that reach their paths through another: `reaches(paths, "area__")` for posts."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{through}duty_path__startswith": path}) | Q(**{f"{through}government_path__startswith": path})
    return found


def may(by: Actor, verb: Verb, row: Any, at: dt.datetime) -> bool:
    """Whether `by` may do `verb` to `row`: anything with paths, or None for "anywhere at all"."""
    if by.is_system:
        return True
    if verb in OWN:
        return _may_as_reporter(by, verb, row, at)
    if row is None:
        return bool(spans(by, verb, at))
    if _excluded(by, row, at):
        return False
    if by.kind == "screen":
        return not _sealed(row) and _covers(spans(by, verb, at), row)
    posts = [post for post in _posts_with(by, verb, at) if _covers(paths_of(post.area), row)]
    if _sealed(row):
        return any(post.id in row.named for post in posts)
    return bool(posts) or row.pk in sent_to(by, verb, at)


def _may_as_reporter(by: Actor, verb: Verb, row: Any, at: dt.datetime) -> bool:
    """Everybody may file, signed in or not; what is filed is open to whoever holds a grant for it."""
    if by.kind not in ("person", "nobody"):
        return False
    if row is None:
        return verb == Verb.OWN_REPORT_FILE or by.kind == "person"
    return not _excluded(by, row, at) and row.pk in opened_matters(by, at)


def reaching(by: Actor, verb: Verb, at: dt.datetime) -> Q:
    """The filter of matters to which `by` may do `verb`: the same rule as `may`, for lists.

    Matters have more than a place: a sealed one needs its named post as well as the ground, and nobody whom a
    matter excludes (himself, a post of his, the office he belongs to) reaches it.
    """
    if by.is_system:
        return Q()
    if verb in OWN:
        opened = opened_matters(by, at) if by.kind in ("person", "nobody") else ()
        return Q(pk__in=opened) & _not_excluded(by, at)
    found = Q(visibility="office") & within(spans(by, verb, at))
    if sent := sent_to(by, verb, at):
        found |= Q(visibility="office", pk__in=sent)
    for post in _posts_with(by, verb, at):
        found |= Q(visibility="sealed", named__contains=[post.id]) & within(paths_of(post.area))
    return found & _not_excluded(by, at)


def require(by: Actor, verb: Verb, row: Any, at: dt.datetime) -> None:
    """Raises NotAllowed when `row` is theirs to see but not to do, NotVisible when it is not theirs to see."""
    if may(by, verb, row, at):
        return
    if row is None or may(by, read_verb(verb), row, at):
        raise NotAllowed
    raise NotVisible


def holds_to_give(by: Actor, verb: Verb, area: Area, at: dt.datetime) -> bool:
    """Whether `by` may put `verb` into others' hands on that ground: he holds it there, or holds it to hand on."""
    if verb in OWN or may(by, verb, area, at):
        return True
    return any(
        verb in ROLE_TABLE[post.role].hands_on and _covers(paths_of(post.area), area)
        for post in posts_of(by, at)
        if post.role in ROLE_TABLE and (by.admin_session or not ROLE_TABLE[post.role].admin)
    )


def paths_of(area: Area | None) -> tuple[str, ...]:
    """The paths of an area in the layers that carry responsibility."""
    return tuple(path for path in (area.duty_path, area.government_path) if path) if area else ()


def opened_matters(by: Actor, at: dt.datetime) -> frozenset[UUID]:
    """Matters that a grant opens to `by`: filed by his account, his as a party, or behind his receipt."""
    if "opened" not in by.cache:
        with connection.cursor() as cursor:
            cursor.execute("SELECT matter FROM people_opened_matters(%s, %s, %s)", [by.person_id, by.grant_id, at])
            by.cache["opened"] = frozenset(row[0] for row in cursor.fetchall())
    return cast(frozenset[UUID], by.cache["opened"])


def answers_sent_to(answer: SentTo) -> SentTo:
    """The bridge to dispatch: the matters on which the crew of this person is at that instant."""
    if answer not in SENT_TO:
        SENT_TO.append(answer)
    return answer


def sent_to(by: Actor, verb: Verb, at: dt.datetime) -> frozenset[UUID]:
    """Matters, on any ground, to which a crew of `by` was sent and where it still is: open to what his posts give."""
    if verb not in CREW_VERBS or by.person_id is None or not any(_posts_that_drive(by, verb, at)):
        return frozenset()
    asked, found = by.cache.get("sent", (None, frozenset[UUID]()))
    if asked != at:
        found = frozenset(matter for answer in SENT_TO for matter in answer(by.person_id, at))
        by.cache["sent"] = (at, found)
    return cast(frozenset[UUID], found)


def _posts_that_drive(by: Actor, verb: Verb, at: dt.datetime) -> Iterator[Post]:
    """Only who may work on assignments is ever sent: a desk, which asks most, costs no question."""
    return (post for post in _posts_with(by, verb, at) if _gives(by, post, Verb.ASSIGNMENT_WORK, at))


def _ever_held(by: Actor) -> list[Post]:
    """Every post `by` ever held, so that a step replayed later is judged by the post held then."""
    if by.person_id is None or by.kind != "person":
        return []
    if "posts" not in by.cache:
        by.cache["posts"] = list(
            Post.objects.filter(person_id=by.person_id, person__active=True).select_related("area").order_by("id")
        )
    return cast(list[Post], by.cache["posts"])


def _posts_with(by: Actor, verb: Verb, at: dt.datetime) -> list[Post]:
    return [post for post in posts_of(by, at) if _gives(by, post, verb, at)]


def _gives(by: Actor, post: Post, verb: Verb, at: dt.datetime) -> bool:
    role = ROLE_TABLE.get(post.role)
    if role is None or verb not in role.verbs or (role.admin and not by.admin_session):
        return False
    return not any(
        narrowing.role == post.role
        and narrowing.verb == verb
        and _during(narrowing.during, at)
        and _covers(paths_of(narrowing.area), post.area)
        for narrowing in _narrowings(by)
    )


def _narrowings(by: Actor) -> list[RoleNarrowing]:
    if "narrowings" not in by.cache:
        roles = {post.role for post in _ever_held(by)}
        by.cache["narrowings"] = list(RoleNarrowing.objects.filter(role__in=roles).select_related("area"))
    return cast(list[RoleNarrowing], by.cache["narrowings"])


def screen_area(by: Actor, at: dt.datetime) -> Area | None:
    """The one area of a wall screen, for as long as its grant lasts."""
    if "screen" not in by.cache:
        held = Grant.objects.filter(kind=GrantKind.SCREEN, revoked_at__isnull=True)
        grant = held.filter(pk=by.grant_id).first() if by.grant_id else None
        by.cache["screen"] = (grant, Area.objects.filter(pk=grant.subject).first() if grant else None)
    grant, area = by.cache["screen"]
    return area if grant and (grant.ends_at is None or at < grant.ends_at) else None


def _covers(paths: Iterable[str], row: Any) -> bool:
    return any(row.duty_path.startswith(path) or row.government_path.startswith(path) for path in paths)


def _sealed(row: Any) -> bool:
    return getattr(row, "visibility", "office") == "sealed"


def _ties(by: Actor, at: dt.datetime) -> tuple[set[UUID], set[int]]:
    """Posts and offices that `by` cannot lay aside: an exclusion counts whichever post he acts under.

    A cover counts as the post it stands in for; an office counts for everybody who belongs to it.
    """
    posts = [post for post in _ever_held(by) if _during(post.during, at)]
    ids = {one for post in posts for one in (post.id, post.acting_for_id) if one}
    numbers = {int(part) for post in posts for path in paths_of(post.area) for part in path.split("/") if part}
    return ids, numbers


def _excluded(by: Actor, row: Any, at: dt.datetime) -> bool:
    if not hasattr(row, "excluded_posts"):
        return False
    posts, offices = _ties(by, at)
    return (
        by.person_id in row.excluded_persons
        or not posts.isdisjoint(row.excluded_posts)
        or not offices.isdisjoint(row.excluded_areas)
    )


def _not_excluded(by: Actor, at: dt.datetime) -> Q:
    posts, offices = _ties(by, at)
    found = ~Q(excluded_posts__overlap=sorted(posts)) & ~Q(excluded_areas__overlap=sorted(offices))
    return found & ~Q(excluded_persons__contains=[by.person_id]) if by.person_id else found


def _during(span: Any, at: dt.datetime) -> bool:
    if span.isempty:  # a post ended before it began
        return False
    return (span.lower is None or span.lower <= at) and (span.upper is None or at < span.upper)
