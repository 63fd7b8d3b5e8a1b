"""One matter as the desk shows it: header, stamps, likely twins, this place, photos. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.desk.board import Row, label_of, row_of
from shouwang.desk.past import WhoseThen, whose_then
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.dispatch.suggesting import LIFE_IN_DANGER
from shouwang.duty.models import Alert, AlertKind
from shouwang.evidence.models import Evidence
from shouwang.kinds.incident.stamps import times_of
from shouwang.matters.kinds import kind_of
from shouwang.matters.merging import Likely, likely_duplicates
from shouwang.matters.models import Matter, Party
from shouwang.matters.steps import OpenStep, steps_open_to

EARLIER = dt.timedelta(days=30)
SHOWN_FACTS = frozenset({"alarm_level", "feedback", "remark", "handed_to", "passed_to", "case_reference"})
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+]\d\d:\d\d")
CHAIN: tuple[tuple[str, Promise], ...] = (
    ("called_at", _("Called")), ("answered_at", _("Answered")), ("accepted_at", _("Accepted")),
    ("dispatched_at", _("Crew sent")), ("acknowledged_at", _("Signed")), ("arrived_at", _("Arrived")),
    ("closed_at", _("Closed")),
)  # fmt: skip


@dataclass(frozen=True)
class StampPoint:
    """One point of the chain: filled when done, the lamp at now, hollow before."""

    label: Promise
    at: dt.datetime | None
    look: str
    due: str = ""


@dataclass(frozen=True)
class Earlier:
    matter: Matter
    kind: str


@dataclass(frozen=True)
class Panel:
    matter: Matter
    row: Row
    kind: str
    assignments: list[Assignment]
    steps: list[OpenStep]
    parties: list[Party]
    stamps: list[StampPoint]
    twins: list[Likely] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    then: WhoseThen | None = None

    @property
    def live(self) -> list[Assignment]:
        return [crew for crew in self.assignments if crew.state not in ENDED_STATES]

    @property
    def untold(self) -> bool:
        sort = kind_of(self.matter.kind).subkinds.get(self.matter.subkind)
        return sort is not None and sort.untold

    @property
    def protected(self) -> bool:
        return any(party.protected for party in self.parties)

    @property
    def quiet(self) -> bool:
        """Somebody in it wants no message and no call."""
        return any(party.quiet for party in self.parties)


def panel_of(matter: Matter, by: Actor, at: dt.datetime) -> Panel:
    assignments = list(Assignment.objects.filter(matter=matter).select_related("unit").order_by("sent_at"))
    live = [crew for crew in assignments if crew.state not in ENDED_STATES]
    return Panel(
        matter=matter, row=row_of(matter, live, at), kind=label_of(matter), assignments=assignments,
        steps=steps_open_to(matter, by, at), parties=list(matter.parties.all()), stamps=stamp_chain(matter),
        twins=_twins(matter, by, at), earlier=_earlier(matter, by, at),
        facts=facts_of(matter), then=whose_then(matter),
        evidence=list(Evidence.objects.filter(matter=matter.pk).exclude(state="destroyed").order_by("added_at")[:24]),
    )  # fmt: skip


def calls_for_a_crew(panel: Panel) -> bool:
    """Nobody is on it, one crew alone where life is in danger, or a crew asks for support."""
    if len(panel.live) < (2 if panel.matter.urgency == LIFE_IN_DANGER else 1):
        return True
    return Alert.objects.filter(matter=panel.matter, kind=AlertKind.SUPPORT, settled_at__isnull=True).exists()


def facts_of(matter: Matter) -> list[tuple[str, str]]:
    """What the kind calls a fact and holds as words or a choice, with its label."""
    kind = kind_of(matter.kind)
    found = []
    for name, label in kind.facts.items():
        value = matter.facts.get(name)
        if name in (kind.shown or SHOWN_FACTS) and isinstance(value, str | int) and value:
            words = kind.choices.get(name, kind.outcomes)
            found.append((str(label), str(words.get(str(value), _readable(value)))))
    return found


def _readable(value: str | int) -> str:
    """An instant as a clock shows it, everything else as it is."""
    if INSTANT.fullmatch(str(value)):
        return dt.datetime.fromisoformat(str(value)).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return str(value)


def stamp_chain(matter: Matter) -> list[StampPoint]:
    times: dict[str, Any] = times_of(matter)
    done = [times.get(name) for name, _label in CHAIN]
    now = next((n for n, at in enumerate(done) if at is None), len(done))
    looks = ["ok" if at else "now" if n == now and matter.is_open else "" for n, at in enumerate(done)]
    return [StampPoint(label, at, look) for (_name, label), at, look in zip(CHAIN, done, looks, strict=True)]


def _twins(matter: Matter, by: Actor, at: dt.datetime) -> list[Likely]:
    if not matter.is_open or matter.lon is None or matter.lat is None:
        return []
    point = (matter.lon, matter.lat)
    return likely_duplicates(kind=matter.kind, subkind=matter.subkind, point=point, by=by, at=at, than=matter)[:2]


def _earlier(matter: Matter, by: Actor, at: dt.datetime) -> list[Earlier]:
    """What happened at the same address in the last 30 days, as far as `by` may see it."""
    if matter.address is None:
        return []
    seen = Matter.objects.visible_to(by, at).filter(address=matter.address, opened_at__gte=at - EARLIER)
    return [Earlier(one, label_of(one)) for one in seen.exclude(pk=matter.pk).order_by("-opened_at")[:5]]
