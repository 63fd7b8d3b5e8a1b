"""Drafts: an intake begun and not finished survives a closed window, for a day, for the person who typed it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.models import Draft
from shouwang.matters.persons import person_of
from shouwang.people.access import NotVisible

LIFE = dt.timedelta(days=1)
MOST, LARGEST = 20, 20_000  # drafts a person, characters a draft


class DraftTooLarge(Problem):
    code, status = "draft.too_large", 400
    says = _("This draft is too long to be kept. Save the matter, and add the rest as a note.")


def keep_draft(key: UUID, *, kind: str, typed: Mapping[str, Any], by: Actor, at: dt.datetime) -> Draft:
    """Keep what was typed under the key the page made. Nothing is recorded: it is no act yet. Raises DraftTooLarge."""
    if len(json.dumps(dict(typed), ensure_ascii=False)) > LARGEST:
        raise DraftTooLarge()
    if Draft.objects.filter(pk=key).exclude(person=person_of(by)).exists():
        raise NotVisible
    draft, _new = Draft.objects.update_or_create(
        id=key, defaults={"person": person_of(by), "kind": kind, "typed": dict(typed), "changed_at": at}
    )
    stale = Draft.objects.filter(person=person_of(by)).order_by("-changed_at").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(stale)).delete()
    return draft


def drafts_of(by: Actor, at: dt.datetime) -> list[Draft]:
    """His own, newest first, not older than a day."""
    return list(Draft.objects.filter(person=person_of(by), changed_at__gt=at - LIFE).order_by("-changed_at"))


def drop_draft(key: UUID, *, by: Actor) -> None:
    """Forget it: the matter was saved, or the person thought better of it."""
    Draft.objects.filter(pk=key, person=person_of(by)).delete()


def purge_drafts(at: dt.datetime) -> int:
    """Erase what is older than a day. How many."""
    return Draft.objects.filter(changed_at__lte=at - LIFE).delete()[0]
