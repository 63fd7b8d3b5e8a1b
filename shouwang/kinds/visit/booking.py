"""A visit by appointment: who goes and when, and what has to be true before it counts as done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.visit.kit import free_devices, outing_of
from shouwang.kinds.visit.words import BY_TWO, WITH_DEVICE
from shouwang.matters.ground import posts_over
from shouwang.matters.kinds import Taking
from shouwang.people.models import Person
from shouwang.people.verbs import Verb

AHEAD = dt.timedelta(days=30)  # further off nobody can promise who will be on duty
RECEIPT = re.compile(r"[A-Z0-9-]{6,40}")

Confirms = Callable[[str], bool]
CONFIRMS: list[Confirms] = []


class NotThen(Problem):
    code, status = "visit.not_then", 400
    says = _("A visit is booked from now to 30 days ahead.")


class TwoGo(Problem):
    code, status = "visit.two_go", 400
    says = _("Two go to such a visit, and one of them is a sworn officer.")


class NotBooked(Problem):
    code, status = "visit.not_booked", 409
    says = _("Such a visit is by appointment: book it first, with two who go.")


class DeviceNotOut(Problem):
    code, status = "visit.device_not_out", 409
    says = _("No device was taken out for this visit. Note in the device ledger which one was there.")


class NoReceipt(Problem):
    code, status = "visit.no_receipt", 400
    says = _(
        "Give the receipt of the certificate system. Without it the capture did not arrive, and the visit is open."
    )


def confirms_receipts(answer: Confirms) -> Confirms:
    """The bridge to the certificate system: whether it knows a receipt. Nothing else is ever asked or told."""
    CONFIRMS.append(answer)
    return answer


def offers(taking: Taking) -> dict[str, list[tuple[str, Any]]]:
    """Colleagues on this ground, and devices that are in."""
    posts = posts_over(taking.matter, taking.at, Verb.MATTER_NOTE)
    people = {str(post.person_id): post.person.name for post in posts}
    found: dict[str, list[tuple[str, Any]]] = {"staff": list(people.items())}
    if taking.matter.subkind in WITH_DEVICE:
        found["device"] = [(str(one.pk), str(one)) for one in free_devices(taking.matter)]
    return found


def appoint(taking: Taking) -> None:
    """Day, hour, who goes, and the device that goes along. Raises NotThen, TwoGo"""
    matter, given = taking.matter, taking.given
    if not taking.at - dt.timedelta(hours=1) <= given["on_at"] <= taking.at + AHEAD:
        raise NotThen(field="on_at")
    if matter.subkind in BY_TWO and not two_with_one_sworn(given["staff"]):
        raise TwoGo(field="staff")
    taking.noted["rebooked"] = "appointment" in matter.facts
    matter.facts |= {"appointment": given["on_at"].isoformat(), "staff": [str(one) for one in given["staff"]]}
    if given.get("device"):
        matter.facts["device"] = str(given["device"])
    taking.noted |= {"on_at": given["on_at"], "n_staff": len(given["staff"])}


def two_with_one_sworn(staff: list[UUID]) -> bool:
    people = Person.objects.filter(pk__in=staff, active=True)
    return len(people) >= 2 and any(person.sworn for person in people)


def as_booked(taking: Taking) -> None:
    """Where two must go it was booked; a capture has its device and its receipt.

    Raises  NotBooked, DeviceNotOut, NoReceipt
    """
    matter = taking.matter
    if matter.subkind in BY_TWO and len(matter.facts.get("staff", ())) < 2:
        raise NotBooked
    if matter.subkind not in WITH_DEVICE:
        return
    receipt = (taking.given.get("receipt") or "").upper()
    if outing_of(matter) is None:
        raise DeviceNotOut
    if not RECEIPT.fullmatch(receipt) or not all(known(receipt) for known in CONFIRMS):
        raise NoReceipt(field="receipt")
    matter.facts["receipt"] = receipt


def not_out_any_more(taking: Taking) -> None:
    """Nobody was at home: the appointment is over, a new one is made."""
    taking.matter.facts.pop("appointment", None)
