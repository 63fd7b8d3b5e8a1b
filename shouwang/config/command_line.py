"""The command line: one module per command in `commands/`, found by its file name (`import_osm.py` → `import-osm`).

A command module has
    a docstring whose first line is shown by `--help`
    `arguments(parser)` (optional) and `run(options) -> int | None`
    `ROLE = "jobs"`: its database role (default web); `None`: it needs neither Django nor a database
    `HIDDEN = True`: not listed;  `DATABASE = False`: Django, but no running database
Imports that cost time belong inside `run`.
"""

import argparse
import ast
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from shouwang.config.confining import confine
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import Environment, WrongSetting, current

COMMANDS = Path(__file__).parent / "commands"


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    name, rest = arguments[0], arguments[1:]
    if not _file(name).is_file() or name.startswith("_"):
        print(f"There is no command “{name}”. `bin/shouwang --help` lists them.", file=sys.stderr)
        return 2
    try:
        return call(name, rest)
    except (WrongSetting, NoDatabase) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def call(name: str, rest: list[str]) -> int:
    module = import_module(f"shouwang.config.commands.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"bin/shouwang {name}", description=module.__doc__)
    if hasattr(module, "arguments"):
        module.arguments(parser)
    options = argparse.Namespace(rest=rest) if getattr(module, "TAKES_ANYTHING", False) else parser.parse_args(rest)
    with ready_for(module):
        return int(module.run(options) or 0)


@contextmanager
def ready_for(module: ModuleType) -> Iterator[None]:
    """Django set up and the database running, as far as the command needs them; stopped again if it was not before."""
    role = getattr(module, "ROLE", "web")
    if role is None:
        yield
        return
    os.environ.setdefault("SHOUWANG_ROLE", role)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    environment = current()
    if environment.hidden:
        confine(environment.hidden)
    with running_database(environment) if getattr(module, "DATABASE", True) else _nothing():
        import django

        django.setup()
        yield


@contextmanager
def running_database(environment: Environment) -> Iterator[None]:
    if environment.database_url:
        yield
        return
    from shouwang.config.database.town import town_cluster

    cluster = town_cluster(environment)
    was_running = cluster.running()
    cluster.start()
    try:
        yield
    finally:
        if not was_running:
            _close_connections()
            cluster.stop()


def _close_connections() -> None:
    """Before the server is stopped, so that it need not cut them off."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def overview() -> str:
    """Every command with the first line of its docstring; read, not imported, so that it is quick."""
    lines = ["bin/shouwang COMMAND [--help]", ""]
    for path in sorted(COMMANDS.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text())
        if not _hidden(tree):
            says = (ast.get_docstring(tree) or "").partition("\n")[0]
            lines.append(f"  {path.stem.replace('_', '-'):16} {says}")
    return "\n".join(lines)


def _hidden(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "HIDDEN"
        for node in tree.body
    )


def _file(name: str) -> Path:
    return COMMANDS / f"{name.replace('-', '_')}.py"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
