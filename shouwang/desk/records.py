"""A record that a page shows, kept for its buttons: signed facts, so that pressing one is not another look.

It holds no name and no number. The database asks besides that this person looked within the hour (`change_record`).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.places.matching import match_address
from shouwang.places.models import Address
from shouwang.registry.lists import Category, DocumentKind, Register, Sex
from shouwang.registry.opening import Seen
from shouwang.registry.purposes import Purpose

SALT = "desk.record"
AN_HOUR = 3600
FACTS = ("area_id", "doc_kind", "state", "declarer", "receipt_no", "address_id", "kind", "decide_by", "happened_on")
SURE = 0.999


class LookedTooLongAgo(Problem):
    code, status = "desk.looked_too_long_ago", 409
    says = _("This page is more than an hour old. Find the record again, then do it.")


class WhichAddress(Problem):
    code, status = "desk.which_address", 422
    says = _(
        "This address is not known, or not precise enough: {possible}. Write it down to the room, or note a visit."
    )


def signed(seen: Seen, by: Actor) -> str:
    """What the buttons need of a record."""
    facts = {name: seen[name] for name in FACTS if seen[name] is not None}
    lived = [{name: one[name] for name in ("id", "relation", "from_on")} for one in seen["residences"] or ()]
    told = {"register": seen.register.value, "id": str(seen.id), "purpose": seen.purpose.value, "by": str(by.person_id)}
    return signing.dumps(told | {"facts": facts | {"residences": lived}}, salt=SALT, compress=True)


def facts_of(seen: Seen) -> list[tuple[Any, str]]:
    """A resident's record as lines of a page: what the look was given, in words."""
    sex = Sex(seen["sex"]).label if seen["sex"] in (Sex.MALE, Sex.FEMALE) else ""
    homes = [one["address_text"] for one in seen["residences"] or () if not one["ended_on"]]
    lines = [
        (_("Name, as on the document"), seen["name"]),
        (_("Kind of registration"), _label(Category, seen["category"])),
        (_("Document"), _label(DocumentKind, seen["doc_kind"])),
        (_("Document number"), seen["doc_no"]),
        (_("Born"), seen["birth_date"]),
        (_("Sex"), sex),
        (_("Telephone"), seen["phone"]),
        (_("Whom to call in an emergency"), seen["emergency_contact"]),
        (_("Registered addresses"), "；".join(homes)),
    ]
    return [(label, str(value)) for label, value in lines if value]


def _label(choices: type[TextChoices], value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""


def shown_again(request: HttpRequest) -> Seen:
    """The record whose page was pressed. Raises LookedTooLongAgo."""
    try:
        told = signing.loads(request.POST.get("seen", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature as fault:
        raise LookedTooLongAgo from fault
    if told["by"] != str(actor_of(request).person_id):
        raise LookedTooLongAgo
    return Seen(Register(told["register"]), UUID(told["id"]), Purpose(told["purpose"]), told["facts"])


def say_in(form: forms.Form, problem: Problem) -> int:
    """Put a problem beside its field, so that nothing typed is lost; the status of the answer."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return problem.status


def address_from(text: str, chosen: UUID | None) -> Address:
    """The one address that was chosen or that the words name. Raises WhichAddress."""
    if chosen:
        found = Address.objects.in_use().select_related("area").filter(pk=chosen).first()
        if found is not None:
            return found
    matches = match_address(text)
    sure = [one for one in matches if one.score >= SURE]
    if len(sure) == 1:
        return Address.objects.select_related("area").get(pk=sure[0].address.pk)
    raise WhichAddress(field="address_text", possible="、".join(one.address.full_text for one in matches[:3]) or "—")
