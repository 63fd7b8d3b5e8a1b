"""Sweeps at the desk: planned over kinds of premises, looked at by a list, each lack a hazard; visits by two."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.kinds.hazard.items import note_item
from shouwang.kinds.hazard.models import Premises, SafetyItem, Sweep
from shouwang.kinds.hazard.sweeping import fill
from shouwang.matters.deadlines import tick
from shouwang.matters.models import Matter
from shouwang.places.models import Address
from shouwang.registry.organisations import OrganisationTold, register_organisation

UNTIL = str(clock.local_date(clock.now()) + dt.timedelta(days=20))


@pytest.fixture
def shen(world, desk_of) -> Client:
    return desk_of(world.shen)


def plan(browser: Client, **given: object) -> int:
    asked = {"name": "冬季消防排查", "checklist": "fire", "kinds": ["public_venue"], "until": UNTIL,
             "places": "川味小馆，桥西路12号\n桥西网吧，桥西路14号"}  # fmt: skip
    return browser.post(reverse("desk:sweep_new"), asked | given).status_code


def look(browser: Client, name: str, **given: object) -> int:
    place = Premises.objects.get(name=name)
    return browser.post(reverse("desk:sweep_look", args=[place.sweep_id, place.pk]), given).status_code


@pytest.mark.item("S-VIS-010")
def test_every_lack_of_a_sweep_becomes_a_hazard_that_climbs_when_nobody_acts(world, shen):
    assert plan(shen, kinds=[]) == 422
    assert plan(shen, places="没有逗号的一行") == 422
    assert plan(shen) == 302
    assert look(shen, "川味小馆", lacking=["escape", "extinguisher"]) == 302
    assert look(shen, "川味小馆") == 409
    assert look(shen, "桥西网吧") == 302

    sorts = set(Matter.objects.filter(kind="hazard").values_list("subkind", flat=True))
    assert sorts == {"fire.exit_blocked", "fire.extinguisher"}
    page = shen.get(reverse("desk:sweep", args=[Sweep.objects.get().pk])).content.decode()
    assert "✕ 疏散通道畅通" in page
    assert "✓ 都合格" in page
    blocked = Matter.objects.get(subkind="fire.exit_blocked")
    told = blocked.clocks.get(rule="tell_owner")
    tick(told.due_at + dt.timedelta(seconds=1))
    told.refresh_from_db()
    assert told.level == 1


def test_premises_of_the_register_come_by_themselves_and_only_once(world, shen, as_role):
    address = Address.objects.get(full_text__endswith="桥西路14号")
    register_organisation(
        OrganisationTold("桥西旅馆", "special_trade"), address=address, by=world.shen, at=clock.now()
    )  # fmt: skip
    plan(shen, kinds=["special_trade"], places="")
    sweep = Sweep.objects.get()
    with as_role("jobs"):
        assert (fill(sweep.pk), fill(sweep.pk)) == (1, 1)
    assert "桥西旅馆" in shen.get(reverse("desk:sweep", args=[sweep.pk])).content.decode()
    assert Premises.objects.count() == 1


@pytest.mark.item("S-VIS-010")
def test_a_sweep_over_one_special_trade_leaves_the_others_out(world, shen, as_role):
    address = Address.objects.get(full_text__endswith="桥西路14号")
    for name, trade in (("桥西旅馆", "lodging_trade"), ("桥西锁行", "locksmith")):
        told = OrganisationTold(name, "special_trade", special_trade=trade)
        register_organisation(told, address=address, by=world.shen, at=clock.now())
    assert "旅馆" in shen.get(reverse("desk:sweep_new")).content.decode()

    plan(shen, kinds=["lodging_trade"], places="")

    with as_role("jobs"):
        assert fill(Sweep.objects.get().pk) == 1
    assert Premises.objects.get().name == "桥西旅馆"


@pytest.mark.item("S-VIS-018")
def test_a_guard_company_is_visited_by_two_and_its_lacks_are_rechecked(world, shen, desk_of):
    plan(shen, checklist="guard_company", kinds=["protected_unit"], places="益安押运公司，桥西路12号")
    assert look(shen, "益安押运公司", lacking=["store"]) == 400
    assert look(shen, "益安押运公司", lacking=["store"], seen_with=str(world.he.person_id)) == 302

    lack = Matter.objects.get(kind="hazard")
    assert (lack.subkind, lack.facts["told"]) == ("order.key_unit", "益安押运公司")
    steps = reverse("desk:step", args=[lack.pk, "mended"]), reverse("desk:step", args=[lack.pk, "close"])
    shen.post(steps[0], {"mended_by": "换了双锁"})
    assert shen.post(steps[1]).status_code == 409
    assert desk_of(world.lin).post(steps[1]).status_code == 302
    assert "何川" in shen.get(reverse("desk:sweep", args=[Sweep.objects.get().pk])).content.decode()


@pytest.mark.item("S-VIS-015")
def test_whoever_runs_the_premises_gets_notice_of_a_date(world, shen):
    note_item(sort="extinguisher", premises="桥西超市", place_text="桥西路12号", point=(111.427, 27.686),
              made_on=None, by=world.shen, at=clock.now())  # fmt: skip
    item = SafetyItem.objects.get()
    page = shen.post(reverse("desk:item_act", args=[item.pk, "tell"])).content.decode()
    assert "到期告知" in page
    assert "桥西超市" in page
    item.refresh_from_db()
    assert item.told_on == clock.local_date(clock.now())


@pytest.mark.item("S-VIS-010")
def test_a_grid_worker_notes_a_hazard_and_sees_how_far_it_is_and_no_other(world, desk_of, shen):
    lu = desk_of(world.lu)
    given = {"subkind": "fire.exit_blocked", "place_text": "桥西路12号", "chosen": "0", "urgency": "2"}
    assert lu.post(reverse("desk:hazard"), given | {"gist": "楼道堆满杂物"}).status_code == 302
    shen.post(reverse("desk:hazard"), given | {"gist": "另一处的油桶"})
    page = lu.get(reverse("desk:safety")).content.decode()
    assert "楼道堆满杂物" in page
    assert "油桶" not in page
    assert desk_of(world.shi).post(reverse("desk:hazard"), given | {"gist": "x"}).status_code == 422
