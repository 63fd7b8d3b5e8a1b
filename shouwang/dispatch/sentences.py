"""What acts on assignments are called. The caller hears of them by the steps of his matter, not from here."""

from django.utils.translation import gettext_lazy as _

from shouwang.dispatch.models import ExcuseCause
from shouwang.journal.sentences import say

SAYS = {
    "assignment.send": _("{who} sent {unit}"),
    "assignment.add": _("{who} sent {unit} too"),
    "assignment.recall": _("{who} recalled {unit}"),
    "assignment.sign": _("{who} signed for {unit}"),
    "assignment.depart": _("{unit} set out ({who})"),
    "assignment.arrive": _("{unit} arrived ({who})"),
    "assignment.report": _("{unit} reported ({who})"),
    "assignment.clear": _("{unit} cleared ({who})"),
    "assignment.return": _("{unit} gave the task back ({who}): {reason}"),
    "assignment.ask_support": _("{unit} asked for support ({who})"),
    "assignment.deliver": _("The phone of {unit} received the task"),
    "assignment.read": _("{who} opened the task of {unit}"),
    "assignment.fall_back": _("The phone of {unit} was silent: SMS and a call instead"),
    "unit.tell_task": _("{unit} was told of a task"),
    "unit.tell_recalled": _("{unit} was told of a recall"),
    "unit.tell_closed": _("{unit} was told that the matter is closed"),
    "unit.tell_merged": _("{unit} was told that two matters were joined"),
}
WRITTEN = {
    "card.receive": _("{who} handed in card {card}, written while the system was away"),
    "card.enter": _("{who} entered this from card {card}"),
    "drill.begin": _("{who} began a drill of the fall-back"),
    "drill.end": _("{who} ended the drill: {cards} cards"),
}
PROMISED = {
    "rapid.set": _("{who} set how many minutes are promised"),
    "move_up.propose": _("Crews should stand elsewhere: {moves} moves proposed"),
    "move_up.pass": _("Crews stand well again: {moves} moves passed"),
}
ROADS = {
    "road.close": _("{who} closed {called} to traffic: {why}"),
    "road.open": _("{who} opened {called} again"),
    "road.set_hours": _("{who} set how fast the roads are at each hour"),
}
MOVED = {
    "move_up.send": _("{who} told {unit} to stand at {place}"),
    "move_up.refuse": _("{who} let {unit} stay: {reason}"),
}

say("rapid.excuse", _("{who} took it out of the count of promised minutes: {cause}"), cause=dict(ExcuseCause.choices))
say("rapid.count_again", _("{who} counts it again: {cause}"), cause=dict(ExcuseCause.choices))
for verb, says in (PROMISED | ROADS).items():
    say(verb, says)
for verb, says in (SAYS | MOVED).items():
    say(verb, says, unit="unit")
for verb, says in WRITTEN.items():
    say(verb, says)
