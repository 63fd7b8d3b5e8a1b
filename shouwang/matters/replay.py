"""The phone's outbox, taken once each: checked against the post held then and the matter as it is now.

Nothing is ever dropped. What no longer fits (post ended, matter closed, unknown act or form) is kept aside, visible
to its author and his lead, with the reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.matters.models.sent_step import SentOutcome, SentStep
from shouwang.people.access import posts_of
from shouwang.people.models import Device
from shouwang.places.models import Area

FORM_VERSIONS = frozenset({1})
OLDEST = dt.timedelta(days=30)  # an older step is kept aside: its track and shift are gone

Act = Callable[..., Any]


class KeptApart(Protocol):
    """For acts that are about no matter and tell of persons: where they lie, and who keeps their text instead.

    `area` answers None for nonsense; neither raises a Problem.
    """

    def area(self, given: Mapping[str, Any]) -> Area | None: ...

    def keep(self, sent: Sent, *, by: Actor, at: dt.datetime, received_at: dt.datetime) -> None: ...


@dataclass(frozen=True)
class PhoneAct:
    handler: Act
    forms: frozenset[int]
    apart: KeptApart | None


_acts: dict[str, PhoneAct] = {}


def phone_act(
    name: str, *, forms: frozenset[int] = FORM_VERSIONS, apart: KeptApart | None = None
) -> Callable[[Act], Act]:
    """Offer `handler(matter=, given=, by=, at=, step_id=)` to the phone under this name; it may raise a Problem.

    forms  the versions of its form that are known
    apart  who keeps its text, where the step's own table may not
    """

    def keep(handler: Act) -> Act:
        _acts[name] = PhoneAct(handler, forms, apart)
        return handler

    return keep


class NotAStep(Problem):
    code, status = "replay.not_a_step", 400
    says = _("This is not a step: “{what}” is missing or malformed. Update the page and send it again.")


class SameKeyOtherStep(Problem):
    code, status = "replay.same_key", 409
    says = _("A different step was already sent under this key. Both are kept; show this page to your lead.")


class PostNotHeld(Problem):
    code, status = "replay.post_not_held", 409
    says = _("At that time you held no post that may do this. The step is kept aside for your lead.")


class UnknownAct(Problem):
    code, status = "replay.unknown_act", 409
    says = _("This version of the form is no longer known here. The step is kept aside; update the page.")


class TooOld(Problem):
    code, status = "replay.too_old", 409
    says = _("This step is older than 30 days. It is kept aside for your lead.")


class DoesNotFit(Problem):
    code, status = "replay.does_not_fit", 409
    says = _("What is on record does not allow this step. It is kept aside for your lead.")


class TappedAfterLoss(Problem):
    code, status = "replay.after_loss", 409
    says = _("This was tapped after the phone was reported lost. It is kept aside for your lead.")


@dataclass(frozen=True)
class Sent:
    """A step as the phone wrote it, before anything is believed."""

    id: UUID
    matter: UUID | None
    act: str
    given: Mapping[str, Any]
    claimed_at: dt.datetime
    form: int
    body: str

    @classmethod
    def read(cls, body: str) -> Sent:
        """Parse the signed text. Raises NotAStep naming the part that is wrong."""
        what = "json"
        try:
            raw = json.loads(body)
            what = "id"
            key = UUID(raw["id"])
            what = "matter"
            matter = UUID(raw["matter"]) if raw.get("matter") else None
            what = "act"
            act = str(raw["act"])[:40]
            what = "given"
            given = dict(raw.get("given") or {})
            what = "claimed_at"
            claimed_at = dt.datetime.fromisoformat(raw["claimed_at"])
            if claimed_at.tzinfo is None:
                raise ValueError(what)
            what = "form"
            form = int(raw.get("form", 1))
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise NotAStep(what=what) from fault
        return cls(key, matter, act, given, claimed_at, form, body)


def corrected(claimed_at: dt.datetime, offset_ms: int, received_at: dt.datetime) -> dt.datetime:
    """The time a step counts from: the phone's time less its clock's error, never in the future."""
    return min(claimed_at - dt.timedelta(milliseconds=offset_ms), received_at)


def replay(sent: Sent, *, device: Device, by: Actor, at: dt.datetime) -> SentStep:
    """Take one step from a phone, exactly once; what does not fit is kept aside in the same act.

    Raises  SameKeyOtherStep when the key was used for another text
    """
    fingerprint = hashlib.sha256(sent.body.encode()).digest()
    earlier = SentStep.objects.filter(id=sent.id).first()
    if earlier is None:
        try:
            return _take(sent, fingerprint, device=device, by=by, at=at)
        except IntegrityError:  # the same step arrived twice at once: the other one won
            earlier = SentStep.objects.get(id=sent.id)
    if bytes(earlier.fingerprint) != fingerprint:
        raise SameKeyOtherStep()
    return earlier


def _take(sent: Sent, fingerprint: bytes, *, device: Device, by: Actor, at: dt.datetime) -> SentStep:
    then = corrected(sent.claimed_at, device.clock_offset_ms, at)
    known = _acts.get(sent.act)
    apart = known.apart if known else None
    row = SentStep(
        id=sent.id,
        device=device.id,
        person=device.person_id,
        matter=sent.matter,
        act=sent.act,
        body="" if apart else sent.body,
        fingerprint=fingerprint,
        claimed_at=sent.claimed_at,
        offset_ms=device.clock_offset_ms,
        at=then,
        received_at=at,
        outcome=SentOutcome.TAKEN,
    )
    author = replace(by, device_id=device.id, cache={})
    with acting(author):
        matter = Matter.objects.filter(id=sent.matter).first() if sent.matter else None
        area = apart.area(sent.given) if apart else matter.area if matter else None
        row.duty_path = matter.duty_path if matter else area.duty_path if area else _own_ground(author, then)
        row.save(force_insert=True)
        if apart:
            apart.keep(sent, by=author, at=then, received_at=at)
        try:
            if device.lost_at and then > device.lost_at:
                raise TappedAfterLoss()
            apply_step(sent, matter, by=author, at=then, now=at)
        except Problem as problem:
            row.outcome, row.reason = SentOutcome.QUARANTINED, problem.code
            row.save(update_fields=["outcome", "reason"])
            record(
                "step.kept_aside",
                topic="step.kept_aside",
                subject=sent.matter or sent.id,
                by=author,
                at=at,
                area=area,
                step=str(sent.id),
                act=sent.act,
                reason=problem.code,
            )
    return row


def _own_ground(author: Actor, at: dt.datetime) -> str:
    """Where a step about no matter lies, such as signing on: on the ground of a post of its author."""
    return next((post.area.duty_path for post in posts_of(author, at) if post.area.duty_path), "")


def keeps_apart(act: str) -> bool:
    """Whether its text lies elsewhere, with whoever keeps the registers."""
    known = _acts.get(act)
    return known is not None and known.apart is not None


def apply_step(sent: Sent, matter: Matter | None, *, by: Actor, at: dt.datetime, now: dt.datetime) -> None:
    """Do what the step says, or raise the Problem that keeps it aside; then nothing of it is done."""
    known = _acts.get(sent.act)
    if known is None or sent.form not in known.forms:
        raise UnknownAct()
    if now - at > OLDEST:
        raise TooOld()
    if not posts_of(by, at):
        raise PostNotHeld()
    try:
        with transaction.atomic():
            do_act(sent.act, matter, sent.given, by=by, at=at, step_id=sent.id)
    except (DataError, IntegrityError) as fault:  # else one step would hold up all that wait behind it
        raise DoesNotFit() from fault


def do_act(
    name: str, matter: Matter | None, given: Mapping[str, Any], *, by: Actor, at: dt.datetime, step_id: UUID
) -> None:
    """What the act of that name does. Raises UnknownAct and what the act raises."""
    act = _acts.get(name)
    if act is None:
        raise UnknownAct()
    act.handler(matter=matter, given=given, by=by, at=at, step_id=step_id)
