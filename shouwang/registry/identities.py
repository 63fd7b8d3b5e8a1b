"""Keeping what somebody tells about himself. Whoever keeps it cannot read it back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import check_phone, clean_line, half_width
from shouwang.core.ids import new_id
from shouwang.core.keyring import active_number
from shouwang.core.problem import Problem
from shouwang.registry.models import Identity
from shouwang.registry.sealing import number_index, seal_field

LONGEST_NAME = 60
LONGEST_ADDRESS = 200
LONGEST_EMAIL = 120


class NothingToldAboutOneself(Problem):
    code, status = "registry.nothing_told", 400
    says = _("Nothing was told: give at least a name, a number, an address or an e-mail, or leave this part out.")


class NotAnEmail(Problem):
    code, status = "registry.not_an_email", 400
    says = _("This does not read as an e-mail address. It should look like name@example.cn; or leave it empty.")


def keep_identity(
    *,
    name: str | None = None,
    number: str | None = None,
    address: str | None = None,
    email: str | None = None,
    protected: bool = False,
    do_not_contact: bool = False,
    at: dt.datetime,
) -> UUID:
    """The key of a new identity, in the caller's transaction. Identities do not change: a correction is a new one.

    Raises  NothingToldAboutOneself, BadPhone, NotAnEmail, TextTooLong
    """
    row = new_id()
    told = {
        "name": clean_line(name or "", LONGEST_NAME, field="name"),
        "number": check_phone(number) if number and number.strip() else "",
        "address": clean_line(address or "", LONGEST_ADDRESS, field="address"),
        "email": check_email(email or ""),
    }
    if not any(told.values()):
        raise NothingToldAboutOneself()
    Identity.objects.create(
        id=row,
        **{f"{field}_enc": seal_field(row, field, value) for field, value in told.items()},
        number_index=number_index(told["number"]),
        protected=protected,
        do_not_contact=do_not_contact,
        key_number=active_number(),
        created_at=at,
    )
    return row


def wish_no_contact(identity: UUID, wish: bool = True) -> None:
    """Mark that nothing may be sent to this person, or take the mark back; without reading who it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_wishes_no_contact(%s, %s)", [identity, wish])


def check_email(text: str) -> str:
    """Raises NotAnEmail; nothing stays nothing."""
    email = half_width(clean_line(text, LONGEST_EMAIL, field="email"))
    if not email:
        return ""
    try:
        EmailValidator()(email)
    except ValidationError:
        raise NotAnEmail(field="email") from None
    return email
