"""Whoever is mobilised is told inside the application at once; who has not answered by message and by call."""

from __future__ import annotations

from shouwang.core.clock import now
from shouwang.duty.models import MobilisationCall
from shouwang.journal.reactions import EntryView, on
from shouwang.notices.models import Channel
from shouwang.notices.telling import To, tell


@on("mobilisation.ordered")
def tell_whom_it_calls(entry: EntryView) -> None:
    _tell(entry, "mobilised", Channel.IN_APP)


@on("mobilisation.chased")
def tell_who_has_not_answered(entry: EntryView) -> None:
    _tell(entry, "mobilised_waiting", Channel.SMS, Channel.VOICE)


def _tell(entry: EntryView, wording: str, *channels: Channel) -> None:
    at = now()
    open_still = MobilisationCall.objects.open(at).filter(mobilisation=entry.subject)
    for person, language in open_still.values_list("person", "person__language"):
        for channel in channels:
            tell(to=To.person(person, language), wording=wording, at=at, channel=channel, life_safety=True)
