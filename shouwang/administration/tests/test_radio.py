"""The page of the radio network says plainly what it is, and lists groups and radios."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from shouwang.connections.radio.listing import keep_groups
from shouwang.connections.radio.protocol import Group
from shouwang.core import clock
from shouwang.duty.equipment.keeping import Wanted, take_in
from shouwang.duty.models import EquipmentKind
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


@pytest.mark.item("S-CMD-001")
def test_without_a_gateway_the_page_says_that_only_a_simulator_speaks(world):
    browser = Client()
    browser.cookies[SESSION] = open_session(world.zhou.person, label="test", at=clock.now(), proven=True)[1]
    page = reverse("administration:radio")
    empty = browser.get(page).content.decode()
    assert "只有模拟器" in empty
    assert "还没有通话组" in empty

    kind = EquipmentKind.objects.get(name="350M数字对讲机")
    take_in([Wanted("DJ350-1", kind, world.station, terminal="1200001")], by=world.zhou, at=clock.now())
    assert keep_groups([Group("1201", "指挥一组")], clock.now())
    assert not keep_groups([Group("1201", "指挥一组")], clock.now())
    with override_settings(RADIO_GATEWAY="10.1.1.1:8895"):
        full = browser.get(page).content.decode()
    assert "指挥一组" in full
    assert "1200001" in full
    assert "10.1.1.1:8895" in full
    assert "只有模拟器" not in full
