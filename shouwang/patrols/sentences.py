"""What acts on patrols are called."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import Text, name_by, say
from shouwang.patrols.models import Partner, Party
from shouwang.people.models import Person

PARTIES: Mapping[str, Text] = dict(Party.choices)


def _people(ids: set[UUID]) -> Mapping[UUID, Text]:
    """Staff by their account, partners without one by their file: a name that was erased is gone here, too."""
    return {
        **dict(Partner.objects.filter(pk__in=ids).values_list("pk", "name")),
        **dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")),
    }


name_by("patroller", _people)

say("patrol.plan", _("{who} planned the patrol"))
say("patrol.change", _("{who} changed the plan"))
say("patrol.set_point", _("{who} added the place {point}"))
say("patrol.drop_point", _("{who} took the place {point} out"))
say("patrol.take_beat", _("{who} took over {n} places of the beat"))
say("patrol.pause", _("Call {number} pulls {unit} off; the patrol of this crew waits"), unit="unit")
say("patrol.go_on", _("{unit} is free again: {n} places are left"), unit="unit")
say("patrol.put_on", _("{who} put {whom} on the patrol"), whom="patroller")
say("patrol.take_off", _("{who} took {whom} off the patrol"), whom="patroller")
say("patrol.pair", _("{who} paired {whom} with {buddy}"), whom="patroller", buddy="patroller")
say("patrol.stand_in", _("{who} let {whom} stand in for {other}"), whom="patroller", other="patroller")
say("patrol.brief", _("{who} briefed the patrol: {n} people"))
say("patrol.start", _("{who} let the patrol begin"))
say("patrol.close", _("{who} closed the patrol: {n} people, {minutes} minutes"))
say("patrol.review", _("{who} reviewed it: {learnt}"))
say("patrol.take_back", _("{who} took the last step back: {reason}"))
say("patrol.not_held", _("{who} noted that it was not held: {reason}"))
say("patrol.step_on", _("{whom} began"), whom="patroller")
say("patrol.mark", _("{whom} was at {point}"), whom="patroller")
say("patrol.skip", _("{whom} left {point} out: {reason}"), whom="patroller")
say("patrol.know", _("{who} took note that {whom} left {point} out"), whom="patroller")
say("patrol.safe", _("{whom}: all is well"), whom="patroller")
say("patrol.help", _("{whom} called for help; the desk has call {number}"), whom="patroller")
say("patrol.step_off", _("{whom} ended after {minutes} minutes"), whom="patroller")
say("patrol.sign_off", _("{who} signed for the hours of {whom}"), whom="patroller")
say("partner.keep", _("{who} kept the file of {party}"), party=PARTIES)
say("partner.end", _("{who} ended the file of {party}"), party=PARTIES)
say("series.keep", _("{who} set up {series} for every evening"))
say("series.end", _("{who} ended {series}"))
say("link.keep", _("{who} laid down that {squad} supports {station}"))
say("link.command", _("{who} gave command to {whom}"), whom="patroller")
