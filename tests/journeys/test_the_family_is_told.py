"""From the desk to the family in one sitting, and what the lead sees of it meanwhile."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock, keyring
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.notices.models import Notice
from shouwang.notices.reporting import report_delivered
from shouwang.registry.models import Emergency
from shouwang.registry.tests.town import register, traces
from tests.journeys.desks import Desk

pytestmark = [pytest.mark.committed]


@pytest.fixture
def found(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Matter:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    at = clock.now()
    register(world, at, name="王建国", emergency_contact="王小燕 13900001111", area=world.hebu_01, place="河埠街3号101")
    return open_matter(
        kind="incident", by=world.fang, at=at - dt.timedelta(minutes=4), channel="phone", subkind="order.fight",
        words="有位老人倒在雪地里", point=(111.427, 27.686),
    )  # fmt: skip


def _hidden(page: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)[0]


def _opened(fang: Any, found: Matter) -> str:
    """The record's page, reached as an officer does."""
    fang.post("/desk/find/emergencies/", {"reference": found.reference, "reason": "老人冻伤，意识不清"})
    page = fang.post("/desk/find/candidates/", {"who": "王建国", "matter": str(found.pk)}).content.decode()
    given = {name: _hidden(page, name) for name in ("sitting", "search", "register", "record")}
    record: str = fang.post("/desk/find/record/", given).content.decode()
    return record


@pytest.mark.item("S-REG-008", "S-REG-009")
def test_a_message_to_the_family_is_one_button_and_the_page_counts_the_minutes(
    world: Any, found: Matter, desk: Desk
) -> None:
    fang = desk("fang")
    record = _opened(fang, found)
    (emergency,) = traces(Emergency)
    assert "家属还不知道" in record

    waiting = fang.post(f"/desk/find/emergencies/{emergency.pk}/kin/", {"way": "message"}, headers={"HX-Request": "1"})
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    report_delivered(Notice.objects.get(wording="kin_needed").pk, at=clock.now())
    told = fang.get(f"/desk/find/emergencies/{emergency.pk}/", headers={"HX-Request": "1"}).content.decode()
    figures = fang.get("/desk/find/emergencies/").content.decode()

    assert "<b>4分</b>" in told
    assert "every 1s" not in told
    assert "n = 1" in figures


def test_the_lead_reads_it_at_the_desk_and_judges_it_there(world: Any, found: Matter, desk: Desk) -> None:
    fang, zhou = desk("fang"), desk("zhou")
    _opened(fang, found)
    (emergency,) = traces(Emergency)

    assert "老人冻伤" in zhou.get("/desk/alerts/").content.decode()
    assert "老人冻伤" not in fang.get("/desk/alerts/").content.decode()
    page = zhou.get(f"/desk/find/emergencies/{emergency.pk}/").content.decode()
    assert "老人冻伤" in page
    assert 'name="way"' not in page
    assert desk("zhao").get(f"/desk/find/emergencies/{emergency.pk}/").status_code == 404
    zhou.post("/desk/find/emergencies/verdict/", {"emergency": str(emergency.pk), "verdict": "confirmed"})
    assert "老人冻伤" not in zhou.get("/desk/alerts/").content.decode()


def test_who_did_not_begin_it_sends_nothing_to_the_family(world: Any, found: Matter, desk: Desk) -> None:
    _opened(desk("fang"), found)
    (emergency,) = traces(Emergency)
    address = f"/desk/find/emergencies/{emergency.pk}/kin/"

    assert desk("zhou").post(address, {"way": "message"}).status_code == 409
    assert not Notice.objects.filter(wording="kin_needed").exists()
