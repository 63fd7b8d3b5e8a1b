"""What rings at which desk, and how alerts are laid out there."""

import dataclasses
import datetime as dt
from uuid import UUID, uuid4

import pytest

from shouwang.duty.models import AlertKind
from shouwang.duty.ringing import lines_of, sounds_of

FANG, ZHOU = uuid4(), uuid4()


@dataclasses.dataclass
class One:
    kind: str
    raised_at: dt.datetime
    desk: UUID | None = None
    escalated_at: dt.datetime | None = None
    pk: UUID = dataclasses.field(default_factory=uuid4)


@pytest.mark.item("U4")
def test_many_of_one_kind_are_one_line_and_every_alert_is_in_one(noon, later):
    alerts = [One(AlertKind.UNSIGNED, later(n), desk=(None, FANG, ZHOU)[n % 3]) for n in range(60)]
    alerts += [One(kind, noon) for kind in (AlertKind.MISSED, AlertKind.RETURNED, AlertKind.SOS, AlertKind.SOS)]

    lines = lines_of(alerts, FANG)

    said = [(line.kind, len(line.alerts), line.rings) for line in lines]
    assert said == [
        ("sos", 1, True), ("sos", 1, True), ("missed", 1, True), ("unsigned", 40, True), ("returned", 1, True),
        ("unsigned", 20, False),
    ]  # fmt: skip
    assert sorted(one.pk for line in lines for one in line.alerts) == sorted(one.pk for one in alerts)
    assert lines[3].first.raised_at == noon


@pytest.mark.item("U4")
@pytest.mark.parametrize(
    ("desk", "escalated", "rings_at"),
    [(FANG, False, {FANG}), (FANG, True, {FANG, ZHOU}), (None, False, {FANG, ZHOU})],
)
def test_it_rings_where_the_crew_was_sent_from_and_when_passed_on_everywhere(noon, desk, escalated, rings_at):
    alert = One(AlertKind.UNSIGNED, noon, desk, noon if escalated else None)

    assert {who for who in (FANG, ZHOU) if lines_of([alert], who)[0].rings} == rings_at


def test_one_rhythm_for_a_call_for_help_and_one_for_all_others_that_ring_here(noon):
    help_, unsigned = One(AlertKind.SOS, noon), One(AlertKind.UNSIGNED, noon, FANG)

    assert sounds_of(lines_of([help_, unsigned], FANG)) == {"sos", "unsigned"}
    assert sounds_of(lines_of([help_, unsigned], ZHOU)) == {"sos"}
    assert sounds_of(lines_of([unsigned], ZHOU)) == set()
