"""Opening a matter: reference, area by point, responsible post, first clocks, and who told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line, clean_text
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.matters.clocks import turn_clocks
from shouwang.matters.finding import set_grams
from shouwang.matters.ground import area_at, lay_in, responsible_for
from shouwang.matters.kinds import Kind, Step, Taking, kind_of
from shouwang.matters.models import Matter, Party
from shouwang.matters.models.matter import Visibility
from shouwang.matters.steps import enter
from shouwang.people.access import posts_of, require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.registry.identities import keep_identity

WORDS, GIST, PLACE = 4000, 200, 300  # characters


class OutsideTheTown(Problem):
    code, status = "intake.outside", 400
    says = _("This place lies outside our town. Choose another place, or call 110: they reach whoever is in charge.")


class ChannelUnknown(Problem):
    code, status = "intake.channel", 400
    says = _("“{channel}” is no way by which this kind of matter comes in.")


class SubkindUnknown(Problem):
    code, status = "intake.subkind", 400
    says = _("“{subkind}” is no call type. Choose one from the list.")


class UrgencyUnknown(Problem):
    code, status = "intake.urgency", 400
    says = _("Urgency is a number from 1 (life in danger) to 4 (can be booked).")


class IdTaken(Problem):
    code, status = "intake.id_taken", 409
    says = _("Something else is already kept under this key. Send it again with a new one.")


@dataclass(frozen=True)
class Told:
    """What somebody tells about himself; it goes to the registry, and only its key stays with the matter."""

    role: str = "caller"
    name: str = ""
    number: str = ""
    address: str = ""
    email: str = ""
    protected: bool = False  # CFS-07: asked to stay unnamed
    quiet: bool = False  # do not write or call
    person: UUID | None = None  # the account that filed it
    pass_phrase: str = ""  # of a reporter without a number

    @property
    def says_something(self) -> bool:
        return any((self.name, self.number, self.address, self.email))


class Given(TypedDict, total=False):
    """What `open_matter` takes. `id` is made by whoever makes the record: the same id twice is one matter."""

    id: UUID
    point: tuple[float, float] | None
    place_text: str
    address: UUID | None
    area: Area | None
    gist: str
    words: str
    subkind: str
    urgency: int | None
    channel: str
    facts: Mapping[str, Any]
    told: Told | None
    parent: Matter | None
    sealed_to: list[UUID]
    stand_in: UUID | None
    not_posts: list[UUID]
    not_persons: list[UUID]
    not_areas: list[int]
    verb: Verb | None


def open_matter(*, kind: str, by: Actor, at: dt.datetime, **given: Unpack[Given]) -> Matter:
    """Open a matter and return it: one transaction, one entry.

    verb    the right it needs on its ground; `matter.open` unless said otherwise, None for the system's own openings
    Raises  UnknownKind, NotAllowed, OutsideTheTown, NobodyResponsible, geo problems, TextTooLong, ChannelUnknown …
    """
    known = _known(given.get("id"), by)
    if known is not None:
        return known
    try:
        return _open(kind_of(kind), given, by, at)
    except IntegrityError:  # the same record arrived twice at once, and the other one won
        known = _known(given.get("id"), by)
        if known is None:
            raise
        return known


def _known(key: UUID | None, by: Actor) -> Matter | None:
    """The matter already opened under this key by the same person or grant. Raises IdTaken for another's."""
    matter = Matter.objects.filter(pk=key).first() if key else None
    if matter is None:
        return None
    opened = Entry.objects.filter(subject=matter.pk, verb=f"{matter.kind}.open").first()
    if opened is None or (opened.person, opened.grant) != (by.person_id, by.grant_id):
        raise IdTaken()
    return matter


def _open(declared: Kind, given: Given, by: Actor, at: dt.datetime) -> Matter:
    with acting(by):
        matter = _laid_out(declared, given, by, at)
        verb = given.get("verb", Verb.MATTER_OPEN)
        if verb is not None:
            require(by, verb, None if verb == Verb.OWN_REPORT_FILE else matter, at)
        opening = Step("open", declared.label, (), None, verb or Verb.MATTER_OPEN)
        taking = Taking(matter, opening, by, at, dict(given))
        for act in declared.on_open:
            act(taking)
        matter.responsible = responsible_for(matter, at)
        matter.reference, matter.number = next_reference(at)
        set_grams(matter)
        matter.save(force_insert=True)
        turn_clocks(matter, "open", "", by=by, at=at)
        matter.save(update_fields=["due_at"])
        told = given.get("told")
        if told is not None:
            add_party(matter, told, at)
        for act in declared.after_open:
            act(taking)
        record(
            f"{declared.name}.open", topic=f"matter.{matter.phase}", subject=matter, by=by, at=at, area=matter.area_id,
            **({"state": matter.state, "version": 1, "subkind": matter.subkind, "urgency": matter.urgency,
                "channel": matter.channel, "reference": matter.reference} | taking.noted),
        )  # fmt: skip
    return matter


def _laid_out(kind: Kind, given: Given, by: Actor, at: dt.datetime) -> Matter:
    """The matter with what was given, cleaned and checked, in its first state; not saved."""
    point = given.get("point")
    lon, lat = check_lonlat(*point) if point else (None, None)
    area = given.get("area") or _area_of((lon, lat) if lon is not None and lat is not None else None, by, at)
    channel = given.get("channel") or next(iter(kind.channels), "counter")
    if kind.channels and channel not in kind.channels:
        raise ChannelUnknown(field="channel", channel=channel[:24])
    subkind = given.get("subkind") or ""
    if subkind and subkind not in kind.subkinds:
        raise SubkindUnknown(field="subkind", subkind=subkind[:40])
    urgency = given.get("urgency") or (kind.subkinds[subkind].urgency if subkind else 3)
    if urgency not in (1, 2, 3, 4):
        raise UrgencyUnknown(field="urgency")
    sealed_to = given.get("sealed_to") or []
    matter = Matter(
        id=given.get("id") or new_id(), kind=kind.name, subkind=subkind, channel=channel, urgency=urgency,
        visibility=Visibility.SEALED if sealed_to else Visibility.OFFICE, named=sealed_to,
        stand_in=given.get("stand_in"), lon=lon, lat=lat, address=given.get("address"), opened_at=at,
        place_text=clean_line(given.get("place_text", ""), PLACE, field="place_text"),
        gist=clean_line(given.get("gist", ""), GIST, field="gist"),
        words=clean_text(given.get("words", ""), WORDS, field="words"),
        facts=dict(given.get("facts") or {}), parent=given.get("parent"),
        excluded_posts=given.get("not_posts") or [], excluded_persons=given.get("not_persons") or [],
        excluded_areas=given.get("not_areas") or [],
    )  # fmt: skip
    lay_in(matter, area)
    enter(matter, kind.first, at)
    return matter


def _area_of(point: tuple[float, float] | None, by: Actor, at: dt.datetime) -> Area:
    """By point; without one, or outside the town, the office of whoever takes the call."""
    found = area_at(*point, at) if point else None
    if found is not None:
        return found
    offices = [post.area for post in posts_of(by, at) if post.area.duty_path]
    if offices:
        return min(offices, key=lambda one: len(one.duty_path))
    if point:
        raise OutsideTheTown(field="point")
    root = Area.objects.filter(layer="duty").exclude(duty_path="").order_by("number").first()
    if root is None:
        raise OutsideTheTown(field="point")
    return root


def next_reference(at: dt.datetime) -> tuple[str, int]:
    """`("2611220047", 47)`: the day, and its next serial number. Gapless: whoever asks next waits for this one."""
    day = local_date(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO matters_dayserial AS serial (day, last) VALUES (%s, 1)"
            " ON CONFLICT (day) DO UPDATE SET last = serial.last + 1 RETURNING last",
            [day],
        )
        serial: int = cursor.fetchone()[0]
    return f"{day:%y%m%d}{serial:04d}", serial


def add_party(matter: Matter, told: Told, at: dt.datetime) -> Party:
    """Keep who told it, inside the transaction of an act. An identity only where something was told."""
    identity = None
    if told.says_something:
        identity = keep_identity(
            name=told.name, number=told.number, address=told.address, email=told.email, protected=told.protected,
            do_not_contact=told.quiet, at=at,
        )  # fmt: skip
    return Party.objects.create(
        matter=matter, role=told.role, identity=identity, protected=told.protected, quiet=told.quiet,
        person=told.person, pass_phrase_hash=make_password(told.pass_phrase) if told.pass_phrase else "", added_at=at,
    )  # fmt: skip
