"""What only a phone asks, with a key: `devices:destroyed` of itself alone, `field:call_back` of its crew's calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from shouwang.core import clock
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Shift
from shouwang.field.views import NoNumber, call_back
from shouwang.matters.models import Party
from shouwang.people.access import NotVisible
from shouwang.people.models import Device
from shouwang.people.views.phones import destroyed
from tests.journeys.planting import Ground


def bound(world: Any, name: str) -> Device:
    ground = Ground(world, world.station, world.cast[name].person)
    device: Device = ground.plant(Device, state="bound", public_key=name.encode())
    return device


def tap(world: Any, device: Device, name: str, key: UUID) -> HttpRequest:
    made = RequestFactory().post(reverse(name, args=[key]))
    who = next(one for one in world.cast.values() if one.person_id == device.person_id)
    made.actor, made.device = who.afresh(), device  # type: ignore[attr-defined]
    return made


def test_a_phone_says_of_itself_alone_that_its_key_is_gone(world):
    own, other = bound(world, "ming"), bound(world, "guan")

    with pytest.raises(NotVisible):
        destroyed(tap(world, own, "devices:destroyed", other.pk), other.pk)
    assert destroyed(tap(world, own, "devices:destroyed", own.pk), own.pk).status_code == 204


def test_a_crew_rings_the_callers_of_its_own_calls_alone(world):
    call = Ground(world, world.qiaoxi, world.zhou.person).call()
    Party.objects.filter(matter=call).update(identity=None)  # a look at a number commits by itself: none is taken here
    shift = Shift.objects.get(unit=world.qx1)
    Assignment.objects.create(matter=call, unit=world.qx1, shift=shift, sent_at=clock.now())
    sent, others = bound(world, "ming"), bound(world, "guan")

    with pytest.raises(NotVisible):
        call_back(tap(world, others, "field:call_back", call.pk), call.pk)
    with pytest.raises(NoNumber):  # his to ring; nobody to be rung
        call_back(tap(world, sent, "field:call_back", call.pk), call.pk)
