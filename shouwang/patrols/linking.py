"""Linked units: which special squad supports which station, when, and who commands (S-PAT-007)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.journal.record import record
from shouwang.patrols.models import Command, Link
from shouwang.patrols.ordering import LeadNotSworn, OrderIncomplete, WindowWrong
from shouwang.people.access import Verb, require, spans, within
from shouwang.people.models import Person
from shouwang.places.models import Area

LONGEST = dt.timedelta(days=31)


class LinkedElsewhere(Problem):
    code, status = "patrols.linked", 409
    says = _("{squad} supports another station in that window.")


class CommandsAlready(Problem):
    code, status = "patrols.commands", 409
    says = _("{name} commands already.")


def links_seen(by: Actor, at: dt.datetime) -> QuerySet[Link]:
    return Link.objects.filter(within(spans(by, Verb.PATROL_READ, at))).order_by("-during")


def link_squad(
    squad: Unit, station: Area, window: tuple[dt.datetime, dt.datetime], *, commander: Person, channel: str, by: Actor,
    at: dt.datetime,
) -> Link:  # fmt: skip
    """Raises LinkedElsewhere, WindowWrong, LeadNotSworn, OrderIncomplete, NotAllowed, NotVisible"""
    begins, ends = window
    said = clean_line(channel, 60, field="channel")
    if not begins < ends <= begins + LONGEST:
        raise WindowWrong(field="ends_at")
    if not said:
        raise OrderIncomplete(field="channel")
    if not commander.sworn:
        raise LeadNotSworn(field="commander", name=commander.name)
    with acting(by):
        require(by, Verb.PATROL_ORDER, station, at)
        try:
            with transaction.atomic():
                row = Link.objects.create(
                    squad=squad, station=station, duty_path=station.duty_path, channel=said, set_by=by.person_id,
                    government_path=station.government_path, during=TimestamptzRange(begins, ends),
                )  # fmt: skip
        except IntegrityError as fault:
            raise LinkedElsewhere(field="squad", squad=squad.name) from fault
        Command.objects.create(link=row, person=commander, since=begins)
        record("link.keep", topic="link.kept", subject=row, by=by, at=at, area=station, squad=str(squad),
               station=station.name)  # fmt: skip
    return row


def give_command(link: Link, person: Person, *, by: Actor, at: dt.datetime) -> Command:
    """From now on he commands, and nobody else. Raises CommandsAlready, LeadNotSworn, NotAllowed, NotVisible"""
    if not person.sworn:
        raise LeadNotSworn(field="commander", name=person.name)
    with acting(by):
        row = Link.objects.select_for_update().get(pk=link.pk)
        require(by, Verb.PATROL_ORDER, row, at)
        held = Command.objects.filter(link=row, until__isnull=True).first()
        if held and held.person_id == person.pk:
            raise CommandsAlready(field="commander", name=person.name)
        since = max(at, row.during.lower)
        if held:
            held.until = max(since, held.since)
            held.save(update_fields=["until"])
        found = Command.objects.create(link=row, person=person, since=since)
        record("link.command", topic="link.command", subject=row, by=by, at=at, area=row.station_id, whom=person.pk)
    return found
