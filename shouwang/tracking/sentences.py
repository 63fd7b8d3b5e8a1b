"""What acts on tracks are called. Positions themselves are no acts and have no entries."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.tracking.pipeline.notice import NOTICED
from shouwang.tracking.tracks import PURPOSES

say("track.read", _("{who} read where {unit} was ({purpose}): {reason}"), unit="unit", purpose=PURPOSES)
say("track.hold", _("{who} held a track of {unit}: {reason}"), unit="unit")
say(
    "track.bring", _("{who} brought a track of {unit} as a file: {n_kept} positions kept, {n_dropped} not"), unit="unit"
)
say("track.notice", _("{unit} {what}"), unit="unit", what=NOTICED)
