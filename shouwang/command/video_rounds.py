"""Looking through a camera of the register: begun with a purpose, ended, and a call where somebody needs help.

A person looks. Nothing is matched, nobody is searched for, no picture is kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Camera, CameraOwner, RoundPurpose, VideoRound
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.ground import area_at
from shouwang.matters.intake import OutsideTheTown, open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, Verb, may, require, spans, within

DISTRESS = ("help.illness", "help.fall", "help.mental", "help.suicide", "help.drowning", "fire_rescue.rescue")


class CameraIncomplete(Problem):
    code, status = "video.camera", 400
    says = _("A camera of the register has a name, a place, its owner, what it is there for and its filing number.")


class CameraTaken(Problem):
    code, status = "video.camera_taken", 409
    says = _("There is a camera of this name on this ground already.")


class PurposeMissing(Problem):
    code, status = "video.purpose", 400
    says = _("Say what you look for: no purpose, no look.")


class RoundEnded(Problem):
    code, status = "video.round_ended", 409
    says = _("This round is over.")


class NotDistress(Problem):
    code, status = "video.not_distress", 400
    says = _("From a round only a call for somebody in distress is opened.")


@dataclass(frozen=True)
class Registered:
    """What the register says of a camera."""

    name: str
    place_text: str
    lon: float
    lat: float
    owner: str
    purpose: str
    filing: str


def cameras_for(by: Actor, at: dt.datetime) -> QuerySet[Camera]:
    """Cameras on the ground whose crews `by` sends."""
    return Camera.objects.filter(within(spans(by, Verb.UNIT_SEND, at)), until__isnull=True).order_by("name")


def register_camera(told: Registered, *, by: Actor, at: dt.datetime) -> Camera:
    """Raises CameraIncomplete, CameraTaken, OutsideTheTown"""
    said = {
        name: clean_line(getattr(told, name), 120, field=name) for name in ("name", "place_text", "purpose", "filing")
    }
    if not all(said.values()) or told.owner not in CameraOwner.values:
        raise CameraIncomplete
    check_lonlat(told.lon, told.lat)
    with acting(by):
        area = area_at(told.lon, told.lat, at)
        if area is None:
            raise OutsideTheTown
        require(by, Verb.UNIT_MANAGE, area, at)
        if Camera.objects.filter(area=area, name=said["name"], until__isnull=True).exists():
            raise CameraTaken(field="name")
        row = Camera.objects.create(
            **said, lon=told.lon, lat=told.lat, owner=told.owner, area=area, duty_path=area.duty_path,
            government_path=area.government_path, since=at, entered_by=by.person_id,
        )  # fmt: skip
        record("camera.register", topic="camera.registered", subject=row, by=by, at=at, area=area, label=row.name,
               filing=row.filing)  # fmt: skip
    return row


def begin_round(camera: Camera, purpose: str, *, by: Actor, at: dt.datetime) -> VideoRound:
    """The look is on record before anything is looked at; one's own round before it ends. Raises PurposeMissing"""
    if purpose not in RoundPurpose.values or by.person_id is None:
        raise PurposeMissing(field="purpose")
    with acting(by):
        require(by, Verb.UNIT_SEND, camera, at)
        VideoRound.objects.filter(person=by.person_id, ended_at__isnull=True).update(ended_at=at)
        row = VideoRound.objects.create(camera=camera, began_at=at, person=by.person_id, purpose=purpose)
        record("video_round.begin", topic="video_round.begun", subject=camera, by=by, at=at, area=camera.area_id,
               round=row.pk, purpose=purpose)  # fmt: skip
    return row


def end_round(row: VideoRound, words: str = "", *, by: Actor, at: dt.datetime) -> VideoRound:
    """By whoever looks. Raises RoundEnded, NotVisible"""
    with acting(by):
        row = _own(row, by)
        row.ended_at, row.words = at, clean_line(words, 200, field="words")
        row.save(update_fields=["ended_at", "words"])
        record("video_round.end", topic="video_round.ended", subject=row.camera, by=by, at=at,
               area=row.camera.area_id, round=row.pk)  # fmt: skip
    return row


def report_distress(row: VideoRound, subkind: str, gist: str, *, by: Actor, at: dt.datetime) -> Matter:
    """A call at the place of the camera; the nearest crews are ranked on it. The round goes on. Raises NotDistress"""
    if subkind not in DISTRESS:
        raise NotDistress(field="subkind")
    with acting(by):
        row = _own(row, by)
        matter = open_matter(
            kind="incident", by=by, at=at, subkind=subkind, channel="own_find", gist=gist or row.camera.name,
            place_text=row.camera.place_text, point=(row.camera.lon, row.camera.lat),
        )  # fmt: skip
        row.matter = matter
        row.save(update_fields=["matter"])
        record("video_round.report", topic="video_round.reported", subject=matter, by=by, at=at, area=matter.area_id,
               camera=row.camera_id, round=row.pk)  # fmt: skip
    return matter


def _own(row: VideoRound, by: Actor) -> VideoRound:
    found = VideoRound.objects.select_for_update(of=("self",)).select_related("camera").get(pk=row.pk)
    if found.person != by.person_id:
        raise NotVisible
    if found.ended_at is not None:
        raise RoundEnded
    return found


def rounds_of(camera: Camera, by: Actor, at: dt.datetime) -> QuerySet[VideoRound]:
    """The log of a camera: all of it for a lead and for whoever reads the journal; one's own for everybody else."""
    require(by, Verb.UNIT_SEND, camera, at)
    whole = may(by, Verb.UNIT_MANAGE, camera, at) or may(by, Verb.AUDIT_READ, camera, at)
    mine = Q() if whole else Q(person=by.person_id)
    return camera.rounds.filter(mine).select_related("matter").order_by("-began_at")
