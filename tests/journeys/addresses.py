"""Every address there is, by its name in the table, with something that fits wherever it takes an argument."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOBODYS = UUID(int=7)


def patterns(found: Any = None, space: str = "") -> dict[str, tuple[str, URLPattern]]:
    """Name in the table → whole name, and the pattern with what its places take."""
    named: dict[str, tuple[str, URLPattern]] = {}
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            named |= patterns(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            whole = space + one.name
            named[":".join(whole.split(":")[-2:])] = (whole, one)
    return named


def address(name: str, key: UUID = NOBODYS) -> str:
    """With `key` wherever one belongs, 1 for a number, and a word elsewhere."""
    whole, pattern = patterns()[name]
    fits = {"UUIDConverter": key, "IntConverter": 1}
    places = pattern.pattern.converters
    return reverse(whole, kwargs={place: fits.get(type(kind).__name__, "none") for place, kind in places.items()})
