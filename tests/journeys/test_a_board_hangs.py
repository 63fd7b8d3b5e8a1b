"""The board of a grid: posted on the work map, out of date after a change, a task until a new one hangs."""

from __future__ import annotations

from typing import Any

import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.kinds.board.posting import open_what_is_due
from shouwang.matters.models import Matter
from tests.journeys.desks import Desk

pytestmark = [pytest.mark.committed]


@pytest.mark.item("GRD-07")
def test_from_the_work_map_to_the_task_and_back(world: Any, desk: Desk, as_role: Any, owner_sql: Any) -> None:
    shen, path = desk("shen"), f"/desk/grids/{world.qiaoxi_04.code}/"
    before = shen.get(path).content.decode()
    posted = shen.post(f"{path}board/")
    hangs = shen.get(path).content.decode()
    owner_sql("UPDATE people_person SET name = '陆小禾' WHERE id = %s", [world.lu.person_id])
    with as_role("jobs"):
        assert open_what_is_due(by=Actor.system(), at=clock.now()) == 1
    old = shen.get(path).content.decode()
    task = Matter.objects.get(kind="board")
    seen = desk("fang").get(f"/desk/matters/{task.pk}/").content.decode()
    shen.post(f"{path}board/")

    assert "还没有登记张贴过" in before
    assert posted.status_code == 302
    assert "内容与现状一致" in hangs
    assert "内容已过时" in old
    assert "公示牌" in seen
    task.refresh_from_db()
    assert task.state == "posted"
    assert "内容与现状一致" in shen.get(path).content.decode()
    assert desk("gu").post(f"{path}board/").status_code in (403, 404)
