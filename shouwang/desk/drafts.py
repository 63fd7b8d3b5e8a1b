"""A call being typed, kept until it is saved: what was said and where, never who said it.

Name and number of a caller belong behind the look (registry), so a draft does without them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.matters.drafts import drafts_of, keep_draft
from shouwang.matters.models import Draft

KEPT = ("subkind", "place_text", "chosen", "urgency", "words", "gist", "channel", "protected", "quiet")
TELLING = ("place_text", "words", "gist")  # without any of these nothing was said yet
SHOWN = 3


def keep(key: UUID, typed: Mapping[str, str], *, by: Actor, at: dt.datetime) -> Draft | None:
    """Keep what was typed under the key of the form; a form in which nothing was said is no draft."""
    said = {name: typed[name][:4000] for name in KEPT if typed.get(name)}
    if not any(said.get(name, "").strip() for name in TELLING):
        return None
    return keep_draft(key, kind="incident", typed=said, by=by, at=at)


def unfinished(by: Actor, at: dt.datetime, *, but: UUID | None = None) -> list[Draft]:
    """His own calls that were begun and not saved, newest first."""
    return [one for one in drafts_of(by, at) if one.kind == "incident" and one.pk != but][:SHOWN]


def initial_of(draft: Draft) -> dict[str, Any]:
    return {"key": draft.pk, **draft.typed}
