"""The certificate of a volunteer: hours that were signed for, for himself and for whoever keeps his file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.desk.tests.patrols import order, partner, plan, put, slot_of
from shouwang.patrols.models import Leg, Order, Partner, Slot

MINE = reverse("desk:patrol_own_certificate")


def walked(shen, world, helper: Partner, minutes: int, signed: bool = True, name: str = "桥头夜巡") -> Slot:
    """A patrol of some minutes that ended; the times are those of begin and end."""
    row = plan(shen, order(world, name=name))
    assert put(shen, row, helper) == 302
    slot = slot_of(row, helper.name)
    slot.on_at = clock.now() - dt.timedelta(minutes=minutes)
    slot.off_at = slot.on_at + dt.timedelta(minutes=minutes)
    slot.save()
    if signed:
        Order.objects.filter(pk=row.pk).update(state="on_duty")
        assert shen.post(reverse("desk:patrol_slot_act", args=[row.pk, slot.pk, "sign"])).status_code == 302
    Slot.objects.filter(pk=slot.pk).update(leg=_aside(row))
    return slot


def _aside(row: Order) -> Leg:
    """Out of the way of the next patrol at the same hour."""
    day = dt.timedelta(days=1)
    return Leg.objects.create(order=row, place=9, starts_at=row.starts_at - day, ends_at=row.ends_at - day)


@pytest.mark.item("S-ORG-048")
def test_a_certificate_counts_what_was_signed_for_and_says_what_waits(world, desk_of):
    shen, gao = desk_of(world.shen), desk_of(world.gao)
    helper = partner(shen, world, "高秋菊", person=str(world.gao.person.pk))
    walked(shen, world, helper, 60)
    walked(shen, world, helper, 45, name="河边巡防")
    walked(shen, world, helper, 90, signed=False, name="没签的巡防")
    page = reverse("desk:patrol_certificate", args=[helper.pk])

    for text in (shen.get(page).content.decode(), gao.get(MINE).content.decode()):
        assert "高秋菊参加巡防 2 次，共 1.8 小时" in text
        assert all(words in text for words in ("桥头夜巡", "河边巡防", "沈知行", "还有 1 次没有签认"))
        assert "没签的巡防" not in text
        assert "<input" not in text.split("<article")[1].split("</article")[0]
    assert gao.get(page).status_code == 403
    assert desk_of(world.zhao).get(page).status_code == 404  # next door
    assert "没有签认过的时长" in shen.get(page, {"first": "2020-01-01", "last": "2020-01-31"}).content.decode()
    assert shen.get(page, {"first": "2020-02-01", "last": "2020-01-31"}).status_code == 422


def test_a_certificate_asks_as_much_of_twelve_patrols_as_of_two(world, desk_of):
    shen = desk_of(world.shen)
    helper = partner(shen, world, "志愿者丙")
    page = reverse("desk:patrol_certificate", args=[helper.pk])
    for n in range(2):
        walked(shen, world, helper, 30 + n)
    with CaptureQueriesContext(connection) as few:
        shen.get(page)
    for n in range(10):
        walked(shen, world, helper, 40 + n)

    with CaptureQueriesContext(connection) as many:
        shen.get(page)

    assert len(many) <= len(few)
