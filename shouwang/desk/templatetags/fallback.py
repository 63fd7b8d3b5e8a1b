"""The local journal, drawn by the server in the reader's language and filled in the browser."""

from __future__ import annotations

from typing import Any

from django import template

from shouwang.matters.kinds import kind_of

register = template.Library()


@register.inclusion_tag("desk/fallback/_journal.html")
def local_journal(*, shell: bool = False) -> dict[str, Any]:
    """`shell`: there is no desk below it."""
    return {"shell": shell, "kinds": [sort.label for sort in kind_of("incident").subkinds.values()]}
