"""Calls to duty that the person with the phone has not acknowledged yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language

from shouwang.duty.mobilising.calling import calls_to
from shouwang.people.models import Person
from shouwang.ui import words


def called_for(person: Person, at: dt.datetime) -> list[dict[str, Any]]:
    """Where, when and why, in the reader's language."""
    language = get_language() or "zh-hans"
    return [
        {
            "id": str(one.pk), "when": words.moment(one.mobilisation.assemble_at, at, language),
            "place": one.mobilisation.place_text, "why": one.mobilisation.reason, "office": one.mobilisation.area.name,
        }
        for one in calls_to(person.pk, at)
    ]  # fmt: skip
