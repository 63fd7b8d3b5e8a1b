"""Only `matters/steps.py` moves a matter: by what is imported, and by every assignment in the code."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import files, name

STEPS = "shouwang/matters/steps.py"
MAY_ENTER = {"shouwang/matters/intake.py"}  # puts a new matter into its first state
WRITES = {"update", "bulk_update", "update_or_create"}


def faults_of(path: str, source: str) -> list[str]:
    """Places where something but the engine writes the phase of a matter, or borrows its way of doing so."""
    if path == STEPS or "/migrations/" in path or "/tests/" in path:
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "shouwang.matters.steps" and path not in MAY_ENTER:
            found += [f"{path}:{node.lineno} imports enter" for one in node.names if one.name == "enter"]
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_state(node.attr, path):
            found.append(f"{path}:{node.lineno} assigns {node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            given = {word.arg for word in node.keywords} | {
                inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and inner.value == "phase"
            }
            found += [f"{path}:{node.lineno} writes phase by {node.func.attr}" for word in given if word == "phase"]
    return found


def _is_state(attribute: str, path: str) -> bool:
    """`phase` belongs to matters alone; `state` is also a word of devices and assignments elsewhere."""
    inside = path.startswith(("shouwang/matters/", "shouwang/kinds/"))
    return attribute == "phase" or (attribute == "state" and inside)


def test_only_steps_writes_the_state_of_a_matter():
    ours = [path for path in files(".py") if name(path).startswith("shouwang/")]
    faults = [fault for path in ours for fault in faults_of(name(path), path.read_text(encoding="utf8"))]

    assert faults == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("shouwang/desk/x.py", "from shouwang.matters.steps import enter"),
        ("shouwang/desk/x.py", "matter.phase = 'done'"),
        ("shouwang/kinds/x/effects.py", "taking.matter.state = 'closed'"),
        ("shouwang/matters/x.py", "Matter.objects.filter(pk=1).update(phase='void')"),
        ("shouwang/matters/x.py", "Matter.objects.bulk_update(rows, ['state', 'phase'])"),
    ],
)
def test_a_planted_shortcut_is_found(path, source):
    assert faults_of(path, source)
