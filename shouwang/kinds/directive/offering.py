"""A directive for whatever calls for one: what was assessed and has to be acted on."""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.kinds.directive.issuing import Order, issue
from shouwang.matters.models import Matter
from shouwang.matters.openings import Wanted, serves
from shouwang.people.models import Post
from shouwang.places.models import Area


@serves("directive")
def directive(matter: Matter, wanted: Wanted, by: Actor, at: dt.datetime) -> Matter:
    """Below the matter, at its place. `given`: subkind, gist, urgency, words, and to_area or to_post as text."""
    given = wanted.given
    to = (
        Post.objects.filter(pk=given["to_post"]).select_related("area").first()
        if given.get("to_post")
        else Area.objects.filter(pk=given["to_area"]).first()
    )
    order = Order(
        subkind=str(given.get("subkind", "task.check")), gist=str(given.get("gist", matter.gist)),
        urgency=int(given.get("urgency", 3)), words=str(given.get("words", "")), place_text=matter.place_text,
        point=(matter.lon, matter.lat) if matter.lon is not None and matter.lat is not None else None,
    )  # fmt: skip
    return issue(order, to=to, by=by, at=at, parent=matter)
