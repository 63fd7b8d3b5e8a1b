"""The cast as buttons of the sign-in page."""

from __future__ import annotations

from shouwang.demo.world import made_by_the_demo
from shouwang.demo.world_cast import PARTS
from shouwang.people.models import Person
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.showcase import Shown
from shouwang.places.models import Area

FIRST = [part for part in PARTS if part.can]


def cast() -> list[Shown]:
    """Name, post, what each can do; nobody where the database was not made by the demo."""
    if not made_by_the_demo():
        return []
    people = {person.login: person for person in Person.objects.filter(login__in=[part.key for part in FIRST])}
    areas = dict(Area.objects.values_list("code", "name"))
    return [
        Shown(people[part.key].pk, part.name, _post(part.posts[0] if part.posts else None, areas), str(part.can))
        for part in FIRST
        if part.key in people
    ]


def _post(post: tuple[str, str, bool] | None, areas: dict[str, str]) -> str:
    from shouwang.demo.world_ground import PLOTS

    if post is None:
        return str(ROLE_TABLE["resident"].label)
    role, key, _responsible = post
    code = next(plot.code for plot in PLOTS if plot.key == key)
    return f"{ROLE_TABLE[role].label} · {areas.get(code, '')}"
