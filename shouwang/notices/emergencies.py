"""Who hears of an emergency look-up: who judges it, and whoever was looked at, or his family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shouwang.matters.models import Matter
from shouwang.notices.models import Channel, Notice, NoticeState, RecipientKind
from shouwang.notices.telling import To, tell
from shouwang.registry.emergencies import judges_over
from shouwang.registry.models import Emergency, Look, Resident
from shouwang.registry.purposes import Purpose

OPENED = "opened_in_emergency"


def tell_judges(emergency: Emergency, wording: str, *, at: dt.datetime, above: bool = False) -> list[Notice]:
    """In the application, at once: the nearest who may judge, or those above them."""
    reference = Matter.objects.filter(pk=emergency.matter).values_list("reference", flat=True).first() or "—"
    posts = judges_over(emergency.area, at, but=emergency.person, above=above)
    people = {post.person_id: post.person.language for post in posts}
    return [
        tell(
            to=To.person(person, language), wording=wording, matter=emergency.matter, at=at, channel=Channel.IN_APP,
            reference=reference,
        )
        for person, language in people.items()
    ]  # fmt: skip


def tell_who_was_opened(entry: UUID, *, at: dt.datetime) -> None:
    """The residents whom this look opened: in the account each has, and at his own number from eight o'clock on."""
    looks = Look.objects.filter(entry=entry, purpose=Purpose.EMERGENCY, matter__isnull=False)
    for resident, matter in looks.values_list("identity", "matter"):
        found = Matter.objects.filter(pk=matter).first() if matter else None
        if found is not None:
            _tell_resident(resident, found, at)


def tell_kin_instead(matter: UUID, *, at: dt.datetime) -> None:
    """Next of kin of those whom an emergency of this matter opened and who could not be told themselves."""
    found = Matter.objects.filter(pk=matter).first()
    opened = Look.objects.filter(matter=matter, purpose=Purpose.EMERGENCY).values_list("identity", flat=True)
    if found is None:
        return
    for resident in set(opened):
        if not _was_told(resident, found):
            tell(
                to=To(RecipientKind.KIN, resident), wording="kin_told_after", matter=matter, at=at,
                channel=Channel.SMS, reference=found.reference,
            )  # fmt: skip


def _tell_resident(resident: UUID, matter: Matter, at: dt.datetime) -> None:
    account = Resident.objects.filter(pk=resident).values_list("account", flat=True).first()
    told: dict[str, Any] = {"wording": OPENED, "matter": matter.pk, "at": at, "reference": matter.reference}
    if account:
        tell(to=To.person(account), channel=Channel.IN_APP, **told)
    tell(to=To(RecipientKind.RESIDENT, resident), channel=Channel.SMS, **told)


def _was_told(resident: UUID, matter: Matter) -> bool:
    account = Resident.objects.filter(pk=resident).values_list("account", flat=True).first()
    return _arrived(Notice.objects.filter(wording=OPENED, matter=matter.pk, recipient__in=[resident, account]))


def _arrived(notices: Iterable[Notice]) -> bool:
    """Not told is who has no number or whose message failed; one that still waits for the morning will come."""
    return any(one.state not in (NoticeState.WITHHELD, NoticeState.FAILED) for one in notices)
