"""The three seats, and colleagues: who came in, who answers for the desk."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.administration.lines import Line, State, sentences
from shouwang.people import chain, first_run
from shouwang.people.access import Verb
from shouwang.people.models import CodeApp, Passkey, Person, Post
from shouwang.people.roles import ADMIN_ROLES, roles_with
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

MINE = "security_admin"
LISTED = 4  # names in a line


def seats(at: dt.datetime) -> list[Line]:
    """Three people, each with a second factor."""
    taken = first_run.seats(at)
    free = [str(seat.label) for seat in taken if seat.holder is None]
    proven = set(CodeApp.objects.filter(confirmed_at__isnull=False).values_list("person", flat=True))
    proven |= set(Passkey.objects.values_list("person", flat=True))
    bare = [seat.holder.name for seat in taken if seat.holder and seat.holder.pk not in proven]
    if free:
        says = _("Nobody is {roles} yet. The link is printed when the town is started on its machine.")
        return [Line(MINE, _("Three administrators"), State.OPEN, says.format(roles="、".join(free)))]
    if bare:
        says = _("Without a second factor yet: {names}.").format(names="、".join(bare))
        return [Line(MINE, _("Three administrators"), State.OPEN, says)]
    names = "、".join(seat.holder.name for seat in taken if seat.holder)
    return [Line(MINE, _("Three administrators"), State.DONE, names)]


def lines(at: dt.datetime) -> list[Line]:
    return [_invited(at), _desk(at), _responsible(at)]


def _invited(at: dt.datetime) -> Line:
    held = Post.objects.held_at(at).exclude(role__in=ADMIN_ROLES)
    people = Person.objects.filter(Q(posts__in=held), active=True).distinct()
    waiting = [person.name for person in people.filter(password="").order_by("name")]
    n_in = people.exclude(password="").count()

    def line(state: State, says: str) -> Line:
        return Line(MINE, _("Colleagues"), state, says, "administration:staff", _("Invite by sheet"))

    if not n_in and not waiting:
        return line(State.OPEN, _("Nobody is invited yet."))
    there = ngettext("{n} colleague came in.", "{n} colleagues came in.", n_in).format(n=n_in)
    if waiting:
        names = _among(waiting)
        says = ngettext("{n} has not used the link yet: {names}.", "{n} have not used their links yet: {names}.",
                        len(waiting)).format(n=len(waiting), names=names)  # fmt: skip
        return line(State.LATER if n_in else State.OPEN, sentences(there, says))
    return line(State.DONE, there)


def _among(names: list[str]) -> str:
    """All of them, or the first few and that there are more."""
    first = "、".join(names[:LISTED])
    return _("{names} and others").format(names=first) if len(names) > LISTED else first


def _desk(at: dt.datetime) -> Line:
    """A call needs somebody who takes it: every station wants a post that sends units, on itself or above it."""
    sending = Post.objects.held_at(at).filter(role__in=roles_with(Verb.UNIT_SEND)).select_related("area")
    paths = [post.area.duty_path for post in sending]
    stations = Area.objects.filter(tier=Tier.STATION).exclude(duty_path="").order_by("number")
    dark = [one.name for one in stations if not any(path and one.duty_path.startswith(path) for path in paths)]

    def line(state: State, says: str) -> Line:
        return Line(MINE, _("Somebody at every desk"), state, says, "people:post_give", _("Give a post"))

    if not stations:
        return line(State.OPEN, _("Stations come first."))
    if dark:
        return line(State.OPEN, _("Nobody takes calls for {stations}.").format(stations=_among(dark)))
    return line(State.DONE, _("Each station has somebody who takes calls and sends units."))


def _responsible(at: dt.datetime) -> Line:
    found = chain.gaps(("/",), at)

    def line(state: State, says: str) -> Line:
        return Line(MINE, _("Somebody responsible everywhere"), state, says, "people:chain", _("See the gaps"))

    if found:
        says = ngettext(
            "{n} area has nobody, or nobody who has signed; what is above it answers.",
            "{n} areas have nobody, or nobody who has signed; what is above them answers.",
            len(found),
        )
        return line(State.LATER, says.format(n=len(found)))  # fmt: skip
    return line(State.DONE, _("Every area has its holder, and each has signed."))
