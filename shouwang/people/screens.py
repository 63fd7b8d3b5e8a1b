"""Wall screens: a grant for one area, read-only, without identities, taken back at any time."""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.people.access import require
from shouwang.people.granting import give_grant, grant_of, revoke_grant
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

SCREEN_LASTS = dt.timedelta(days=90)


def give_screen(area: Area, *, by: Actor, at: dt.datetime) -> tuple[Grant, str]:
    """A screen for an area and the secret of the link that signs it in. Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.SCREEN_GIVE, area, at)
        return give_grant(GrantKind.SCREEN, subject=area.pk, by=by, at=at, ends_at=at + SCREEN_LASTS)


def take_screen_back(grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    """The wall goes dark within a second. Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.SCREEN_GIVE, Area.objects.get(pk=grant.subject), at)
        revoke_grant(grant, by=by, at=at)


def screen_of(token: str, at: dt.datetime) -> Actor | None:
    """The screen behind a cookie, as an actor that may only look."""
    grant = grant_of(token, GrantKind.SCREEN, at)
    return Actor(kind="screen", grant_id=grant.pk) if grant else None
