"""No file or function grows over the limits of docs/style.md."""

import ast

import pytest

from tests.house.tree import files, name

LIMITS = {".py": 400, ".js": 300, ".css": 400, ".html": 200}
FUNCTION_LINES = 60
ARGUMENTS = 8


def too_long() -> list[str]:
    found = []
    for suffix, limit in LIMITS.items():
        for path in files(suffix):
            if "migrations" in path.parts:
                continue
            lines = len(path.read_text(encoding="utf8").splitlines())
            if lines > limit:
                found.append(f"{name(path)}: {lines} lines, limit {limit}")
    return found


def test_no_file_is_over_its_limit():
    assert too_long() == []


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many arguments, `by` and `at` and self not counted: every verb function has the first two."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in named if one.arg not in {"self", "cls", "by", "at"}])


def faults_of(source: str, where: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{where}:{node.lineno} {node.name} has {lines} lines, limit {FUNCTION_LINES}")
            if arguments(node) > ARGUMENTS:
                found.append(f"{where}:{node.lineno} {node.name} has {arguments(node)} arguments, limit {ARGUMENTS}")
    return found


def test_no_function_is_over_its_limit():
    found = []
    for path in files(".py"):
        if "migrations" not in path.parts:
            found += faults_of(path.read_text(encoding="utf8"), name(path))

    assert found == []


@pytest.mark.parametrize("bad", ["def f(a, b, c, d, e, f, g, h, i): ...", "def f():\n" + "    x = 1\n" * 60])
def test_a_function_over_the_limit_is_found(bad):
    assert faults_of(bad, "planted")
