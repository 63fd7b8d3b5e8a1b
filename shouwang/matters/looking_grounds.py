"""The answer to "may this look serve these identities?": the matter is open, the asker may work on it, they are its."""

from __future__ import annotations

import datetime as dt

from shouwang.matters.models import Matter, Party
from shouwang.people.access import may
from shouwang.people.verbs import Verb
from shouwang.registry.grounds import Asked, ground

CALL_BACK = dt.timedelta(days=30)  # a closed matter may still be called back (C11 called_back, C20 reopened)


@ground
def handling(asked: Asked) -> bool:
    """Every identity asked for is a party's of the named matter, which is open or closed for less than 30 days."""
    matter = Matter.objects.filter(pk=asked.matter).first() if asked.matter else None
    if matter is None or not may(asked.by, Verb.IDENTITY_LOOK, matter, asked.at):
        return False
    if matter.closed_at is not None and matter.closed_at + CALL_BACK < asked.at:
        return False
    known = set(Party.objects.filter(matter=matter, identity__in=asked.identities).values_list("identity", flat=True))
    return known == set(asked.identities)
