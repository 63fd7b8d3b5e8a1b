"""Rows planted on a piece of ground: what is not told is filled with something that fits, and lies on that ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import models
from django.db.models.fields import NOT_PROVIDED
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.demo.world import World
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter
from shouwang.people.models import Person
from shouwang.places.models import Area

PLACE = {"lon": 111.4292, "lat": 27.6831, "west": 111.42, "south": 27.68, "east": 111.43, "north": 27.69}
numbers = count(700)
Planted = dict[str, Any]  # what an address takes and its form needs
PLANT: dict[str, Callable[[Ground], Planted]] = {}  # by kind


@dataclass
class Ground:
    """A piece of ground in a world, and whose the things on it are."""

    world: World
    area: Area
    person: Person
    at: dt.datetime = field(default_factory=clock.now)

    def plant(self, model: Any, **known: Any) -> Any:
        """A row of `model`; its parents are planted too where nobody names them."""
        told = {one.name: self._fill(one) for one in model._meta.concrete_fields if one.name not in known and asks(one)}
        return model._default_manager.create(**told, **known)

    def hours(self, number: int) -> Any:
        """So many hours that are just over."""
        return TimestamptzRange(self.at - dt.timedelta(hours=number), self.at)

    def matter(self, kind: str, state: str, phase: str = "new", **known: Any) -> Any:
        """A matter of that kind in that state."""
        reference = f"planted {next(numbers)}"
        told = {"reference": reference, "kind": kind, "state": state, "phase": phase} | known
        return self.plant(Matter, responsible=self.world.shen.post, **told)

    def call(self) -> Matter:
        """A call as it comes in; of the ground of the cast."""
        return call(self.world)

    def _fill(self, one: models.Field[Any, Any]) -> Any:
        if isinstance(one, models.ForeignKey | models.OneToOneField):
            whole: Any = one.related_model
            return {Area: self.area, Person: self.person}.get(whole) or self.plant(whole)
        if one.name in ("duty_path", "government_path"):
            return getattr(self.area, one.name)
        if one.name in PLACE:
            return PLACE[one.name]
        if one.flatchoices:
            return one.flatchoices[0][0]
        later = self.at + dt.timedelta(hours=2 if one.name.startswith("end") or one.name == "until" else 0)
        fits: dict[str, Any] = {
            "UUIDField": new_id(), "DateTimeField": later, "DateField": clock.local_date(later),
            "TimeField": dt.time(9 + (one.name == "ends")), "BinaryField": bytes(32), "JSONField": {},
            "DateTimeRangeField": TimestamptzRange(self.at - dt.timedelta(hours=1), None), "BooleanField": False,
            "ArrayField": [], "CharField": f"x{next(numbers)}", "TextField": "x", "FloatField": 0.5,
        }  # fmt: skip
        return fits.get(one.get_internal_type(), next(numbers) if one.unique else 1)


def call(world: Any) -> Matter:
    """Two fight in Qiaoxi 04, and somebody rings."""
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=(PLACE["lon"], PLACE["lat"]),
        subkind="order.fight", gist="吵架", told=Told(number="13800000000"),
    )  # fmt: skip


def asks(one: models.Field[Any, Any]) -> bool:
    """Whether a row cannot be without it."""
    if one.name in ("duty_path", "government_path"):
        return True
    if one.name == "area" and isinstance(one, models.ForeignKey):
        return True
    empty = one.null or one.default is not NOT_PROVIDED or (one.blank and one.get_internal_type() == "CharField")
    return (not empty and not one.primary_key) or (isinstance(one, models.OneToOneField) and one.primary_key)


def keys(key: Any, **more: Any) -> dict[str, Any]:
    """What an address takes, of rows: their keys."""
    plain = {"key": key, **more}
    return {name: one.pk if isinstance(one, models.Model) else one for name, one in plain.items()}


def kind(name: str) -> Callable[[Callable[[Ground], Planted]], Callable[[Ground], Planted]]:
    """Keeps what plants a thing of that kind."""

    def keep(plant: Callable[[Ground], Planted]) -> Callable[[Ground], Planted]:
        PLANT[name] = plant
        return plant

    return keep


def plainly(name: str, model: Any, **known: Any) -> None:
    """A kind of which one row is enough."""
    PLANT[name] = lambda ground: keys(ground.plant(model, **known))
