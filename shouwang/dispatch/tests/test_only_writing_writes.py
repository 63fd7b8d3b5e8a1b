"""Nobody but `dispatch/writing.py` writes an assignment, and that one only from what the core returned."""

import ast
from pathlib import Path

import shouwang

PACKAGE = Path(shouwang.__file__).parent
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete", "save"}
ALLOWED = {"dispatch/writing.py"}
PURE = ("board.py", "core.py", "effects.py", "events.py")


def faults_of(source: str) -> list[str]:
    """Places that make an Assignment, or write through its manager or through something called like one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, act = called.rpartition(".")
        if called.split(".")[-1] == "Assignment" and called != "ast.Assignment":
            found.append(f"line {node.lineno}: makes an Assignment")
        if act in WRITES and ("Assignment.objects" in owner or owner.split(".")[-1] in {"assignment", "task"}):
            found.append(f"line {node.lineno}: {called}")
    return found


def test_only_writing_writes_an_assignment():
    found = []
    for path in PACKAGE.rglob("*.py"):
        short = path.relative_to(PACKAGE).as_posix()
        if "/tests/" in short or "/migrations/" in short or short in ALLOWED:
            continue
        found += [f"{short} {fault}" for fault in faults_of(path.read_text(encoding="utf8"))]

    assert found == []


def test_a_write_beside_it_is_found():
    assert faults_of("Assignment(matter=m, unit=u).save()")
    assert faults_of("Assignment.objects.filter(unit=u).update(state='cleared')")
    assert faults_of("assignment.save()")


def test_writing_takes_nothing_but_effects_and_only_after_a_decision():
    """`carry_out` is the one function it offers, and only where the core was asked just before."""
    source = (PACKAGE / "dispatch/writing.py").read_text(encoding="utf8")
    offered = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    assert [name for name in offered if not name.startswith("_")] == ["carry_out"]

    callers = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "/tests/" not in path.as_posix() and "carry_out(" in path.read_text(encoding="utf8")
    ]
    assert sorted(callers) == ["dispatch/dispatching.py", "dispatch/writing.py"]
    asking = (PACKAGE / "dispatch/dispatching.py").read_text(encoding="utf8")
    assert asking.count("carry_out(") == 1
    assert asking.index("outcome = decide(") < asking.index("carry_out(outcome[1]")


def test_the_core_knows_no_django_no_clock_and_no_database():
    for name in PURE:
        source = (PACKAGE / "dispatch" / name).read_text(encoding="utf8")
        imported = {
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not [module for module in imported if module.startswith(("django", "psycopg", "time", "random"))]
        assert {module for module in imported if module.startswith("shouwang")} <= {
            "shouwang.dispatch",
            "shouwang.dispatch.board",
            "shouwang.dispatch.effects",
        }
        assert ".now(" not in source
