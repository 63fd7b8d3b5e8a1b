"""One recognisable row in every table of the registers, made from the models; what turns up of it is known again."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg.types.json import Jsonb

from shouwang.registry.grants import GRANTS
from shouwang.registry.linkage.grants import GRANTS as LINKED
from shouwang.registry.tests.attempting import CANARY, MARK, Session

TABLES = GRANTS | LINKED
NOT_YET = ("passed_at",)  # an odd look is its maker's alone until then
NAMES_OF_COLUMNS = ("fields", "act", "register")  # what a record is made of, told to anybody who works on it
MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model
    for app in ("registry", "linkage")
    for model in apps.get_app_config(app).get_models()
}  # fmt: skip


def marked() -> UUID:
    return UUID(MARK + str(uuid4())[len(MARK) :])


def plant_everywhere(owner: Session) -> dict[str, UUID]:
    """The key of the row planted in each table; areas and addresses are those of the town."""
    ((area,),) = owner.run("SELECT id FROM places_area ORDER BY duty_path DESC LIMIT 1")
    owner.run(
        "INSERT INTO places_address (id, number, path, element, name, full_text, searched, status, source)"
        " VALUES (gen_random_uuid(), 990001, '/990001/', 'room', '402', '402', '402', 'in_use', 'desk')"
    )
    ((address,),) = owner.run("SELECT id FROM places_address WHERE number = 990001")
    keys: dict[str, UUID] = {"places_area": area, "places_address": address}
    waiting = list(MODELS)
    while waiting:
        table = next(one for one in waiting if _above(MODELS[one]) <= keys.keys())
        waiting.remove(table)
        keys[table] = plant(owner, table, keys)
        owner.run(f"ANALYZE {table}")
    assert not owner.refusals, owner.refusals
    return keys


def plant(session: Session, table: str, keys: dict[str, UUID], *, recognisable: bool = True, **other: Any) -> UUID:
    """A row of `table`; with `recognisable` false one of nobody's, as an attacker would make it."""
    row = {field.column: _filled(field, keys, recognisable) for field in MODELS[table]._meta.concrete_fields} | other
    places = ", ".join(["%s"] * len(row))
    named = ", ".join(f'"{column}"' for column in row)
    session.run(f"INSERT INTO {table} ({named}) VALUES ({places})", list(row.values()))
    key = row[MODELS[table]._meta.pk.column]  # type: ignore[union-attr]
    return key if isinstance(key, UUID) else UUID(str(key))


def _above(model: type[models.Model]) -> set[str]:
    related = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
    return {one._meta.db_table for one in related if isinstance(one, type) and one is not model}


def _filled(field: models.Field[Any, Any], keys: dict[str, UUID], recognisable: bool) -> Any:
    told, text = (CANARY, CANARY.decode()) if recognisable else (b"x" * 40, uuid4().hex)
    if field.is_relation:
        return keys.get(field.related_model._meta.db_table)  # type: ignore[union-attr]
    if field.column in NOT_YET:
        return None
    if field.choices:
        return "" if field.blank else next(iter(field.flatchoices))[0]
    if field.column in NAMES_OF_COLUMNS:
        return ["name"] if isinstance(field, ArrayField) else "resident"
    if isinstance(field, ArrayField):
        return [_filled(field.base_field, keys, recognisable)]
    if isinstance(field, models.UUIDField):
        return marked() if recognisable else uuid4()
    now = dt.datetime.now(dt.UTC)
    made: dict[type[models.Field[Any, Any]], Any] = {
        models.BinaryField: told, models.TextField: text, models.CharField: text[: field.max_length or 40],
        models.BooleanField: False, models.DateTimeField: now, models.DateField: now.date(), models.FloatField: 0.5,
        models.JSONField: Jsonb([text]), models.IntegerField: 1,
    }  # fmt: skip
    return next(value for kind, value in made.items() if isinstance(field, kind))
