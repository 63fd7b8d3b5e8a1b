"""The loudspeaker library: write, approve by another, record, withdraw, and play within what was approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.beats.models import Message, MessageState, Playback, Recording
from shouwang.beats.models.announcement import DAY_BEGINS, DAY_ENDS, LOUDEST, SOFTEST
from shouwang.beats.seeing import visible_messages
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.ids import new_id
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.duty.shifts import unit_of
from shouwang.evidence import storage
from shouwang.evidence.content import NotEvidence, recognise
from shouwang.evidence.models.evidence import EvidenceKind
from shouwang.evidence.picturing import Unreadable
from shouwang.evidence.sounding import sound_alone
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, require
from shouwang.places.models import Area

MIB = 1024 * 1024
LARGEST_SOUND, MOST_RECORDINGS, MOST_MESSAGES = 5 * MIB, 6, 200
SHORTEST = 2


class MessageUnusable(Problem):
    code, status = "beats.message", 422
    says = _("A message has a topic and a text of at least two characters each.")


class HoursOfNight(Problem):
    code, status = "beats.message_hours", 422
    says = _("Loudspeakers are heard between {begins} and {ends}, and a message ends after it begins.")


class TooLoud(Problem):
    code, status = "beats.too_loud", 422
    says = _("{level} dB is not allowed here: between {least} and {most} dB. Turn the loudspeaker down.")


class LibraryFull(Problem):
    code, status = "beats.library_full", 409
    says = _("The library of this ground is full: {most} messages, {recordings} recordings each. Withdraw one first.")


class NotASound(Problem):
    code, status = "beats.not_a_sound", 415
    says = _("This is no recording: send WebM, Ogg (Opus), M4A or WAV, at most {limit} MB.")


class RecordedAlready(Problem):
    code, status = "beats.recorded_already", 409
    says = _("There is a recording in {language} already.")


class ApprovedAlready(Problem):
    code, status = "beats.message_fixed", 409
    says = _("This message was approved or withdrawn; write a new one instead of changing it.")


class ApproveOwn(Problem):
    code, status = "beats.approve_own", 409
    says = _("You wrote this message; somebody else approves it.")


class NotApproved(Problem):
    code, status = "beats.not_approved", 409
    says = _("This message is not approved, or was withdrawn; it is not played.")


class OutsideHours(Problem):
    code, status = "beats.outside_hours", 409
    says = _("It is {now}; this message is played between {begins} and {ends} only.")


class NoUnit(Problem):
    code, status = "beats.no_unit", 409
    says = _("Sign on with your unit first: what is played is noted with it.")


class PlaceMissing(Problem):
    code, status = "beats.place_missing", 422
    says = _("Say where it is played: a street or a place.")


@dataclass(frozen=True)
class NewMessage:
    topic: str
    text: str
    begins: dt.time
    ends: dt.time
    most_db: int


def write_message(ground: Area, told: NewMessage, *, by: Actor, at: dt.datetime) -> Message:
    """A draft, until somebody else approves it.

    Raises  NotAllowed, NotVisible, MessageUnusable, HoursOfNight, TooLoud, LibraryFull, what refuse_persons raises
    """
    topic, text = clean_line(told.topic, 60, field="topic"), clean_line(told.text, 500, field="text")
    if len(topic) < SHORTEST or len(text) < SHORTEST:
        raise MessageUnusable(field="text" if len(topic) >= SHORTEST else "topic")
    refuse_persons({"topic": topic, "text": text})
    if not DAY_BEGINS <= told.begins < told.ends <= DAY_ENDS:
        raise HoursOfNight(field="begins", begins=f"{DAY_BEGINS:%H:%M}", ends=f"{DAY_ENDS:%H:%M}")
    if not SOFTEST <= told.most_db <= LOUDEST:
        raise TooLoud(field="most_db", level=told.most_db, least=SOFTEST, most=LOUDEST)
    with acting(by):
        require(by, Verb.PATROL_ORDER, ground, at)
        if Message.objects.filter(ground=ground).exclude(state=MessageState.WITHDRAWN).count() >= MOST_MESSAGES:
            raise LibraryFull(field="topic", most=MOST_MESSAGES, recordings=MOST_RECORDINGS)
        row = Message.objects.create(
            ground=ground, duty_path=ground.duty_path, government_path=ground.government_path, topic=topic, text=text,
            begins=told.begins, ends=told.ends, most_db=told.most_db, written_by=by.person_id, written_at=at,
        )  # fmt: skip
        _told(row, "announcement.write", by, at)
    return row


def add_recording(message: Message, language: str, data: bytes, *, by: Actor, at: dt.datetime) -> Recording:
    """The message as spoken in one language, while it is a draft: what is approved has been heard.

    Raises  NotAllowed, NotVisible, ApprovedAlready, NotASound, RecordedAlready, LibraryFull, MessageUnusable, NoRoom
    """
    named = clean_line(language, 30, field="language")
    if not named:
        raise MessageUnusable(field="language")
    sound, content_type = _sound(data)
    with acting(by):
        row = _locked(message, by, at)
        if row.state != MessageState.DRAFT:
            raise ApprovedAlready
        if row.recordings.count() >= MOST_RECORDINGS:
            raise LibraryFull(field="file", most=MOST_MESSAGES, recordings=MOST_RECORDINGS)
        if row.recordings.filter(language=named).exists():
            raise RecordedAlready(field="language", language=named)
        key = new_id()
        kept = storage.keep(sound, key)
        try:
            with transaction.atomic():
                found = Recording.objects.create(
                    id=key, message=row, language=named, content_type=content_type, stored=kept.stored,
                    wrapped_key=kept.wrapped_key, size=len(sound), kept_at=at,
                )  # fmt: skip
        except IntegrityError as fault:
            raise RecordedAlready(field="language", language=named) from fault
        _told(row, "announcement.record", by, at, language=named)
    return found


def approve(message: Message, *, by: Actor, at: dt.datetime) -> Message:
    """From now on it may be played. Raises NotAllowed, NotVisible, ApproveOwn, ApprovedAlready"""
    with acting(by):
        row = _locked(message, by, at)
        if row.state != MessageState.DRAFT:
            raise ApprovedAlready
        if row.written_by is None or row.written_by == by.person_id:
            raise ApproveOwn
        row.state, row.approved_by, row.approved_at = MessageState.APPROVED, by.person_id, at
        row.save(update_fields=["state", "approved_by", "approved_at"])
        _told(row, "announcement.approve", by, at)
    return row


def withdraw(message: Message, *, by: Actor, at: dt.datetime) -> Message:
    """It is not played any more; what was played stays on record. Raises NotAllowed, NotVisible, ApprovedAlready"""
    with acting(by):
        row = _locked(message, by, at)
        if row.state == MessageState.WITHDRAWN:
            raise ApprovedAlready
        row.state, row.withdrawn_at = MessageState.WITHDRAWN, at
        row.save(update_fields=["state", "withdrawn_at"])
        _told(row, "announcement.withdraw", by, at)
    return row


def play(
    message: Message, place: str, *, by: Actor, at: dt.datetime, language: str = "", level_db: int | None = None
) -> Playback:
    """Asked before it is heard: noted with one's unit, place and time, or refused.

    Raises  NotAllowed, NotVisible, NotApproved, OutsideHours, TooLoud, NoUnit, PlaceMissing, what refuse_persons raises
    """
    where = clean_line(place, 80, field="place")
    if not where:
        raise PlaceMissing(field="place")
    refuse_persons({"place": where})
    with acting(by):
        require(by, Verb.PATROL_WALK, None, at)
        row = visible_messages(by, at).select_for_update(of=("self",)).filter(pk=message.pk).first()
        if row is None:
            raise NotVisible
        crew = unit_of(by.person_id, at) if by.person_id else None
        if crew is None:
            raise NoUnit
        _may_sound(row, level_db, at)
        spoken = row.recordings.filter(language=language).values_list("language", flat=True).first() or ""
        found = Playback.objects.create(
            message=row, unit=crew.shift.unit, language=spoken, place=where, level_db=level_db, at=at
        )
        _told(row, "announcement.play", by, at, place=where)
    return found


def may_sound(message: Message, at: dt.datetime) -> bool:
    """Whether it may be played at that instant."""
    return message.state == MessageState.APPROVED and message.begins <= _time(at) < message.ends


def sound_of(recording: Recording) -> bytes:
    """Raises  FileGone"""
    return storage.fetch(recording.pk, recording.stored, recording.wrapped_key)


def _may_sound(row: Message, level_db: int | None, at: dt.datetime) -> None:
    if row.state != MessageState.APPROVED:
        raise NotApproved
    if not may_sound(row, at):
        raise OutsideHours(now=f"{_time(at):%H:%M}", begins=f"{row.begins:%H:%M}", ends=f"{row.ends:%H:%M}")
    if level_db is not None and not 0 <= level_db <= row.most_db:
        raise TooLoud(field="level_db", level=level_db, least=0, most=row.most_db)


def _time(at: dt.datetime) -> dt.time:
    return at.astimezone(SHANGHAI).time()


def _sound(data: bytes) -> tuple[bytes, str]:
    """The sound alone, and what it is."""
    refused = NotASound(field="file", limit=LARGEST_SOUND // MIB)
    if not 0 < len(data) <= LARGEST_SOUND:
        raise refused
    try:
        found = recognise(data)
        if found.kind != EvidenceKind.AUDIO:
            raise refused
        return sound_alone(data, found.content_type), found.content_type
    except (NotEvidence, Unreadable) as fault:
        raise refused from fault


def _locked(message: Message, by: Actor, at: dt.datetime) -> Message:
    row = Message.objects.select_for_update(of=("self",)).select_related("ground").get(pk=message.pk)
    require(by, Verb.PATROL_ORDER, row, at)
    return row


def _told(row: Message, verb: str, by: Actor, at: dt.datetime, **more: object) -> None:
    record(verb, topic="announcement.changed", subject=row, area=row.ground, by=by, at=at, called=row.topic, **more)
