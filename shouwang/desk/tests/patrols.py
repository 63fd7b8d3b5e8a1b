"""What tests of the pages of patrols type."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.patrols.models import Order, Partner, Slot

HOUR = dt.timedelta(hours=1)


def local(moment: dt.datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def order(world: Any, **given: Any) -> dict[str, Any]:
    now = clock.now()
    usual = {
        "name": "桥头夜巡", "ground": world.qiaoxi.pk, "beat": "", "kind": "ordinary", "mode": "foot", "cover": "base",
        "starts_at": local(now - HOUR), "ends_at": local(now + 2 * HOUR), "change_at": "", "lead": world.shen.person.pk,
        "channel": "350M 桥西组", "task": "电动车棚和桥头",
    }  # fmt: skip
    return {**usual, **given}


def plan(browser: Client, given: dict[str, Any]) -> Order:
    answer = browser.post(reverse("desk:patrol_new"), given)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Order.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def put(browser: Client, row: Order, who: Any, leg: int = 1, **given: Any) -> int:
    key = f"partner:{who.pk}" if isinstance(who, Partner) else f"staff:{who.person.pk}"
    asked = {
        "leg": row.legs.get(place=leg).pk,
        "who": key,
        "branch": "",
        "unit": "",
        "reach": "",
        "covers": "",
        **given,
    }
    return browser.post(reverse("desk:patrol_put_on", args=[row.pk]), asked).status_code


def take(browser: Client, row: Order, name: str, **given: Any) -> int:
    row.refresh_from_db()
    said = {"version": row.version, **given}
    code = browser.post(reverse("desk:patrol_step", args=[row.pk, name]), said).status_code
    row.refresh_from_db()
    return code


def slot_act(browser: Client, row: Order, slot: Slot, name: str, **given: Any) -> int:
    return browser.post(reverse("desk:patrol_slot_act", args=[row.pk, slot.pk, name]), given).status_code


def mine(browser: Client, slot: Slot, name: str, **given: Any) -> int:
    return browser.post(reverse("desk:patrol_mine_act", args=[slot.pk, name]), given).status_code


def place(browser: Client, row: Order, label: str, **given: Any) -> int:
    asked = {"label": label, "place_text": "桥西路12号", "stay_minutes": "0", **given}
    return browser.post(reverse("desk:patrol_point", args=[row.pk]), asked).status_code


def shown(browser: Client, name: str, *args: Any, **query: Any) -> str:
    answer = browser.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def partner(browser: Client, world: Any, name: str, party: str = "people", **given: Any) -> Partner:
    asked = {
        "name": name,
        "party": party,
        "employer": "",
        "ground": world.qiaoxi.pk,
        "person": "",
        "tasks": [],
        **given,
    }
    answer = browser.post(reverse("desk:patrol_partner_new"), asked)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Partner.objects.get(name=name)


def slot_of(row: Order, name: str) -> Slot:
    slots = Slot.objects.filter(leg__order=row).select_related("person", "partner", "leg__order")
    return next(one for one in slots if one.name == name)
