"""REG-03, REG-09, REG-10: what the registers hold is a closed list, and some things no table holds at all."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps

from shouwang.registry import models
from shouwang.registry.lists import Category
from shouwang.registry.purging import PURGES
from tests.house.refused import words

KEPT = {"id", "source", "basis", "verified_at", "verify_by", "retain_until", "stale", "kept_by", "created_at"}
FINDING = {
    "grams",
    "place_grams",
    "doc_bucket",
    "doc_check",
    "phone_bucket",
    "phone_check",
    "tail_bucket",
    "tail_check",
}
PLACE = {"address", "address_text", "street", "area"}
CLOSED = {  # tables 3.3 to 3.5 and C23; a field more needs a purpose, a basis, an assessment and an end
    models.Resident: KEPT | FINDING | {
        "category", "name", "doc_kind", "doc_no_enc", "sex", "birth_date_enc", "phone_enc", "emergency_contact_enc",
        "look_for_me", "look_for_me_until", "key_number", "street", "area", "identity", "account",
    },
    models.Residence: KEPT | {
        "resident", "dwelling", "relation", "from_on", "to_on", "ended_on", "declared_by", "receipt_no",
    },
    models.Dwelling: KEPT | PLACE | {
        "building_use", "occupancy", "rooms", "beds", "let_for", "letting_no", "landlord_contact_enc", "last_check_on",
        "hazards", "key_number", "place_grams",
    },
    models.Organisation: KEPT | PLACE | {
        "unit_name", "credit_code", "unit_kind", "special_trade", "licence_no", "licence_expires_on",
        "unit_contact_enc", "staff_band", "has_guards", "fire_items", "key_number", "grams", "place_grams",
    },
}  # fmt: skip
NEVER = (  # REG-09, REG-10: each of these, anywhere in the schema
    "ethnicity", "ethnic", "minzu", "nation", "religion", "faith", "belief", "political", "party member", "hometown",
    "native place", "origin", "province of origin", "education", "degree", "schooling", "marital", "married", "spouse",
    "diagnosis", "illness", "disease", "disability kind", "pregnancy", "sexual", "orientation", "wechat", "qq", "weibo",
    "douyin", "social account", "friends", "income", "salary", "wage", "debt", "portrait", "selfie", "face",
    "biometric", "fingerprint of", "iris", "dna", "blood", "voiceprint",
)  # fmt: skip


def _fields() -> Iterator[str]:
    for model in apps.get_models():
        if model.__module__.startswith("shouwang."):
            yield from (f"{model._meta.label}.{field.name}" for field in model._meta.local_fields)


def never_in(names: Iterator[str] | list[str]) -> list[str]:
    return [f"{name}: {one}" for name in names for one in NEVER if _holds(words(name.partition(".")[2]), one.split())]


def _holds(there: list[str], wanted: list[str]) -> bool:
    return any(there[n : n + len(wanted)] == wanted for n in range(len(there) - len(wanted) + 1))


@pytest.mark.item("REG-03", "S-REG-003", "S-REG-015")
@pytest.mark.parametrize("model", CLOSED, ids=lambda model: model.__name__)
def test_a_register_holds_these_fields_and_no_other(model: type[models.Resident]) -> None:
    assert {field.name for field in model._meta.local_fields} == CLOSED[model]


@pytest.mark.item("REG-09", "REG-10", "ETH-05", "S-REG-011")
def test_some_things_no_table_holds() -> None:
    assert never_in(_fields()) == []


def test_control_each_of_them_is_found_when_somebody_plants_it() -> None:
    planted = [f"registry.Resident.{one.replace(' ', '_')}" for one in NEVER]

    assert {one.partition(": ")[2] for one in never_in(planted)} == set(NEVER)


@pytest.mark.item("REG-04")
def test_categories_are_of_the_registration_and_of_nothing_else() -> None:
    assert set(Category.values) == {"registered", "migrant", "unregistered", "abroad", "lodging", "other"}


@pytest.mark.item("REG-05", "PRI-05")
@pytest.mark.parametrize("model", [*CLOSED, models.Declaration], ids=lambda model: model.__name__)
def test_every_record_is_purged_on_its_own_day(model: type[models.Resident]) -> None:
    assert model._meta.label in {one.model for one in PURGES if one.retention == "register"}


@pytest.mark.item("ETH-10", "A1")
def test_pages_read_no_register_and_count_nothing_without_a_function() -> None:
    grants = import_module("shouwang.registry.grants").GRANTS
    for table in ("resident", "residence", "dwelling", "organisation", "declaration", "search", "looktoken"):
        for role in ("web", "portal", "read", "seal"):
            assert not {"SELECT", "UPDATE", "DELETE"} & set(grants[f"registry_{table}"][role].split(", ")), table
