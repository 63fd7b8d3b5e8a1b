"""An old man found in the snow: from the matter to next of kin, and what stays behind of it."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock, keyring
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.registry.emergencies import NotOnesOwnJudge, judge_emergency, open_emergency
from shouwang.registry.finding import find, sitting_now
from shouwang.registry.looking import NoGround
from shouwang.registry.models import Emergency, Look
from shouwang.registry.tests.town import id_number, register, traces
from tests.journeys.desks import Desk

pytestmark = [pytest.mark.committed]


@pytest.fixture
def found(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A call in Qiaoxi; the man lives in Hebu, where its officer registered him."""
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    at = clock.now()
    register(world, at, name="王建国", emergency_contact="王小燕 13900001111", area=world.hebu_01, place="河埠街3号101")
    register(world, at, name="王建业", doc_no=id_number(4), phone="", area=world.hebu_01, place="河埠街5号")
    return open_matter(
        kind="incident", by=world.fang, at=at, channel="phone", subkind="order.fight", words="有位老人倒在雪地里",
        point=(111.427, 27.686),
    )  # fmt: skip


def _hidden(page: str, name: str, which: int = 0) -> str:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)[which]


@pytest.mark.item("S-REG-008", "PRI-02")
def test_address_and_next_of_kin_and_a_second_person_within_a_day(world: Any, found: Any, desk: Desk) -> None:
    fang, zhou = desk("fang"), desk("zhou")
    began = fang.post("/desk/find/emergencies/", {"reference": found.reference, "reason": "老人冻伤，意识不清"})
    assert began.status_code == 302
    page = fang.post("/desk/find/candidates/", {"who": "王建", "matter": str(found.pk)}).content.decode()
    given = {name: _hidden(page, name) for name in ("sitting", "search", "register", "record")}
    record = fang.post("/desk/find/record/", given).content.decode()
    second = fang.post("/desk/find/record/", given | {"record": _hidden(page, "record", 1)})
    waiting = zhou.get("/desk/find/emergencies/").content.decode()
    own = fang.get("/desk/find/emergencies/").content.decode()
    zhou.post("/desk/find/emergencies/verdict/", {"emergency": _hidden(waiting, "emergency"), "verdict": "confirmed"})

    assert "河埠街" in record
    assert "王建" in record
    assert "11010519491231002X" not in record
    assert second.status_code == 403
    assert "老人冻伤" in waiting
    assert 'name="verdict"' not in own
    assert [one.verdict for one in traces(Emergency)] == ["confirmed"]
    (look,) = traces(Look, matter=found.pk)
    assert look.purpose == "emergency"
    assert set(look.fields) == {"name", "category", "emergency_contact", "residences", "state"}
    verbs = ["emergency.open", "register.search", "register.look", "emergency.judge"]
    assert [one.verb for one in Entry.objects.filter(verb__in=verbs).order_by("received_at")] == verbs


@pytest.mark.item("S-REG-008")
def test_it_is_begun_from_the_page_of_the_matter_and_by_one_typed_line(world: Any, found: Any, desk: Desk) -> None:
    fang = desk("fang")
    page = fang.get(f"/desk/matters/{found.pk}/").content.decode()
    form = page[page.index('action="/desk/find/emergencies/"') :]
    given = {"reference": _hidden(form, "reference"), "reason": "老人冻伤"}
    begun = fang.post("/desk/find/emergencies/", given)
    typed = fang.post("/desk/command/", {"line": f"/急 {found.number} 老人倒在雪里"}, headers={"HX-Request": "true"})
    empty = fang.post("/desk/command/", {"line": f"/急 {found.number}"}, headers={"HX-Request": "true"})

    assert begun.headers["Location"] == f"/desk/find/?matter={found.pk}"
    assert (typed.status_code, typed.headers["HX-Redirect"]) == (204, f"/desk/find/?matter={found.pk}")
    assert empty.status_code == 400
    assert {one.reason for one in traces(Emergency)} == {"老人冻伤", "老人倒在雪里"}
    assert "开始查找" not in desk("gu").get(f"/desk/matters/{found.pk}/").content.decode()


def test_nobody_judges_his_own_and_nobody_begins_without_a_matter(world: Any, found: Any) -> None:
    at = clock.now()
    with pytest.raises(NoGround):
        open_emergency(matter=world.qiaoxi.pk, reason="老人冻伤", by=world.zhou, at=at)
    with pytest.raises(NoGround):
        open_emergency(matter=found.pk, reason="老人冻伤", by=world.lu, at=at)
    emergency = open_emergency(matter=found.pk, reason="老人冻伤", by=world.zhou, at=at)

    with pytest.raises(NotOnesOwnJudge):
        judge_emergency(emergency, "confirmed", by=world.zhou, at=at)
    assert emergency.judge_by - at == dt.timedelta(hours=24)


def test_a_quarter_of_an_hour_and_no_longer(world: Any, found: Any) -> None:
    at = clock.now()
    open_emergency(matter=found.pk, reason="老人冻伤", by=world.fang, at=at)
    sitting = sitting_now(world.fang, at + dt.timedelta(minutes=14), found.pk)

    assert sitting is not None
    assert find(sitting, who="王建国", by=world.fang, at=at).candidates
    assert sitting_now(world.fang, at + dt.timedelta(minutes=15), found.pk) is None
