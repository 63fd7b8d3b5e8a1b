"""Values made at the moment of sending: links and codes. They are told once and kept as a hash, never in the outbox."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from django.conf import settings

from shouwang.core.actor import Actor
from shouwang.matters.models import OneTimeCode
from shouwang.matters.receipts import CODE_LASTS, code_hash
from shouwang.notices.models import Notice, RecipientKind
from shouwang.people.granting import give_grant
from shouwang.people.models.grant import GrantKind
from shouwang.people.proofs import make_code

ANSWER_WITHIN = dt.timedelta(days=14)
Maker = Callable[[Notice, dt.datetime], dict[str, str]]
MAKERS: dict[str, Maker] = {}


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Register what makes the values of one kind of link; called in the transaction that takes a notice up."""

    def keep(maker: Maker) -> Maker:
        MAKERS[kind] = maker
        return maker

    return keep


def address(path: str) -> str:
    """A full address on this town's own domain (MSG-03: never another, never a shortener)."""
    here = settings.ENVIRONMENT
    return (here.address.rstrip("/") or f"http://{here.host}:{here.port}") + path


@makes("one_time_code")
def one_time_code(notice: Notice, at: dt.datetime) -> dict[str, str]:
    """Six digits, kept as a hash, for ten minutes: they prove a contact, or open a matter together with its receipt."""
    if notice.recipient_kind == RecipientKind.PROOF:
        return {"code": make_code(notice.recipient) or ""}
    if notice.matter is None:
        raise ValueError("a one-time code is about a matter")
    code = f"{secrets.randbelow(10**6):06d}"
    OneTimeCode.objects.create(
        matter=notice.matter, code_hash=code_hash(notice.matter, code), made_at=at, ends_at=at + CODE_LASTS
    )
    return {"code": code}


@makes("questionnaire")
def questionnaire_link(notice: Notice, at: dt.datetime) -> dict[str, str]:
    """Opens this one matter to whoever reads the message, for two weeks: to follow it and to answer."""
    if notice.matter is None:
        raise ValueError("a questionnaire is about a matter")
    _grant, token = give_grant(
        GrantKind.PARTY, subject=notice.matter, by=Actor.system(), at=at, ends_at=at + ANSWER_WITHIN
    )
    return {"link": address(f"/answer/{token}")}
