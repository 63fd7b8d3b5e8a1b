"""What an entry of notices is called."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.notices.models import Channel

WHYS = {
    "number_barred": _("the number takes no messages"),
    "absent_subscriber": _("the phone was off"),
    "mail_refused": _("the mail server refused the address"),
    "no_answer": _("the gateway did not answer for hours"),
    "taken": _("the other side took it"),
}


def _why(code: object) -> str:
    return str(WHYS.get(str(code), str(code)))


say("notice.fail", _("A message could not be delivered: {why}"), why=_why, channel=dict(Channel.choices))
say("emergency.tell_kin", _("{who} had a message sent to the family"))
say("notice.read", _("{who} read a notice"))
say("notice.opt_out", _("Somebody wishes to get no more messages"))
say("notice.opt_in", _("Somebody wishes to get messages again"))
say("person.keep_number", _("{who} kept a duty telephone number"))
say("notice.rehearse", _("{who} sent a test message: {by_way}"), by_way=dict(Channel.choices))
say("notice.rehearsal_end", _("The test message ended: {by_way}, {answer}"), by_way=dict(Channel.choices), answer=_why)
