"""What is held about somebody, in words: each value with its name, and with what the data map says of its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

from shouwang.core.clock import SHANGHAI
from shouwang.core.datamap import FieldUse
from shouwang.matters.kinds import kind_of
from shouwang.notices.wordings import WORDINGS
from shouwang.portal.holding_words import BASES, CLASSES, NAMES, NAMES_IN, PURPOSES, RETENTION, RIGHTS
from shouwang.registry.declaring import KINDS
from shouwang.registry.lists import Register
from shouwang.registry.own_copy import PARTS
from shouwang.registry.purposes import Told

Words = Promise | str


@dataclass(frozen=True)
class Value:
    name: Words
    text: str


@dataclass(frozen=True)
class Use:
    """One line of the data map in words, and the fields it is about."""

    names: tuple[Words, ...]
    klass: Words
    purpose: Words
    basis: Words
    kept: Words
    rights: Words


@dataclass(frozen=True)
class Holding:
    """One kind of thing that is held: its rows, and under which rules."""

    model: str
    label: Words
    rows: list[list[Value]]
    uses: list[Use]


def holdings(held: Mapping[str, list[dict[str, Any]]]) -> list[Holding]:
    """In the order of the parts; one of which nothing is held says so by having no rows."""
    shown: dict[str, Holding] = {}
    for part in PARTS:
        if part.model not in shown:
            rows = held.get(part.model, [])
            values = [[Value(name_of(part.model, one), said(part.model, one, row[one])) for one in row] for row in rows]
            fields = list(dict.fromkeys(one for row in rows for one in row))
            shown[part.model] = Holding(part.model, part.label, values, _uses(part.model, fields))
    return list(shown.values())


def name_of(model: str, field: str) -> Words:
    """Raises KeyError for a field that nobody named: a test looks at every part."""
    return NAMES_IN.get((model, field)) or NAMES[field]


def said(model: str, field: str, value: Any) -> str:
    """A code in words, a moment on our clock, anything else as it is."""
    if isinstance(value, list):
        return "、".join(_code(model, field, one) for one in value)
    if isinstance(value, bool):
        return str(RIGHTS["yes"] if value else RIGHTS["no"])
    return _code(model, field, value)


def _code(model: str, field: str, value: Any) -> str:
    text = str(value)
    if (model, field) == ("registry.Declaration", "kind"):
        return str(KINDS[text].label)
    if (model, field) == ("matters.Matter", "kind"):
        return str(kind_of(text).label)
    if (model, field) == ("registry.Look", "fields"):
        return str(Told(text).label)
    if (model, field) == ("registry.Look", "register"):
        return str(Register(text).label)
    if (model, field) == ("notices.Notice", "wording"):
        return str(WORDINGS[text].says) if text in WORDINGS else text
    choices = dict(apps.get_model(model)._meta.get_field(field).flatchoices)
    if text in choices or (text.isdigit() and int(text) in choices):
        return str(choices.get(text, choices.get(int(text) if text.isdigit() else text)))
    return _moment(text)


def _moment(text: str) -> str:
    try:
        found = dt.datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    return found.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if found and found.tzinfo else text


def _uses(model: str, fields: list[str]) -> list[Use]:
    data_map: Mapping[str, FieldUse] = apps.get_model(model).data_map
    named: dict[FieldUse, list[Words]] = {}
    for field in fields:
        named.setdefault(data_map[field], []).append(name_of(model, field))
    return [
        Use(tuple(names), CLASSES[use.klass], PURPOSES[use.purpose], BASES[use.basis], RETENTION[use.retention],
            RIGHTS[use.rights])
        for use, names in named.items()
    ]  # fmt: skip
