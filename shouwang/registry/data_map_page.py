"""The data map as a page of the reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.core.datamap import RETENTIONS

HEAD = """\
# Data map

What is held, why, on what basis, for how long, and what the person it speaks of may do with it.
Written by `bin/shouwang data-map` from the `data_map` of each model; a test compares.

| class of retention | days |
|---|---|
"""


def page(models: Iterable[Any]) -> str:
    """The whole page; models in order of their names, fields in order of declaration."""
    kept = {name: "as long as its row" if days is None else str(days) for name, days in RETENTIONS.items()}
    lines = [f"| `{name}` | {days} |" for name, days in kept.items()]
    sections = [_section(model) for model in sorted(models, key=lambda model: str(model._meta.label))]
    return HEAD + "\n".join(lines) + "\n" + "".join(sections)


def _section(model: Any) -> str:
    rows = [
        f"| `{name}` | {use.klass} | {use.purpose} | {use.basis} | {use.retention} | {use.rights} |"
        for name, use in model.data_map.items()
    ]
    head = f"\n## {model._meta.label}\n\n| field | class | purpose | basis | kept | rights |\n"
    return head + "|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
