"""Telling somebody something: a notice is put into the outbox in the transaction of what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shouwang.duty.models import Crew
from shouwang.matters.models import Matter, Party
from shouwang.notices.models import Channel, Notice, NoticeState, RecipientKind
from shouwang.notices.quiet_hours import first_allowed
from shouwang.notices.wordings import ALLOWED, WORDINGS, Wording
from shouwang.people.models import Person

NOT_COUNTED = (NoticeState.WITHHELD,)


@dataclass(frozen=True)
class To:
    """Whom: a person with an account, or a party of a matter."""

    kind: RecipientKind
    id: UUID
    language: str = "zh-hans"
    quiet: bool = False

    @classmethod
    def person(cls, person: UUID, language: str = "zh-hans") -> To:
        return cls(RecipientKind.PERSON, person, language)

    @classmethod
    def party(cls, party: Party) -> To:
        return cls(RecipientKind.PARTY, party.id, quiet=party.quiet)


def tell(
    *,
    to: To,
    wording: str,
    at: dt.datetime,
    matter: UUID | None = None,
    channel: Channel | None = None,
    life_safety: bool = False,
    **values: Any,
) -> Notice:
    """Put one notice into the outbox, in the caller's transaction. What may not be sent is kept as withheld, with why.

    values  what the wording names, and nothing besides: reference, minutes, number
    """
    words = WORDINGS[wording]
    _check(words, values)
    channel = channel or _channel(words, to)
    notice = Notice(
        recipient_kind=to.kind, recipient=to.id, matter=matter, wording=wording, values=values, language=to.language,
        channel=channel, life_safety=life_safety, queued_at=at,
    )  # fmt: skip
    why = _withheld(notice, words, to)
    if why:
        notice.state, notice.why = NoticeState.WITHHELD, why
    elif channel == Channel.IN_APP:
        notice.state, notice.delivered_at = NoticeState.DELIVERED, at
    else:
        any_hour = life_safety or words.at_night
        notice.next_try_at = at if any_hour else first_allowed(at)
    notice.save(force_insert=True)
    if notice.next_try_at is not None and notice.next_try_at <= at:
        _send_soon()
    return notice


def tell_parties(
    matter: Matter, wording: str, *, at: dt.datetime, roles: tuple[str, ...] = ("caller", "reporter"), **values: Any
) -> list[Notice]:
    """Tell whoever reported the matter: outside by number or mail, and inside where he has an account."""
    words = WORDINGS[wording]
    inside = wording if words.inside is None else words.inside
    told = []
    for party in matter.parties.filter(role__in=roles):
        if party.identity and words.channels != {Channel.IN_APP}:
            told.append(tell(to=To.party(party), wording=wording, matter=matter.id, at=at, **values))
        if party.person and inside and not party.quiet:
            to = To.person(party.person, _language_of(party.person))
            told.append(
                tell(to=to, wording=inside, matter=matter.id, at=at, channel=Channel.IN_APP, **_known(inside, matter))
            )
    return told


def _known(wording: str, matter: Matter) -> dict[str, Any]:
    known = {"reference": matter.reference, "number": matter.number}
    return {name: known[name] for name in WORDINGS[wording].names}


def tell_crew(unit: UUID, wording: str, *, at: dt.datetime, matter: UUID | None = None, **values: Any) -> list[Notice]:
    """Tell everybody on the unit's crew at this instant, by message and by call; one notice each."""
    crew = Crew.objects.filter(shift__unit=unit, shift__during__contains=at, during__contains=at)
    return [
        tell(to=To.person(person), wording=wording, at=at, matter=matter, channel=channel, life_safety=True, **values)
        for person in crew.order_by("-lead", "id").values_list("person", flat=True)
        for channel in (Channel.SMS, Channel.VOICE)
        if channel in WORDINGS[wording].channels
    ]


def _check(words: Wording, values: dict[str, Any]) -> None:
    made_when_sent = {"link", "code"} if words.link else set()
    if set(values) - ALLOWED or set(values) | made_when_sent < words.names or set(values) - words.names:
        raise ValueError(f"“{words.key}” needs {sorted(words.names)} and is given {sorted(values)}")


def _channel(words: Wording, to: To) -> Channel:
    if words.channels == {Channel.IN_APP} or (to.kind == RecipientKind.PERSON and Channel.IN_APP in words.channels):
        return Channel.IN_APP
    return Channel.ANY


def _withheld(notice: Notice, words: Wording, to: To) -> str:
    if to.quiet:
        return "wishes_no_contact"
    before = Notice.objects.filter(
        recipient=notice.recipient, wording=notice.wording, matter=notice.matter, channel=notice.channel
    ).exclude(state__in=NOT_COUNTED)
    if notice.matter is not None and words.at_most < 1000 and before.count() >= words.at_most:
        return "said_already"
    return ""


def _language_of(person: UUID) -> str:
    return Person.objects.filter(id=person).values_list("language", flat=True).first() or "zh-hans"


def _send_soon() -> None:
    from shouwang.notices.tasks import send_what_is_due

    send_what_is_due.defer()
