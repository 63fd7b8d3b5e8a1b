"""What the platform must not do stays out: names, kinds, dependencies, words on screens, and the shape of tables."""

import json
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from shouwang.matters.kinds import kinds
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.registry.models import Identity
from shouwang.registry.models.look import MOST_IDENTITIES
from tests.house.refused import (
    EXCUSED,
    KINDS_THAT_MUST_NOT_EXIST,
    PACKAGES_THAT_RECOGNISE,
    REFUSALS,
    TERMS_NO_SCREEN_SAYS,
    Refusal,
    packages_in,
    words,
)
from tests.house.tree import ROOT, files, name

EACH = [pytest.param(one, id=one.id, marks=pytest.mark.item(one.id)) for one in REFUSALS]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("shouwang.")]


def schema_names() -> Iterator[str]:
    for model in MODELS:
        yield model._meta.db_table
        yield from (f"{model._meta.label}.{field.name}" for field in model._meta.local_fields)


def route_names(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.pattern} {pattern.name or ''}"
        else:
            yield from route_names(pattern, f"{before}{pattern.pattern} {pattern.namespace or ''} ")


def kind_names() -> Iterator[str]:
    """Kinds, what their calls are called, their steps, and every answer their forms keep."""
    for kind in kinds():
        yield kind.name
        yield from (f"{kind.name} {subkind}" for subkind in kind.subkinds)
        for step in kind.steps.values():
            yield f"{kind.name} {step.name}"
            yield from (f"{kind.name} {field}" for field in (step.form.base_fields if step.form else ()))


def all_names() -> list[str]:
    roles = [*ROLE_TABLE, *(verb.value for verb in Verb)]
    return [*schema_names(), *route_names(), *kind_names(), *roles]


@pytest.mark.parametrize("refusal", EACH)
def test_no_table_field_route_step_answer_role_or_verb_is_named_for_it(refusal: Refusal) -> None:
    assert refusal.found_in(all_names()) == []


@pytest.mark.parametrize("refusal", EACH)
def test_control_each_word_is_found_when_somebody_plants_it(refusal: Refusal) -> None:
    for phrase in refusal.phrases:
        camel = "".join(word.title() for word in phrase.split())
        snake, dashed = phrase.replace(" ", "_"), phrase.replace(" ", "-")
        planted = [f"registry.Identity.{snake}", f"desk/{dashed}/", f"thing{camel}"]
        assert refusal.found_in(planted) == planted


def test_every_source_of_names_gives_names() -> None:
    assert len(list(schema_names())) > 200
    assert len(list(route_names())) > 5
    assert len(list(kind_names())) > 20


def test_no_excuse_is_kept_for_a_name_that_is_gone() -> None:
    assert set(EXCUSED) <= set(schema_names())


@pytest.mark.item("ETH-01", "ETH-06", "ETH-07", "ETH-14")
def test_no_kind_exists_that_must_not() -> None:
    assert not {kind.name for kind in kinds()} & set(KINDS_THAT_MUST_NOT_EXIST)
    folders = {path.parent.name for path in files("kind.py")}
    assert not folders & set(KINDS_THAT_MUST_NOT_EXIST)


@pytest.mark.item("ETH-07")
def test_crowds_are_kept_without_cause_or_demand() -> None:
    """CFS-13: “gathering to petition” is no call of its own; 700 is crowd safety alone."""
    called = [subkind for kind in kinds() for subkind in kind.subkinds]

    assert any(one.startswith("crowd_safety") for one in called)
    assert not [one for one in called if {"petition", "gathering", "cause", "demand"} & set(words(one))]


LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]


@pytest.mark.item("ETH-02", "ETH-09")
@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_no_dependency_recognises_faces_voices_or_plates(lock: object) -> None:
    assert not packages_in(lock.read_text()) & PACKAGES_THAT_RECOGNISE  # type: ignore[attr-defined]


def test_control_a_planted_dependency_is_found() -> None:
    python = "django==5.2.19 \\\n    --hash=sha256:00\nface_recognition==1.3.0 \\\n    --hash=sha256:00\n"
    script = json.dumps({"packages": {"node_modules/@vladmandic/human": {}, "node_modules/htmx.org": {}}}, indent=1)

    assert packages_in(python) & PACKAGES_THAT_RECOGNISE == {"face-recognition"}
    assert packages_in(script) & PACKAGES_THAT_RECOGNISE == {"@vladmandic/human"}
    assert all(packages_in(lock.read_text()) for lock in LOCKS)


def said_on_screens() -> Iterator[tuple[str, str]]:
    for path in files(".po", ".html", ".py", ".js"):
        if name(path).startswith("shouwang/") and "/tests/" not in name(path):
            yield name(path), path.read_text()


def terms_in(text: str) -> list[str]:
    return [term for term in TERMS_NO_SCREEN_SAYS if term in text]


@pytest.mark.item(*sorted(set(TERMS_NO_SCREEN_SAYS.values())))
def test_no_screen_says_these_words() -> None:
    assert [(where, terms_in(text)) for where, text in said_on_screens() if terms_in(text)] == []


def test_control_a_planted_word_is_found() -> None:
    assert terms_in('msgstr "重点人员名单"') == ["重点人员"]


@pytest.mark.item("ETH-04", "ETH-11")
def test_positions_belong_to_units_on_shift_and_to_nobody_else() -> None:
    for model in apps.get_app_config("tracking").get_models():
        fields = {field.name: field for field in model._meta.local_fields}
        assert not set(fields) & {"person", "identity", "party", "resident", "device", "number"}, model
        if model._meta.object_name == "TrackKeeping":  # by whose word a matter keeps tracks; its archives name the unit
            assert not set(fields) & {"lon", "lat", "at", "during"}
            continue
        assert fields["unit"].null is False
        if {"lon", "lat"} <= set(fields):
            assert fields["shift"].null is False, "a position outside a shift is not kept"


@pytest.mark.item("ETH-05", "ETH-09", "ETH-13")
def test_what_is_told_about_oneself_is_a_closed_list() -> None:
    told = {field.name.removesuffix("_enc") for field in Identity._meta.local_fields if field.name.endswith("_enc")}

    assert told == {"name", "number", "address", "email"}


@pytest.mark.item("ETH-02")
def test_a_photo_belongs_to_a_matter_and_to_nobody_in_it() -> None:
    for model in apps.get_app_config("evidence").get_models():
        fields = {field.name for field in model._meta.local_fields}
        assert not fields & {"identity", "person", "shows", "pictured", "tags", "labels", "vector"}, model


@pytest.mark.item("ETH-10")
def test_pages_cannot_read_identities_and_a_look_names_few() -> None:
    grants = import_module("shouwang.registry.grants").GRANTS["registry_identity"]

    assert "SELECT" not in grants["web"] + grants["portal"] + grants["read"]
    assert MOST_IDENTITIES <= 20
    assert Verb.IDENTITY_LOOK not in ROLE_TABLE["grid_worker"].verbs | ROLE_TABLE["neighbourhood_contact"].verbs


@pytest.mark.item("ETH-10")
def test_only_the_registry_asks_for_identities() -> None:
    asking = [name(path) for path in files(".py") if "Identity.objects" in path.read_text()]
    allowed = ("shouwang/registry/", "tests/house/test_refusals.py")

    assert [path for path in asking if not path.startswith(allowed)] == []


@pytest.mark.item("ETH-10")
def test_no_address_leads_into_the_registry() -> None:
    assert not any("registry" in route or "identit" in route for route in route_names())


@pytest.mark.item("ETH-12")
def test_nothing_is_decided_against_anybody_without_a_hand() -> None:
    for kind in kinds():
        for step in kind.steps.values():
            assert step.by_hand or step.verb != Verb.MATTER_ENFORCE, f"{kind.name}.{step.name}"


@pytest.mark.item("ETH-08")
def test_no_setting_is_a_target_for_stops_fines_or_arrests() -> None:
    named = [field for field in settings.ENVIRONMENT.__dataclass_fields__ if "target" in field or "goal" in field]

    assert named == []


@pytest.mark.parametrize("refusal", EACH)
def test_the_page_of_refusals_says_what_stands_in_its_place(refusal: Refusal) -> None:
    page = (ROOT / "docs" / "refusals.md").read_text()
    (section,) = [part for part in page.split("\n## ") if part.startswith(refusal.id)]

    assert "**In its place.**" in section
    assert "**Kept out by.**" in section
