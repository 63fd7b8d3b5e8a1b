"""One's own turns as a calendar (RFC 5545), behind a secret address that is shown once and taken back at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.models import RosterState, Turn
from shouwang.duty.rosters.slots import slots_from
from shouwang.people.access import Verb, require
from shouwang.people.granting import give_grant, grant_of, revoke_grant
from shouwang.people.models import Grant, Person
from shouwang.people.models.grant import GrantKind

LASTS = dt.timedelta(days=365)
BACK = dt.timedelta(days=31)
STAMP = "%Y%m%dT%H%M%SZ"


def own_turns(person: UUID, since: dt.date) -> list[Turn]:
    found = Turn.objects.filter(person=person, roster__state=RosterState.IN_FORCE, on__gte=since)
    return list(found.select_related("roster__area").order_by("during"))


def live_feeds(by: Actor, at: dt.datetime) -> list[Grant]:
    assert by.person_id is not None
    live = Grant.objects.filter(kind=GrantKind.CALENDAR, subject=by.person_id, revoked_at__isnull=True, ends_at__gt=at)
    return list(live.order_by("given_at"))


def give_feed(*, by: Actor, at: dt.datetime) -> str:
    """The secret of a new feed; the ones before end, so that there is one. Raises NotAllowed"""
    assert by.person_id is not None
    with acting(by):
        require(by, Verb.SHIFT_SIGN, None, at)
        take_feeds_back(by=by, at=at)
        person = Person.objects.get(pk=by.person_id)
        return give_grant(
            GrantKind.CALENDAR, subject=by.person_id, person=person, by=by, at=at, ends_at=at + LASTS
        )[1]  # fmt: skip


def take_feeds_back(*, by: Actor, at: dt.datetime) -> int:
    """How many were live. The address opens nothing from now on."""
    with acting(by):
        live = live_feeds(by, at)
        for grant in live:
            revoke_grant(grant, by=by, at=at)
    return len(live)


def calendar_behind(token: str, at: dt.datetime) -> str | None:
    """The calendar that a secret opens; None when it is unknown, over or taken back, or the person has left."""
    grant = grant_of(token, GrantKind.CALENDAR, at)
    if grant is None or not Person.objects.filter(pk=grant.subject, active=True).exists():
        return None
    return calendar(own_turns(grant.subject, (at - BACK).date()), at)


def calendar(turns: Iterable[Turn], at: dt.datetime) -> str:
    """Hours, the line's name and the office; nothing of any case, and nobody else."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shouwang//Roster//ZH", "CALSCALE:GREGORIAN"]
    for turn in turns:
        name = next(slot.name for slot in slots_from(turn.roster.slots) if slot.code == turn.slot)
        lines += [
            "BEGIN:VEVENT", f"UID:{turn.pk}", f"DTSTAMP:{at.astimezone(dt.UTC):{STAMP}}",
            f"DTSTART:{turn.during.lower.astimezone(dt.UTC):{STAMP}}",
            f"DTEND:{turn.during.upper.astimezone(dt.UTC):{STAMP}}",
            f"SUMMARY:{_text(name)} · {_text(turn.roster.area.name)}", "END:VEVENT",
        ]  # fmt: skip
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _text(words: str) -> str:
    """RFC 5545, 3.3.11."""
    for mark in "\\;,":
        words = words.replace(mark, "\\" + mark)
    return words.replace("\n", " ")


def _folded(line: str) -> str:
    """At most 75 octets a line (3.1), never within a character."""
    parts, now = [], ""
    for char in line:
        if len((now + char).encode()) > 74:
            parts.append(now)
            now = ""
        now += char
    return "\r\n ".join([*parts, now]) + "\r\n"
