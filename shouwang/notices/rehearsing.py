"""Trying a channel before the town relies on it: one message to a number or address that was just typed."""

from __future__ import annotations

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem, Unavailable
from shouwang.journal.record import record
from shouwang.notices.channels import OUTLETS, Letter, Receipt, Refused, is_open
from shouwang.notices.models import Channel
from shouwang.notices.wordings import short_message, text_of
from shouwang.people.access import require
from shouwang.people.verbs import Verb

REHEARSALS = uuid5(NAMESPACE_URL, "shouwang:rehearsals")  # one subject for how they ended: found without a scan


class ChannelNotSetUp(Problem):
    code, status = "notice.channel_not_set_up", 409
    says = _("Nothing is set up for this way of sending yet. Set it up first; the settings are on the reference page.")


class RehearsalFailed(Problem):
    code, status = "notice.rehearsal_failed", 502
    says = _("The message was not taken: {why}. Look at the settings of the gateway, then try again.")


def rehearse(channel: Channel, to: str, *, by: Actor, at: dt.datetime) -> Receipt:
    """Send one test message now and wait for the peer. Raises ChannelNotSetUp, RehearsalFailed, NotAllowed."""
    if not is_open(channel):
        raise ChannelNotSetUp(field="channel")
    with acting(by):
        require(by, Verb.SETTINGS_CHANGE, None, at)
        about = ("rehearsal", new_id())
        record("notice.rehearse", topic="notice.rehearsed", subject=about, by=by, at=at, by_way=channel)
    sender = settings.ENVIRONMENT.service_name
    says = short_message("rehearsal", {}, sender=sender, language="zh-hans")
    text = says if channel == Channel.SMS else text_of("rehearsal", {}, language="zh-hans")
    try:
        receipt = OUTLETS[channel].send(Letter(new_id(), channel, to, text, subject=sender))
    except Refused as refusal:
        _end(channel, refusal.why, by, at)
        raise RehearsalFailed(why=refusal.why) from None
    except Unavailable as fault:
        _end(channel, fault.what, by, at)
        raise RehearsalFailed(why=fault.what) from None
    _end(channel, "taken", by, at)
    return receipt


def _end(channel: Channel, answer: str, by: Actor, at: dt.datetime) -> None:
    with acting(by):
        record("notice.rehearsal_end", topic="notice.rehearsed", subject=("rehearsal", REHEARSALS), by=by, at=at,
               by_way=channel, answer=answer[:40])  # fmt: skip
