"""A rule picks out a look: its maker reads it first and says why, then the lead reads both and closes it."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shouwang.core import clock, keyring
from shouwang.registry.models import OddLook, OwnAddress
from tests.journeys.desks import Desk

pytestmark = [pytest.mark.committed]


@pytest.fixture
def odd(world: Any, as_role: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OddLook:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    at = clock.now()
    with as_role("jobs"):
        row: OddLook = OddLook.objects.create(
            rule="burst", person=world.shen.person_id, area=world.qiaoxi, subject=uuid4(), is_search=True, at=at,
            found_at=at, answer_by=at,
        )  # fmt: skip
    return row


@pytest.mark.item("ETH-10", "ETH-11")
def test_first_to_him_then_with_his_words_to_the_lead(world: Any, odd: OddLook, desk: Desk) -> None:
    shen, zhou = desk("shen"), desk("zhou")
    assert "短时间大量查阅" in shen.get("/desk/find/looks/").content.decode()
    assert "沈知行" not in zhou.get("/desk/find/looks/").content.decode()

    assert shen.post(f"/desk/find/looks/{odd.pk}/words/", {"words": "集中入户登记"}).status_code == 302
    page = zhou.get("/desk/find/looks/").content.decode()
    assert "集中入户登记" in page
    assert "沈知行" in page
    assert (
        zhou.post(f"/desk/find/looks/{odd.pk}/hearing/", {"outcome": "explained", "note": "已核对"}).status_code == 302
    )
    assert "集中入户登记" not in zhou.get("/desk/find/looks/").content.decode()
    assert "已核对" in shen.get("/desk/find/looks/").content.decode()


def test_the_neighbour_and_whoever_leads_elsewhere_hear_nothing(world: Any, odd: OddLook, desk: Desk) -> None:
    desk("shen").post(f"/desk/find/looks/{odd.pk}/words/", {"words": "集中入户登记"})

    assert "集中入户登记" not in desk("zhao").get("/desk/find/looks/").content.decode()
    assert desk("zhao").post(f"/desk/find/looks/{odd.pk}/words/", {"words": "不是我"}).status_code == 404


def test_the_rules_stand_there_in_writing_with_their_numbers(world: Any, odd: OddLook, desk: Desk) -> None:
    page = desk("shen").get("/desk/find/looks/").content.decode()

    for words in ("班次以外", "查本人", "查本人住址", "短时间大量查阅", "虚设记录", "超过 12 条", "22:00"):
        assert words in page


def test_an_address_is_declared_and_taken_back(world: Any, odd: OddLook, desk: Desk) -> None:
    shen = desk("shen")
    assert shen.post("/desk/find/looks/address/", {"address_text": "不存在的路1号"}).status_code == 422
    assert shen.post("/desk/find/looks/address/", {"address_text": ""}).status_code == 302
    assert not OwnAddress.objects.exists()
