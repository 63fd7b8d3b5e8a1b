"""A photo or spoken note that its matter takes no more, from a phone that is to be emptied: it has a step of its own.

The phone was lost, or the post has ended, and the matter is closed, full or no longer open to its author. The step lies
aside with the reason, and the file with the step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.models import Matter
from shouwang.matters.replay import phone_act

LATE_FILE = "evidence.late"


class FileCameLate(Problem):
    code, status = "field.file_late", 409
    says = _("This photo or spoken note came too late for its matter. It is kept aside for your lead.")


@phone_act(LATE_FILE)
def late_file(*, matter: Matter | None, given: Mapping[str, Any], by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """Always aside: what becomes of it is for a person to say. The file follows, as evidence of this step."""
    raise FileCameLate
