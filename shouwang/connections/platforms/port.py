"""The port: an agreement in writing, and an adapter that yields rows under it. The rest is dropped at the gate.

Ethnicity, origin and the like never pass (REG-09, REG-10): a mapping that names them is refused when it is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

NEEDED = frozenset({"name", "doc_no", "category", "address", "relation", "from_on"})
OURS = NEEDED | {"doc_kind", "to_on", "phone", "emergency_contact"}  # the columns of the sheet of residents
Reading = Callable[[str], str]  # what they write → what our sheets read; raises ValueError with why not


class NoAgreement(Problem):
    code, status = "platforms.no_agreement", 403
    says = _("There is no agreement with “{name}” today. Nothing is fetched without one.")


class NotOurs(Problem):
    code, status = "platforms.not_ours", 422
    says = _("“{field}” is no field of our registers. Only fields of the closed list can be agreed on.")


@dataclass(frozen=True)
class Field:
    """One agreed field: what they call it, and how their codes are read."""

    theirs: str
    read: Reading = str.strip


@dataclass(frozen=True)
class Agreement:
    """What was agreed with whom, for what, on what basis and until when. `fields`: our key → theirs."""

    name: str
    body: str
    purpose: str
    basis: str
    signed_on: dt.date
    ends_on: dt.date
    fields: Mapping[str, Field]

    def __post_init__(self) -> None:
        for key in self.fields:
            if key not in OURS:
                raise NotOurs(field=key)

    def holds_on(self, day: dt.date) -> bool:
        return self.signed_on <= day <= self.ends_on


class Adapter(Protocol):
    """One outside platform. `rows` yields what it holds since a day, under its own names."""

    agreement: Agreement

    def rows(self, since: dt.date) -> Iterator[Mapping[str, str]]: ...


_adapters: dict[str, Adapter] = {}


def register(adapter: Adapter) -> Adapter:
    _adapters[adapter.agreement.name] = adapter
    return adapter


def adapter_called(name: str, on: dt.date) -> Adapter:
    """Raises NoAgreement for an unknown one, and for one whose agreement does not hold on that day."""
    found = _adapters.get(name)
    if found is None or not found.agreement.holds_on(on):
        raise NoAgreement(name=name[:40])
    return found


def adapters() -> list[str]:
    return sorted(_adapters)
