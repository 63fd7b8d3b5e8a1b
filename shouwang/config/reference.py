"""Pages of docs/reference/ that belong to no app: every error a person can be shown, every command."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from django.utils import translation

import shouwang
from shouwang.config.command_line import overview
from shouwang.core.problem import Problem, problem_classes

OF_TESTS = (".tests", ".migrations", ".testing", ".conftest")


def errors_page() -> str:
    """Every problem by its code: the status of the answer, and what is said in Chinese and in English."""
    _read_everything()
    rows = [
        "# Errors",
        "",
        "Every refusal that a page, the API or the command line can answer with. `{…}` is filled in.",
        "",
        "| code | status | 中文 | English |",
        "|---|---|---|---|",
    ]
    known = {one.code: one for one in problem_classes() if one.__module__.startswith("shouwang.")}
    for code, problem in sorted(known.items()):
        if not any(part in problem.__module__ for part in OF_TESTS):
            rows.append(f"| `{code}` | {problem.status} | {_said(problem, 'zh-hans')} | {_said(problem, 'en')} |")
    return "\n".join(rows) + "\n"


def commands_page() -> str:
    """What `bin/shouwang --help` prints."""
    return f"# Commands\n\n```\n{overview()}\n```\n\n`bin/shouwang COMMAND --help` explains one of them.\n"


def _said(problem: type[Problem], language: str) -> str:
    with translation.override(language):
        return str(problem.says).replace("|", "\\|").replace("\n", " ")


def _read_everything() -> None:
    """Import every module, so that every problem is known."""
    for module in walk_packages(shouwang.__path__, "shouwang."):
        if not any(part in module.name for part in (*OF_TESTS, ".config.commands", ".config.wsgi")):
            import_module(module.name)
