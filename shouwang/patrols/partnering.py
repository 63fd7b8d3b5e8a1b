"""The files of people of partner parties: kept with what a task asks for, ended on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.patrols.models import Partner, Party
from shouwang.patrols.words import TASKS
from shouwang.people.access import Verb, require
from shouwang.people.models import Person
from shouwang.places.models import Area

SAID = ("contract_from", "contract_to", "insured_until", "trained_on", "latest_end")


class FileIncomplete(Problem):
    code, status = "patrols.file", 400
    says = _("Give the name and who sends them; of a security worker also contract, training and what they may do.")


class ContractWrong(Problem):
    code, status = "patrols.contract", 400
    says = _("A contract ends after it begins.")


class HasAFile(Problem):
    code, status = "patrols.has_a_file", 409
    says = _("{name} has a file already.")


def keep_partner(
    given: Mapping[str, Any], *, ground: Area, by: Actor, at: dt.datetime, row: Partner | None = None
) -> Partner:
    """A new file, or this one anew.

    given   name, party, employer, full_time, tasks, person, and SAID
    Raises  FileIncomplete, ContractWrong, HasAFile, NotAllowed, NotVisible
    """
    name, employer = (
        clean_line(given.get("name") or "", 40, field="name"),
        clean_line(given.get("employer") or "", 60, field="employer"),
    )
    party, full_time = given.get("party") or "", bool(given.get("full_time"))
    tasks = [one for one in given.get("tasks") or [] if one in TASKS]
    said = {key: given.get(key) for key in SAID}
    _check(name, party, employer, full_time, tasks, said)
    person: Person | None = given.get("person")
    with acting(by):
        require(by, Verb.PATROL_ORDER, ground, at)
        held = Partner.objects.select_for_update().get(pk=row.pk) if row else Partner()
        if row:
            require(by, Verb.PATROL_ORDER, held, at)
        if person and Partner.objects.filter(person=person).exclude(pk=held.pk).exists():
            raise HasAFile(field="person", name=person.name)
        held.name, held.party, held.employer, held.full_time, held.tasks = name, party, employer, full_time, tasks
        held.person, held.ground = person, ground
        held.duty_path, held.government_path = ground.duty_path, ground.government_path
        for key, value in said.items():
            setattr(held, key, value)
        held.save()
        record("partner.keep", topic="partner.kept", subject=held, by=by, at=at, area=ground, party=party)
    return held


def end_partner(row: Partner, *, by: Actor, at: dt.datetime) -> None:
    """From tomorrow on he is on no patrol; the name goes two years later. Raises NotAllowed, NotVisible"""
    with acting(by):
        held = Partner.objects.select_for_update().get(pk=row.pk)
        require(by, Verb.PATROL_ORDER, held, at)
        held.ended_on = held.ended_on or local_date(at)
        held.save(update_fields=["ended_on"])
        record("partner.end", topic="partner.ended", subject=held, by=by, at=at, area=held.ground_id, party=held.party)


def _check(name: str, party: str, employer: str, full_time: bool, tasks: list[str], said: dict[str, Any]) -> None:
    if not name:
        raise FileIncomplete(field="name")
    if party not in Party.values or party == Party.POLICE:
        raise FileIncomplete(field="party")
    if not employer and party != Party.PEOPLE:
        raise FileIncomplete(field="employer")
    if full_time:
        for key in ("contract_from", "contract_to", "trained_on"):
            if not said[key]:
                raise FileIncomplete(field=key)
        if not tasks:
            raise FileIncomplete(field="tasks")
    if said["contract_from"] and said["contract_to"] and said["contract_to"] < said["contract_from"]:
        raise ContractWrong(field="contract_to")
