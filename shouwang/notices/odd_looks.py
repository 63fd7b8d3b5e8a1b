"""Who hears of an odd look: first its maker, then whoever hears him."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.notices.models import Channel
from shouwang.notices.telling import To, tell
from shouwang.registry.emergencies import judges_over
from shouwang.registry.models import OddLook


def tell_its_maker(look: UUID, *, at: dt.datetime) -> None:
    row = OddLook.objects.filter(pk=look).first()
    if row is not None:
        tell(to=To.person(row.person), wording="look_noticed", at=at, channel=Channel.IN_APP)


def tell_who_hears(look: UUID, *, at: dt.datetime) -> None:
    """The nearest who leads on that ground, never himself."""
    row = OddLook.objects.select_related("area").filter(pk=look, area__isnull=False).first()
    if row is None or row.area is None:
        return
    for person in {post.person_id for post in judges_over(row.area, at, but=row.person)}:
        tell(to=To.person(person), wording="look_to_hear", at=at, channel=Channel.IN_APP)
