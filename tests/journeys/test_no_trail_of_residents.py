"""Nobody is known by where he went (S-REG-010): there is no door, no table and no page for a resident's way.

What stands in its place is asked of people: `/desk/find/` for one person and one purpose, the emergency path, a matter.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.tracking.models import Fix, LastFix
from tests.journeys.route_table import ROUTES

HERE = {"lat": "27.6905", "lon": "111.4215"}


@pytest.mark.item("S-REG-010", "ETH-04")
@pytest.mark.committed
def test_a_residents_phone_that_reports_where_it_is_is_turned_away(world: Any) -> None:
    wang = Client()
    wang.cookies[SESSION] = open_session(world.cast["wang"].person, label="test", at=clock.now(), proven=True)[1]

    for token in ("", str(world.wang.person_id), "13800002086"):
        answer = wang.get("/ingest/osmand", HERE | {"id": token})
        assert answer.status_code in (400, 401, 429), answer.content
    assert not Fix.objects.exists()
    assert not LastFix.objects.exists()


@pytest.mark.item("S-REG-010", "ETH-04")
def test_no_table_ties_a_resident_to_places_at_times_and_no_address_leads_to_his_way() -> None:
    for model in apps.get_models():
        names = {field.name for field in model._meta.local_fields}
        when_and_where = {"lon", "at"} <= names
        assert not (when_and_where and names & {"resident", "account", "identity", "party"}), model._meta.label
    ways = [name for name in ROUTES if any(word in name for word in ("track", "trail", "trajectory", "history"))]
    of_units = {"desk:track", "desk:track_file", "tracking:ingest"}  # on shift
    of_matters = {f"desk:{one}" for one in ("kept_tracks", "kept_track", "kept_track_new", "kept_track_decided")}
    assert set(ways) <= of_units | of_matters  # kept are stretches of units that were sent there, by two persons' act
