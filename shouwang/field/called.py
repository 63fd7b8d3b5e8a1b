"""What asks the person with the phone to answer: calls to duty, and the timer of his check-ins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language

from shouwang.duty.mobilising.calling import calls_to
from shouwang.duty.models import CheckIn, CheckInWhy
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


def check_in_of(person: Person) -> dict[str, Any] | None:
    """His running timer: by when he says that he is well, every how many seconds, and whether it is his to end."""
    row = CheckIn.objects.filter(person=person, ended_at__isnull=True).first()
    if row is None:
        return None
    return {
        "due": row.due_at.isoformat(), "every_s": row.every_s, "own": row.why == CheckInWhy.OWN,
        "why": str(row.get_why_display()),
    }  # fmt: skip
