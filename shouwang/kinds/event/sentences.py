"""What acts on an event are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.event.words import PARTS, WENT
from shouwang.matters.sentences import say_common_steps


def _parts(names: object) -> str:
    return "、".join(str(PARTS[name]) for name in names if name in PARTS) if isinstance(names, list) else "–"


say("event.open", _("{who} laid out the plan"))
say("event.set_post", _("{who} laid out post {post}"))
say("event.drop_post", _("{who} took post {post} out of the plan"))
say("event.approve", _("{who} approved the plan"))
say("event.send_back", _("{who} sent the plan back: {reason}"))
say("event.amend", _("{who} changed the plan: {parts}"), parts=_parts)
say("event.reopen", _("{who} opened the plan again: {reason}"))
say("event.start", _("{who} let the event begin"))
say("event.take_up", _("{unit} took up post {post} with {n}"))
say("event.relieve", _("{unit} relieved post {post} with {n}"))
say("event.leave", _("{unit} left post {post}"))
say("event.off_duty", _("{n} of {unit} went off duty and left post {post}"))
say("event.count", _("{gate}: {came} came in, {went} went out"))
say("event.stand_down", _("{who} stood the event down"))
say("event.review", _("{who} looked back at it: {went}"), went=WENT)
say("event.call_off", _("{who} called the event off: {reason}"))
say_common_steps("event")
