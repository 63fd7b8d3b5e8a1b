"""The level above takes a call over and gives it back; both stand in its history with the reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.matters.intake import open_matter


@pytest.mark.item("S-CMD-017")
def test_the_bureau_takes_a_call_over_and_gives_it_back(world, desk_of):
    matter = open_matter(
        kind="incident", by=world.fang, at=clock.now(), subkind="traffic.accident", gist="多车相撞",
        place_text="桥西路12号", point=(111.427, 27.686),
    )  # fmt: skip
    before = matter.responsible_id
    take, back = (reverse("desk:step", args=[matter.pk, name]) for name in ("take_over", "give_back"))
    cheng, zhou = desk_of(world.cheng), desk_of(world.zhou)
    assert "多车相撞" in cheng.get(reverse("desk:board")).content.decode()
    assert cheng.post(back, {"reason": "没有接管过"}).status_code == 409

    assert cheng.post(take, {"reason": "跨辖区，由局里指挥"}).status_code == 302

    matter.refresh_from_db()
    assert matter.responsible_id == world.cheng.post.pk
    assert zhou.post(take, {"reason": "要回来"}).status_code == 403
    assert zhou.post(back, {"reason": "要回来"}).status_code == 409
    assert cheng.post(back, {"reason": "现场已控制"}).status_code == 302
    matter.refresh_from_db()
    assert matter.responsible_id == before
    history = zhou.get(reverse("desk:matter", args=[matter.pk])).content.decode()
    assert "程守一提级接管：跨辖区，由局里指挥" in history
    assert "程守一交还下级：现场已控制" in history
