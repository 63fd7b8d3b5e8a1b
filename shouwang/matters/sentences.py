"""What acts on any matter are called."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import name_by, say
from shouwang.matters.kinds import kinds
from shouwang.matters.models import Matter
from shouwang.matters.timing import REASONS
from shouwang.ui import words

SAYS = {
    "matter.note": _("{who} wrote a note"),
    "matter.notice": _("{who} took notice of it"),
    "matter.reporter_adds": _("The reporter added something"),
    "submission.hand_in": _("The reporter handed something in"),
    "matter.watch": _("{who} watches it"),
    "matter.unwatch": _("{who} watches it no more"),
    "matter.link": _("{who} linked it to another matter"),
    "matter.unlink": _("{who} took the link away"),
    "matter.not_same": _("{who} found that two matters are not the same"),
    "matter.rehome": _("It moved with the new boundaries to another responsible post"),
    "matter.pass_on": _("{who} passed it on to another responsible post"),
    "opening.ask": _("{who} asked for a further matter"),
    "opening.settle": _("{who} settled the request for a further matter"),
    "sheet.draw_up": _("{who} drew up a hand-over sheet"),
    "sheet.sign": _("{who} signed the hand-over sheet"),
    "step.kept_aside": _("A step from a phone was kept aside"),
    "step.settled": _("{who} settled a step that was kept aside"),
}
CLOCKS = {
    "clock.remind": _("Time limit “{rule}”: {mark} of it is over"),
    "clock.climb": _("The time limit “{rule}” ran out with its holder after {held_s}"),
    "clock.stop": _("{who} stopped the time limit “{rule}”: {reason}"),
    "clock.resume": _("The time limit “{rule}” runs again"),
    "clock.extend": _("{who} extended the time limit “{rule}”: {reason}"),
    "clock.recompute": _("The end of the time limit “{rule}” is certain now"),
}
OF_EVERY_KIND = {
    "merge": _("{who} joined it to another matter"),
    "unmerge": _("{who} took it apart again"),
    "receive": _("Another matter was joined to it"),
    "seal": _("{who} sealed it: {reason}"),
    "unseal": _("{who} unsealed it: {reason}"),
    "exclude": _("{who} excluded persons, posts or offices from it: {reason}"),
    "include": _("{who} let excluded persons, posts or offices in again: {reason}"),
    "hand_over": _("{who} handed it over: {reason}"),
    "take_over": _("{who} took it over for the level above: {reason}"),
    "give_back": _("{who} gave it back to the level below: {reason}"),
    "stop_clock": _("{who} stopped a time limit"),
    "resume_clock": _("{who} let a time limit run on"),
    "extend_clock": _("{who} extended a time limit"),
}


def rule_label(rule: object) -> Promise | str:
    """The label of a clock's rule; kinds that share a rule's name share its sense."""
    return next((kind.clocks[str(rule)].label for kind in kinds() if str(rule) in kind.clocks), str(rule))


def _reason(given: object) -> Promise | str:
    return REASONS.get(str(given), str(given))


def _held(seconds: object) -> str:
    return words.duration(float(str(seconds)), get_language() or "zh-hans")


def say_common_steps(kind: str) -> None:
    """Sentences of the steps that every kind has, for one kind; called in the `sentences.py` of its folder."""
    for step, says in OF_EVERY_KIND.items():
        say(f"{kind}.{step}", says)


def _references(ids: set[UUID]) -> Mapping[UUID, str]:
    return dict(Matter.objects.filter(pk__in=ids).values_list("pk", "reference"))


for verb, says in SAYS.items():
    say(verb, says)
for verb, says in CLOCKS.items():
    say(verb, says, rule=rule_label, held_s=_held, reason=_reason)
name_by("matter", _references)
