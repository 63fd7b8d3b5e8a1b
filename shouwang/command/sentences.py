"""What acts of linkage are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Answer, Branch
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
