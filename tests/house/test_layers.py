"""Imports and foreign keys go down: the order of docs/architecture.md, and neighbours never know each other."""

import ast

import pytest
from django.apps import apps

from tests.house.tree import files, name

LAYERS: list[set[str]] = [  # from low to high; what stands on one line never imports its neighbour
    {"core"},
    {"solvers", "ui"},
    {"journal"},
    {"places"},
    {"people"},
    {"territory", "evidence"},
    {"registry"},
    {"matters"},
    {"kinds", "duty"},
    {"tracking"},
    {"dispatch"},
    {"planning", "rounds", "command", "beats"},
    {"patrols"},
    {"notices"},
    {"insight"},
    {"oversight", "connections"},
    {"desk", "field", "portal", "api", "administration"},
    {"demo"},
    {"config"},
]
HEIGHT = {app: height for height, layer in enumerate(LAYERS) for app in layer}


def app_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "shouwang" else ""


def faults_of(source: str, module: str) -> list[str]:
    """Imports in `source` that go up, or to a neighbour."""
    mine = app_of(module)
    found = []
    for node in ast.walk(ast.parse(source)):
        targets = []
        if isinstance(node, ast.Import):
            targets = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            targets = [node.module]
        for target in targets:
            other = app_of(target)
            if not other:
                continue
            if other == mine:
                own = module.split(".")[:3], target.split(".")[:3]
                siblings = mine in {"kinds", "connections"} and len(own[1]) > 2 and own[0] != own[1]
                if siblings and len(own[0]) > 2:
                    found.append(f"{module} imports its sibling {target}")
                continue
            if HEIGHT[other] >= HEIGHT[mine]:
                found.append(f"{module} (line {HEIGHT[mine]}) imports {target} (line {HEIGHT[other]})")
    return found


def modules() -> list[tuple[str, str]]:
    found = []
    for path in files(".py"):
        short = name(path)
        parts = short.removesuffix(".py").split("/")
        if parts[0] == "shouwang" and len(parts) > 2 and not {"tests", "migrations"} & set(parts):
            found.append((".".join(parts), path.read_text(encoding="utf8")))
    return found


def test_every_app_has_its_line():
    assert {app_of(module) for module, _ in modules()} <= HEIGHT.keys()


def test_imports_go_down():
    assert [fault for module, source in modules() for fault in faults_of(source, module)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("shouwang.matters.steps", "from shouwang.dispatch.core import Board"),
        ("shouwang.desk.pages", "from shouwang.field.views import now"),
        ("shouwang.kinds.incident.kind", "from shouwang.kinds.dispute.kind import KIND"),
        ("shouwang.kinds.incident.kind", "import shouwang.duty.models"),
    ],
)
def test_an_import_that_goes_up_is_found(module, source):
    assert faults_of(source, module)


def test_foreign_keys_go_down():
    found = []
    for model in apps.get_models():
        mine = app_of(model.__module__)
        for field in model._meta.local_fields:
            other = app_of(field.related_model.__module__) if field.related_model else ""
            if mine and other and other != mine and HEIGHT[other] >= HEIGHT[mine]:
                found.append(f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}")

    assert found == []
