"""What comes over NOTIFY, read: news of one journal entry, or positions of units. Nothing else is passed on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class News:
    """One committed entry, as `journal.record` announces it."""

    topic: str
    subject: UUID
    verb: str
    entry: UUID

    @property
    def says(self) -> dict[str, str]:
        """What a browser is told: ids and words, never who or what."""
        return {"topic": self.topic, "subject": str(self.subject), "verb": self.verb, "entry": str(self.entry)}


@dataclass(frozen=True)
class Fixes:
    """Markers that moved: unit → what the map draws."""

    by_unit: dict[UUID, dict[str, Any]]


def read(payload: str) -> News | Fixes | None:
    """None for anything that was not written by us: a strange payload must not end the streams."""
    try:
        given = json.loads(payload)
        if given["topic"] == "position":
            return Fixes({UUID(fix["unit"]): fix for fix in given["fixes"]})
        return News(given["topic"], UUID(given["subject"]), given["verb"], UUID(given["entry"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
