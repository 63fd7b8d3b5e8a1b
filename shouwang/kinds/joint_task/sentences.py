"""What acts on a joint task are called. What members wrote is never in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.joint_task.words import ENDED
from shouwang.matters.sentences import say_common_steps

say("joint_task.open", _("{who} called the offices together"))
say("joint_task.join", _("{office} takes part"))
say("joint_task.share", _("{office} wrote to the members"))
say("joint_task.start", _("{who} let the joint task begin"))
say("joint_task.end", _("{who} ended the joint task: {ended_as}"), ended_as=ENDED)
say("joint_task.withdraw", _("{who} withdrew the joint task: {reason}"))
say_common_steps("joint_task")
