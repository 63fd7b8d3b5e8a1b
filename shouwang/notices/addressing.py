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
from shouwang.matters.models import Party
from shouwang.notices.channels import Letter, is_open
from shouwang.notices.minting import MAKERS
from shouwang.notices.models import Channel, Notice, NoticeState, OptOut, RecipientKind, StaffNumber
from shouwang.notices.opting_out import number_hash
from shouwang.notices.wordings import WORDINGS, short_message, text_of
from shouwang.people.models import Account, ContactProof
from shouwang.registry.bulk import Reach, reach_for_sending, reach_residents


@dataclass(frozen=True)
class Way:
    """One way to one recipient."""

    channel: Channel
    to: str
    protected: bool = False


def address_all(notices: list[Notice], *, by: Actor, at: dt.datetime) -> list[Letter]:
    """The letters of these notices; those without a way become withheld (not saved)."""
    reaches = _reaches(notices, by, at)
    letters = []
    for notice in notices:
        way, why = _way(notice, reaches.get(notice.id))
        if way is None:
            notice.state, notice.why, notice.next_try_at = NoticeState.WITHHELD, why, None
        else:
            notice.channel = way.channel
            letters.append(_letter(notice, way, _values(notice, at)))
    return letters


def _reaches(notices: list[Notice], by: Actor, at: dt.datetime) -> dict[UUID, Reach]:
    """Notice → how its recipient can be reached; asked once for each place where numbers lie."""
    found: dict[UUID, Reach] = {}
    for kind, kin in ((RecipientKind.RESIDENT, False), (RecipientKind.KIN, True)):
        mine = {notice.id: notice.recipient for notice in notices if notice.recipient_kind == kind}
        if mine:
            known = reach_residents(set(mine.values()), kin=kin, by=by, at=at)
            found |= {notice: known[resident] for notice, resident in mine.items() if resident in known}
    others = [one for one in notices if one.recipient_kind not in (RecipientKind.RESIDENT, RecipientKind.KIN)]
    identities = {one.id: identity for one in others if (identity := _identity(one))}
    if identities:
        told = reach_for_sending(set(identities.values()), by=by, at=at)
        found |= {notice: told[identity] for notice, identity in identities.items() if identity in told}
    return found


def _identity(notice: Notice) -> UUID | None:
    if notice.recipient_kind == RecipientKind.PARTY:
        party = Party.objects.filter(id=notice.recipient, quiet=False).first()
        return party.identity if party else None
    if notice.recipient_kind == RecipientKind.PROOF:
        return ContactProof.objects.filter(id=notice.recipient).values_list("identity", flat=True).first()
    if notice.recipient_kind == RecipientKind.HOLDER:
        return Account.objects.filter(person=notice.recipient).values_list("identity", flat=True).first()
    return StaffNumber.objects.filter(person=notice.recipient).values_list("identity", flat=True).first()


def _way(notice: Notice, reach: Reach | None) -> tuple[Way | None, str]:
    """The best way out, or why there is none."""
    if reach is None:
        return None, "no_number_or_mail"
    if reach.do_not_contact:
        return None, "wishes_no_contact"
    ways = _ways_to(reach, notice)
    return (ways[0], "") if ways else (None, "no_channel")


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
    sender = settings.ENVIRONMENT.service_name
    protected = (way.protected or _hidden(notice)) and WORDINGS[notice.wording].link != "one_time_code"
    if way.channel == Channel.SMS:
        text = short_message(notice.wording, values, sender=sender, language=notice.language, protected=protected)
    else:
        text = text_of(notice.wording, values, language=notice.language, protected=protected)
    return Letter(notice.id, way.channel, way.to, text, subject=sender)


def _hidden(notice: Notice) -> bool:
    """Whether this party asked to stay hidden in this matter, be it under a number he uses elsewhere too."""
    return Party.objects.filter(id=notice.recipient, protected=True).exists()
