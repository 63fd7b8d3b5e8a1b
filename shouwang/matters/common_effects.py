"""Effects that many kinds share: what was given is kept as facts, or told in the entry."""

from __future__ import annotations

from typing import Any

from shouwang.matters.kinds import Act, Taking

NOTHING: tuple[Any, ...] = (None, "", [])


def keep(*names: str) -> Act:
    """Keep these of what was given as facts of the matter, where they say something."""

    def put(taking: Taking) -> None:
        taking.matter.facts |= {
            name: plain(taking.given[name]) for name in names if taking.given.get(name) not in NOTHING
        }

    return put


def note(*names: str) -> Act:
    """Put these of what was given into the entry."""

    def put(taking: Taking) -> None:
        taking.noted |= {name: taking.given[name] for name in names if taking.given.get(name) not in NOTHING}

    return put


def plain(value: Any) -> Any:
    """As it can stand in facts."""
    return value.isoformat() if hasattr(value, "isoformat") else value
