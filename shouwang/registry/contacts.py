"""A number or mailbox that somebody wants to prove as his own: read, kept as an identity, a code sent to it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import BadPhone, check_phone, half_width, is_mobile, mask_number
from shouwang.people.models import ContactProof
from shouwang.people.models.account import ContactKind, ProofPurpose
from shouwang.people.proofs import Contact, ask_proof, contact_hash, refuse_flood
from shouwang.registry.identities import NotAnEmail, check_email, keep_identity


class NotAContact(BadPhone):
    code = "registry.not_a_contact"
    says = _("This is neither a mobile number (11 digits, 13 to 19) nor an e-mail address. Messages must reach it.")


def tidy_contact(text: str) -> tuple[ContactKind, str]:
    """Kind and plain form: full-width digits, spaces and +86 do not matter. Raises NotAContact"""
    typed = half_width(text).strip()
    try:
        if "@" in typed:
            return ContactKind.MAIL, check_email(typed).lower()
        number = check_phone(typed)
    except (BadPhone, NotAnEmail):
        number = ""
    if not is_mobile(number):
        raise NotAContact(field="contact")
    return ContactKind.MOBILE, number


def masked(kind: ContactKind, contact: str) -> str:
    """What its holder recognises and nobody else can use."""
    if kind == ContactKind.MOBILE:
        return mask_number(contact)
    name, _at, host = contact.partition("@")
    return f"{name[:1]}***@{host}"


def begin_proof(text: str, purpose: ProofPurpose, *, source: str, by: Actor, at: dt.datetime) -> ContactProof:
    """Keep the contact and have a code sent to it. Raises NotAContact, TooManyCodes"""
    kind, contact = tidy_contact(text)
    hashed = contact_hash(contact)
    refuse_flood(hashed, source=source, at=at)
    with acting(by):
        mobile = kind == ContactKind.MOBILE
        identity = keep_identity(number=contact if mobile else None, email=None if mobile else contact, at=at)
        told = Contact(kind, hashed, identity, masked(kind, contact))
        return ask_proof(told, purpose, source=source, by=by, at=at)
