"""From a notice to letters: who may be written to, by which channel, and with what text.

The only module of notices that sees numbers and addresses, and only within the job that takes notices up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from shouwang.core.actor import Actor
from shouwang.core.chinese import is_mobile
from shouwang.duty.models import Crew
from shouwang.matters.models import Party
from shouwang.notices.channels import Letter, is_open
from shouwang.notices.minting import MAKERS
from shouwang.notices.models import Channel, Notice, NoticeState, OptOut, RecipientKind, StaffNumber
from shouwang.notices.opting_out import number_hash
from shouwang.notices.wordings import WORDINGS, text_of
from shouwang.registry.bulk import Reach, reach_for_sending


@dataclass(frozen=True)
class Way:
    """One way to one recipient."""

    channel: Channel
    to: str
    protected: bool = False


def address_all(notices: list[Notice], *, by: Actor, at: dt.datetime) -> list[Letter]:
    """The letters of these notices; those without a way become withheld (not saved)."""
    identities = {notice.id: _identities(notice, at) for notice in notices}
    wanted = {one for some in identities.values() for one in some}
    reach = reach_for_sending(wanted, by=by, at=at) if wanted else {}
    letters = []
    for notice in notices:
        ways, why = _ways(notice, [reach[one] for one in identities[notice.id] if one in reach])
        if not ways:
            notice.state, notice.why, notice.next_try_at = NoticeState.WITHHELD, why, None
            continue
        notice.channel = ways[0].channel
        values = _values(notice, at)
        letters += [_letter(notice, way, values) for way in ways]
    return letters


def signed(text: str) -> str:
    """With the sender in front, as short messages carry it here (MSG-01)."""
    return f"【{settings.ENVIRONMENT.service_name}】{text}"


def _identities(notice: Notice, at: dt.datetime) -> list[UUID]:
    if notice.recipient_kind == RecipientKind.PARTY:
        party = Party.objects.filter(id=notice.recipient).first()
        return [party.identity] if party and party.identity and not party.quiet else []
    persons = [notice.recipient]
    if notice.recipient_kind == RecipientKind.UNIT:
        crew = Crew.objects.filter(shift__unit=notice.recipient, shift__during__contains=at, during__contains=at)
        persons = list(crew.order_by("-lead", "id").values_list("person", flat=True))
    return list(StaffNumber.objects.filter(person__in=persons).values_list("identity", flat=True))


def _ways(notice: Notice, reaches: list[Reach]) -> tuple[list[Way], str]:
    """All that are used, best first, or why there is none. The crew of a unit is reached by everything there is."""
    if not reaches:
        return [], "no_number_or_mail"
    if all(reach.do_not_contact for reach in reaches):
        return [], "wishes_no_contact"
    found = [way for reach in reaches if not reach.do_not_contact for way in _ways_to(reach, notice)]
    if not found:
        return [], "no_channel"
    return (found if notice.recipient_kind == RecipientKind.UNIT else found[:1]), ""


def _ways_to(reach: Reach, notice: Notice) -> list[Way]:
    allowed = [notice.channel] if notice.channel != Channel.ANY else list(WORDINGS[notice.wording].channels)
    ways = []
    if reach.number and not _opted_out(reach.number, notice):
        if Channel.SMS in allowed and is_mobile(reach.number) and is_open(Channel.SMS):
            ways.append(Way(Channel.SMS, reach.number, reach.protected))
        if Channel.VOICE in allowed and is_open(Channel.VOICE):
            ways.append(Way(Channel.VOICE, reach.number, reach.protected))
    if reach.email and Channel.MAIL in allowed and is_open(Channel.MAIL):
        ways.append(Way(Channel.MAIL, reach.email, reach.protected))
    return ways


def _opted_out(number: str, notice: Notice) -> bool:
    """Who answered “stop” hears nothing more; a code he asks for and danger to life are not held back."""
    if notice.life_safety or WORDINGS[notice.wording].link == "one_time_code":
        return False
    return OptOut.objects.filter(number_hash=number_hash(number)).exists()


def _values(notice: Notice, at: dt.datetime) -> dict[str, str]:
    kind = WORDINGS[notice.wording].link
    made = MAKERS[kind](notice, at) if kind else {}
    return {name: str(value) for name, value in notice.values.items()} | made


def _letter(notice: Notice, way: Way, values: dict[str, str]) -> Letter:
    code = WORDINGS[notice.wording].link == "one_time_code"
    text = text_of(notice.wording, values, language=notice.language, protected=way.protected and not code)
    if way.channel == Channel.VOICE:
        return Letter(notice.id, way.channel, way.to, text)
    return Letter(notice.id, way.channel, way.to, signed(text), subject=settings.ENVIRONMENT.service_name)
