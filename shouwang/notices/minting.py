"""Values made at the moment of sending: links and codes. They are told once and kept as a hash, never in the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings

from shouwang.core.actor import Actor
from shouwang.notices.models import Notice
from shouwang.people.granting import give_grant
from shouwang.people.models.grant import GrantKind

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
    return settings.ENVIRONMENT.address.rstrip("/") + path


@makes("questionnaire")
def questionnaire_link(notice: Notice, at: dt.datetime) -> dict[str, str]:
    """Opens this one matter to whoever reads the message, for two weeks: to follow it and to answer."""
    if notice.matter is None:
        raise ValueError("a questionnaire is about a matter")
    _grant, token = give_grant(
        GrantKind.PARTY, subject=notice.matter, by=Actor.system(), at=at, ends_at=at + ANSWER_WITHIN
    )
    return {"link": address(f"/answer/{token}")}
