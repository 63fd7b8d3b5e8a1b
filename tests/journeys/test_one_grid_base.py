"""One base of grids for police and community (GRD-06), and matters that go to whoever is competent (S-GRD-015)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.kinds.hazard.words import COMPETENT
from shouwang.matters.intake import open_matter
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.places.models import Area

pytestmark = [pytest.mark.committed]


def client_of(world: Any, who: str) -> Client:
    client = Client(headers={"accept": "text/html", "accept-language": "zh-hans"})
    client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
    return client


@pytest.mark.item("S-GRD-015", "GRD-06")
def test_police_and_community_see_the_same_grids(world: Any) -> None:
    grids = Area.objects.filter(tier="grid")
    assert grids.count() == 7
    assert not grids.filter(duty_path="").exists()
    assert not grids.filter(government_path="").exists()

    for who in ("shen", "su"):
        page = client_of(world, who).get(f"/desk/ground/?area={world.qiaoxi_04.pk}")
        assert page.status_code == 200, who
        assert "桥西04网格" in page.content.decode(), who


@pytest.mark.item("S-GRD-015", "GRD-13")
def test_what_the_grid_cannot_settle_goes_to_a_body_of_the_list(world: Any) -> None:
    lin, at = client_of(world, "lin"), clock.now()
    hazard = open_matter(
        kind="hazard", by=world.shen, at=at, point=(111.427, 27.685), place_text="桥西路12号", gist="燃气管漏气",
        subkind="building.gas", channel="own_find",
    )  # fmt: skip
    form = lin.get(f"/desk/matters/{hazard.pk}/steps/refer/form/", headers={"HX-Request": "true"}).content.decode()

    wrong = lin.post(f"/desk/matters/{hazard.pk}/steps/refer/", {"body": "somebody", "reason": "业主不改"})
    done = lin.post(f"/desk/matters/{hazard.pk}/steps/refer/", {"body": "gas_company", "reason": "业主不改"})

    assert all(f'value="{body}"' in form for body in COMPETENT)
    assert wrong.status_code in (400, 422)
    assert done.status_code in (200, 204, 302)
    hazard.refresh_from_db()
    assert (hazard.outcome, hazard.phase) == ("referred", "done")
