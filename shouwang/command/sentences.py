"""What acts of linkage are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Answer, Branch, ClipState, RoundPurpose
from shouwang.journal.sentences import say

BRANCHES = dict(Branch.choices)
ANSWERS = dict(Answer.choices)

say("linkage.ask", _("{branch} was asked to act along"), branch=BRANCHES)
say("linkage.answer", _("{who} answered for {branch}: {answer}"), branch=BRANCHES, answer=ANSWERS)
say("linkage.pass", _("{branch} did not answer in time; it is with the duty lead"), branch=BRANCHES)
say("linkage.settle", _("{who} took notice that {branch} has not answered"), branch=BRANCHES)
say("linkage_rule.set", _("{who} set a linkage rule: {branch}"), branch=BRANCHES)
say("linkage_rule.end", _("{who} ended a linkage rule: {branch}"), branch=BRANCHES)
say("branch_desk.set", _("{who} said who answers for {branch}"), branch=BRANCHES)
say("branch_desk.end", _("{who} said who no longer answers for {branch}"), branch=BRANCHES)
say("camera.register", _("{who} entered the camera {label} into the register"))
say("video_round.begin", _("{who} began to look through a camera: {purpose}"), purpose=dict(RoundPurpose.choices))
say("video_round.end", _("{who} ended the look"))
say("video_round.report", _("{who} saw it through a camera"))
say("clip.ask", _("{who} asked for a clip: {reason}"))
say("clip.decide", _("{who} decided on the clip: {state}"), state=dict(ClipState.choices))
say("clip.take", _("{who} took the clip out: {content}"))
