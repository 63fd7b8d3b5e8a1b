"""A paper that opens one matter to whoever runs the place it is about: no name, no account, one code to scan.

The secret is told once, to be printed. A new paper takes the earlier one back. It opens a page of its own in the
portal, which shows what the paper's kind allows and nothing of reporters, notes or looks.
"""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed, Verb, require
from shouwang.people.granting import give_grant, revoke_grant
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind

OPEN_FOR = dt.timedelta(days=90)


def give_paper(matter: Matter, *, verb: Verb, by: Actor, at: dt.datetime) -> str:
    """The secret of the paper. Raises NotAllowed, NotVisible for whoever may not do `verb` to the matter."""
    with acting(by):
        row = Matter.objects.select_for_update().get(pk=matter.pk)
        require(by, verb, row, at)
        live = Grant.objects.filter(kind=GrantKind.PARTY, subject=row.pk, person=None, revoked_at__isnull=True)
        for earlier in live:
            revoke_grant(earlier, by=by, at=at)
        _grant, token = give_grant(GrantKind.PARTY, subject=row.pk, by=by, at=at, ends_at=at + OPEN_FOR)
    return token


def last_minute(due_at: dt.datetime | None) -> dt.datetime | None:
    """How a limit is said to people outside: the 25th 23:59, since the 26th 0:00 is read as “on the 26th”."""
    return due_at - dt.timedelta(minutes=1) if due_at else None


def refuse_without_paper(by: Actor) -> None:
    """A reporter's account opens the matter too, but he does not answer for the place. Raises NotAllowed"""
    if by.person_id is not None or by.grant_id is None:
        raise NotAllowed
