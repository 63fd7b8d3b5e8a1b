"""Duty models of an office: chosen from the presets, changed line by line, compared with who is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import DutyModel
from shouwang.duty.rosters.pool import pool_of
from shouwang.duty.rosters.presets import PRESETS
from shouwang.duty.rosters.slots import Slot, read_slots, slots_from, suits
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, reaches, require, spans
from shouwang.places.models import Area


class NoSuchModel(Problem):
    code, status = "roster.no_such_model", 422
    says = _("There is no such duty model to begin with.")


@dataclass(frozen=True)
class Strength:
    """A slot beside how many people of the office suit it."""

    slot: Slot
    suited: int

    @property
    def short(self) -> int:
        return max(0, self.slot.number - self.suited)


def visible_models(by: Actor, at: dt.datetime) -> QuerySet[DutyModel]:
    found = DutyModel.objects.filter(reaches(spans(by, Verb.ROSTER_READ, at), "area__"), active=True)
    return found.select_related("area").order_by("name")


def visible_model(key: UUID, by: Actor, at: dt.datetime) -> DutyModel:
    """Raises NotVisible."""
    found = visible_models(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def choose_model(preset: str, *, area: Area, by: Actor, at: dt.datetime) -> DutyModel:
    """The preset as a model of the office, to be changed. Raises NotAllowed, NotVisible, NoSuchModel"""
    with acting(by):
        require(by, Verb.ROSTER_WRITE, area, at)
        if preset not in PRESETS:
            raise NoSuchModel(field="preset")
        found = PRESETS[preset]
        slots = [slot.as_json() for slot in found.slots]
        row = DutyModel.objects.create(
            area=area, preset=preset, name=found.name, partners=found.partners, slots=slots
        )  # fmt: skip
        record("duty_model.choose", topic="duty_model.chosen", subject=row, area=area, by=by, at=at, preset=preset)
    return row


def change_model(
    row: DutyModel, *, name: str, partners: str, lines: Iterable[Mapping[str, Any]], by: Actor, at: dt.datetime
) -> DutyModel:
    """Rosters made before keep the slots they were made with. Raises NotAllowed, NotVisible, SlotsUnusable"""
    with acting(by):
        row = DutyModel.objects.select_for_update(of=("self",)).select_related("area").get(pk=row.pk)
        require(by, Verb.ROSTER_WRITE, row.area, at)
        row.slots = [slot.as_json() for slot in read_slots(lines)]
        row.name = clean_line(name, 60, field="name") or row.name
        row.partners = clean_line(partners, 200, field="partners")
        row.save(update_fields=["slots", "name", "partners"])
        record("duty_model.change", topic="duty_model.changed", subject=row, area=row.area, by=by, at=at,
               slots=len(row.slots))  # fmt: skip
    return row


def drop_model(row: DutyModel, *, by: Actor, at: dt.datetime) -> None:
    """No new roster is made from it. Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.ROSTER_WRITE, row.area, at)
        DutyModel.objects.filter(pk=row.pk).update(active=False)
        record("duty_model.drop", topic="duty_model.dropped", subject=row, area=row.area, by=by, at=at)


def strength_of(row: DutyModel, at: dt.datetime) -> list[Strength]:
    """Each slot against the people there are on that day."""
    people = pool_of(row.area, at)
    return [Strength(slot, sum(suits(slot, one.posts) for one in people.values())) for slot in slots_from(row.slots)]
