"""Forms from phones as a page shows them: what waits, two edits of one field side by side, one form kept aside."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from shouwang.core.actor import Actor
from shouwang.core.problem import problem_classes
from shouwang.matters.models import SentStep
from shouwang.people.models import Person
from shouwang.registry.agreeing import EditMade, open_fields_of, standing
from shouwang.registry.editing import log_of, waiting_for
from shouwang.registry.forms import FIELD_LISTS, FormFaulty, cleaned
from shouwang.registry.lists import Register
from shouwang.registry.opening import Seen, open_here
from shouwang.registry.purposes import Purpose

LISTS = {
    "residence.register": "residence", "organisation.register": "organisation", "dwelling.edit": "dwelling",
    "resident.correct": "correction", "organisation.edit": "unit",
}  # fmt: skip
LIST_OF = {Register.DWELLING: "dwelling", Register.RESIDENT: "correction", Register.ORGANISATION: "unit"}


@dataclass(frozen=True)
class Said:
    """One value of a field: who wrote it when; `shown` is what the record holds at present."""

    value: str
    label: str
    person: str
    at: dt.datetime | None
    shown: bool


@dataclass(frozen=True)
class Question:
    """A field that was written differently by people who did not know of each other."""

    field: str
    label: str
    said: list[Said]


def waiting_lines(by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """What waits, each record once; with the names of those who wrote."""
    rows = waiting_for(by, at)
    names = _names({row.person for row in rows})
    reasons = dict(SentStep.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "reason"))
    lines: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        key = row.record if row.state == "open" and row.record else row.id
        line = lines.setdefault(key, {"row": row, "people": [], "why": why(reasons.get(row.id, ""))})
        line["people"].append(names.get(row.person, "—"))
    return list(lines.values())


def questions_about(seen: Seen, by: Actor, at: dt.datetime) -> list[Question]:
    """The fields of a record on which its edits contradict each other, each with what was said."""
    log = log_of(seen.id)
    opened = open_fields_of(log)
    sent = [one.id for one in log if one.id in opened and one.device is not None]
    told = {}
    if sent:
        looked = open_here(sent[:20], register=Register.EDIT, purpose=Purpose.VERIFICATION, by=by, at=at)
        told = {one.id: (json.loads(one["told"] or "{}"), one["person"]) for one in looked}
    names = _names({UUID(person) for _told, person in told.values() if person})
    form = FIELD_LISTS[LIST_OF[seen.register]]()
    return [
        _question(field, form, standing(log, field), seen, told, names)
        for field in sorted(set().union(*opened.values()))
        if field in form.fields
    ]


def _question(
    field: str, form: forms.Form, rivals: list[EditMade], seen: Seen, told: dict[UUID, Any], names: dict[Any, str]
) -> Question:
    said = [Said(_plain(seen[field]), label_of(form, field, seen[field]), "", None, shown=True)]
    for one in rivals:
        values, person = told.get(one.id, ({}, None))
        if field not in values:
            continue
        name, value = names.get(UUID(person), "—") if person else "—", values[field]
        if _plain(value) == said[0].value and not said[0].person:
            said[0] = Said(said[0].value, said[0].label, name, one.made_at, shown=True)
        else:
            said.append(Said(_plain(value), label_of(form, field, value), name, one.made_at, shown=False))
    return Question(field, str(form.fields[field].label), said)


def chosen_in(seen: Seen, given: dict[str, str]) -> dict[str, Any]:
    """The values that were chosen, checked like any form. Raises FormFaulty"""
    name = LIST_OF[seen.register]
    told = {field: value for field, value in given.items() if field in FIELD_LISTS[name].base_fields}
    if not told:
        raise FormFaulty
    return cleaned(name, told, only=set(told))


def form_lines(act: str, told: dict[str, Any]) -> list[tuple[str, str]]:
    """What was written, as lines of a page; also what its list does not have."""
    form = FIELD_LISTS[LISTS[act]]()
    fields = [(name, field) for name, field in form.fields.items() if name in told]
    known = [(str(field.label), label_of(form, name, told[name])) for name, field in fields]
    return [line for line in known if line[1]] + [
        (name, str(value)) for name, value in told.items() if name not in form.fields
    ]


def fault_of(act: str, told: dict[str, Any]) -> str:
    """Which field does not fit its list, in words; empty when all do."""
    only = set(told) if act in ("dwelling.edit", "resident.correct", "organisation.edit") else None
    try:
        cleaned(LISTS[act], told, only)
    except FormFaulty as fault:
        return f"{fault.given.get('label', '')} {fault.given.get('fault', '')}".strip()
    return ""


def label_of(form: forms.Form, name: str, value: Any) -> str:
    """A value in the words of its field."""
    choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    return choices.get(str(value), _plain(value))


def why(code: str) -> str:
    found = next((one for one in problem_classes() if one.code == code), None)
    return str(found.says) if found else ""


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _names(keys: set[Any]) -> dict[Any, str]:
    return dict(Person.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))
