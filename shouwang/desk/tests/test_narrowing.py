"""The queue narrowed by kind and area: controls for it, kept by every tab, in the address."""

from django.test import Client

from shouwang.core import clock
from shouwang.matters.intake import open_matter
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


def test_kind_and_area_have_controls_and_every_tab_keeps_them(world):
    at = clock.now()
    for gist, point in (("在桥西", (111.427, 27.686)), ("在河埠", (111.432, 27.690))):
        open_matter(
            kind="incident", by=world.fang, at=at, channel="phone", subkind="order.fight", gist=gist, point=point
        )
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(world.fang.person, label="test", at=at, proven=True)[1]
    area = world.qiaoxi_04.duty_path

    plain = browser.get("/desk/").content.decode()
    shown = browser.get("/desk/", {"kind": "incident", "area": area, "show": "mine"}).content.decode()

    assert f'<option value="{area}">' in plain
    assert '<option value="incident">' in plain
    assert "在桥西" in shown
    assert "在河埠" not in shown
    assert f'<option value="{area}" selected>' in shown
    assert shown.count("kind=incident&amp;area=") >= 3
    assert '<input type="hidden" name="show" value="mine">' in shown
