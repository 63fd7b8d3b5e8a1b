"""One row of a kind, planted on a ground: what it needs besides is planted there too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from shouwang.core.ids import new_id
from shouwang.places.models import Area

PLACED = {"duty_path", "government_path", "area", "home", "ground", "station", "to_area", "office", "place"}


@dataclass
class Ground:
    """An area, somebody of it, and what was planted on it already."""

    area: Area
    post: Any
    at: dt.datetime
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)

    @cached_property
    def paths(self) -> dict[str, Any]:
        return {"duty_path": self.area.duty_path, "government_path": self.area.government_path}

    def one(self, label: str, **given: Any) -> Any:
        """The row of this model with these particulars, planted at its first asking."""
        known = (label, repr(sorted(given.items())))
        if known not in self.kept:
            model: Any = apps.get_model(label)
            fields = {one.name: one for one in model._meta.concrete_fields if not one.primary_key or one.is_relation}
            told = {name: self._worth(one) for name, one in fields.items() if name not in given and _asked(one)}
            own_key = {"pk": new_id()} if model._meta.pk.default is NOT_PROVIDED and label in KEYED_BY_HAND else {}
            self.kept[known] = model.objects.create(**told, **given, **own_key)
        return self.kept[known]

    def _worth(self, one: Any) -> Any:
        if one.name in self.paths:
            return self.paths[one.name]
        if one.is_relation:
            return self._related(one.related_model)
        if isinstance(one, models.UUIDField):
            return self._key(one.name)
        if one.choices:
            return one.choices[0][0]
        return self._plain(one)

    def _related(self, model: Any) -> Any:
        if model._meta.label == "places.Area":
            return self.area
        if model._meta.label in ("people.Person", "people.Post"):
            return self.post.person if model._meta.label == "people.Person" else self.post
        return self.one(model._meta.label, **SETTLED.get(model._meta.label, {}))

    def _key(self, name: str) -> Any:
        if name == "matter":
            return self.one("matters.Matter", **SETTLED["matters.Matter"]).pk
        if name == "person" or name.endswith("_by") or name == "giver":
            return self.post.person_id
        return self.one("duty.Unit").pk if name == "unit" else new_id()

    def _plain(self, one: Any) -> Any:
        return {
            "DateTimeField": self._moment(one.name), "DateTimeRangeField": (self.at, None),
            "DateField": self.at.date() + dt.timedelta(days=30 * (one.name in ("ends_on", "expires_on", "until"))),
            "TimeField": dt.time(21 if one.name in ("begins", "opens") else 23),
            "FloatField": {"lon": 111.4292, "lat": 27.6831}.get(one.name, 0.5), "BinaryField": new_id().bytes * 2,
            "JSONField": [], "ArrayField": [], "BooleanField": False,
        }.get(type(one).__name__, _number(one) if isinstance(one, models.IntegerField) else _word(one))  # fmt: skip

    def _moment(self, name: str) -> dt.datetime:
        return self.at + dt.timedelta(hours=1 if name.startswith(("ends", "due", "judge", "answer", "decide")) else 0)


KEYED_BY_HAND = {"dispatch.Card"}
SETTLED: dict[str, dict[str, Any]] = {
    "matters.Matter": {"kind": "incident", "state": "received", "phase": "active"},
    "duty.Unit": {"form": "car"},
    "beats.Message": {"begins": dt.time(9), "ends": dt.time(10)},
}


def _asked(one: Any) -> bool:
    return one.name in PLACED | {"responsible"} or not (
        one.null or one.has_default() or one.db_default is not NOT_PROVIDED or one.blank
    )


def _number(one: Any) -> int:
    return new_id().int % 30_000 + 1 if one.name in ("number", "serial") else 1


def _word(one: Any) -> str:
    return new_id().hex[-(min(one.max_length or 12, 12)) :]
