"""Crews through the pages: who goes to a dispute, one list for cars and booths, positions on the desk's map."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.dispatch import dispatching
from shouwang.duty import shifts
from shouwang.duty.shifts import CrewMember
from shouwang.matters.intake import open_matter
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.tokens import give_token
from shouwang.tracking.town import forget_town
from tests.journeys.desks import Desk, middle_of


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()
    forget_town()


def call_in(world: Any, area: Any, subkind: str) -> Any:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=middle_of(area), subkind=subkind, place_text="桥西路12号"
    )


def reports(world: Any, unit: Any, lon: float, lat: float) -> int:
    """The unit's phone app reports at the door; its status."""
    token = give_token(unit=unit, by=world.lin, at=clock.now())[1]
    return Client().get("/ingest/osmand", {"id": token, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}).status_code


@pytest.mark.item("S-CMD-018")
def test_the_desk_offers_the_community_officers_crew_for_a_dispute_of_his_ground(world: Any, desk: Desk) -> None:
    lon, lat = middle_of(world.qiaoxi_02)
    shifts.start_shift(
        unit=world.qx2, crew=[CrewMember(world.shen.person, "5120499", lead=True)], by=world.shen, at=clock.now()
    )
    assert reports(world, world.qx1, lon + 0.0002, lat) == 200
    assert reports(world, world.qx2, lon + 0.0012, lat) == 200

    dispute = desk("fang").get(f"/desk/matters/{call_in(world, world.qiaoxi_02, 'order.domestic').pk}/")
    fight = desk("fang").get(f"/desk/matters/{call_in(world, world.qiaoxi_02, 'order.fight').pk}/")

    page = dispute.content.decode()
    assert "本社区民警，10 分钟内能到" in page
    assert page.index("桥西2组") < page.index("桥西1组")
    page = fight.content.decode()
    assert page.index("桥西1组") < page.index("桥西2组")


@pytest.mark.item("S-CMD-022")
def test_cars_and_booths_stand_in_one_list_with_one_set_of_states(world: Any, desk: Desk) -> None:
    at = clock.now()
    crew = [CrewMember(world.shen.person, "5120499")]
    shifts.start_shift(unit=world.booth, crew=crew, by=world.zhou, at=at)
    client = desk("fang")
    before = client.get("/desk/parts/?of=units").json()["units"]
    assert "桥西1组" in before
    assert "东门岗亭" in before

    states = [state_of(client, "东门岗亭")]
    call = call_in(world, world.hebu_01, "order.fight")
    task = dispatching.send_unit(matter=call, unit=world.booth, by=world.fang, at=at)
    for act in (None, dispatching.depart, dispatching.arrive):
        if act is not None:
            act(assignment=task, by=world.shen, at=at)
        states.append(state_of(client, "东门岗亭"))
    dispatching.clear(assignment=task, by=world.shen, at=at)
    shifts.set_away(unit=world.booth, reason="用餐", by=world.shen, at=at)
    states.append(state_of(client, "东门岗亭"))

    assert len(set(states)) == 5  # free, sent, on the way, on scene, out
    assert state_of(client, "桥西1组") == states[0]


def state_of(client: Client, name: str) -> str:
    """The shape and words beside a unit's name on the desk."""
    page = client.get("/desk/parts/?of=units").json()["units"]
    row = page[: page.index(name)].rpartition('class="u')[2]
    return row[row.index("#s-") :][:10].split('"')[0]


@pytest.mark.item("S-CMD-005")
def test_the_desks_map_shows_units_on_shift_only_and_a_sign_off_takes_them_away(world: Any, desk: Desk) -> None:
    lon, lat = middle_of(world.qiaoxi_02)
    assert reports(world, world.qx1, lon, lat) == 200
    client = desk("fang")
    shown = {one["properties"]["name"]: one for one in client.get("/desk/map.json").json()["units"]["features"]}
    assert shown["桥西1组"]["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=1e-5)
    assert desk("su").get("/desk/map.json").status_code == 403

    shifts.end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    forget()
    assert reports(world, world.qx1, lon + 0.001, lat) == 409
    left = [one["properties"]["name"] for one in client.get("/desk/map.json").json()["units"]["features"]]
    assert "桥西1组" not in left
