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
say("track_keeping.ask", _("{who} asked to keep the tracks of the crews for {n_days} days: {reason}"))
say("track_keeping.approve", _("{who} agreed that the tracks of the crews are kept until {until}"))
say("track_keeping.refuse", _("{who} did not agree to keep the tracks of the crews"))
say("track_keeping.end", _("{who} ended the keeping of the tracks"))
say("track_archive.write", _("The track of {unit} was archived: {n_fixes} positions, SHA-256 {sha256}"), unit="unit")
say("track_archive.open", _("{who} opened the archived track of {unit}: {reason}"), unit="unit")
say("track_archive.destroy", _("The archived track of {unit} was destroyed, because its time was over"), unit="unit")
say("track.notice", _("{unit} {what}"), unit="unit", what=NOTICED)
