"""Which room this is: the office, the shift, who leads it, where the map looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shapely.geometry import shape

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.duty.models import Crew
from shouwang.people.access import posts_of
from shouwang.people.models import Person, Post
from shouwang.places.models import Area, AreaVersion


@dataclass(frozen=True)
class Room:
    person: Person | None
    post: Post | None
    office: Area | None
    lead: str
    bounds: tuple[float, float, float, float] | None

    @property
    def grid_path(self) -> str:
        return self.office.duty_path if self.office else ""


def room_of(by: Actor, at: dt.datetime) -> Room:
    """The widest ground of the person is the room he sits in."""
    posts = sorted(posts_of(by, at), key=lambda post: len(post.area.duty_path or post.area.government_path))
    post = posts[0] if posts else None
    office = post.area if post else None
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    return Room(person, post, office, _lead(office, at), bounds_of(office, at))


def _lead(office: Area | None, at: dt.datetime) -> str:
    if office is None:
        return ""
    leads = Post.objects.held_at(at).filter(area=office, role="duty_lead").select_related("person")
    return ", ".join(post.person.name for post in leads)


def bounds_of(office: Area | None, at: dt.datetime) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the office's ground."""
    if office is None:
        return None
    version = AreaVersion.objects.in_force_at(at).filter(area=office).first()
    if version is None or not version.boundary:
        return None
    west, south, east, north = shape(version.boundary).bounds
    return west, south, east, north


def sitting_of(by: Actor, at: dt.datetime) -> dt.datetime:
    """Since when `by` sits at the desk: the start of his shift on a unit, else of this half day (07:00 or 19:00)."""
    shift = Crew.objects.filter(person=by.person_id, during__contains=at).select_related("shift").first()
    if shift is not None:
        began: dt.datetime = shift.during.lower
        return began
    local = at.astimezone(SHANGHAI)
    turn = local.replace(hour=19 if local.hour >= 19 else 7, minute=0, second=0, microsecond=0)
    return turn if turn <= local else turn - dt.timedelta(hours=12)
