"""The last board: on paper every minute, kept for half an hour, and silent about who called."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.fallback import spooling
from shouwang.desk.fallback.board import last_board, struck
from shouwang.dispatch.dispatching import send_unit
from shouwang.matters.intake import Told, open_matter
from tests.journeys.desks import middle_of


@pytest.fixture
def fight(world):
    matter = open_matter(
        kind="incident", by=world.fang.afresh(), at=clock.now(), subkind="order.fight", place_text="桥西路12号",
        point=middle_of(world.qiaoxi_02), gist="两人打架 13812345678", words="我姓王，我看见他们打起来了",
        told=Told(name="王小红", number="13812345678"),
    )  # fmt: skip
    return send_unit(matter=matter, unit=world.qx1, by=world.fang.afresh(), at=clock.now()).matter


def text_of(sheet: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sheet))


@pytest.fixture
def spool(tmp_path, settings_var, as_role):
    def at(moment: dt.datetime):
        with as_role("jobs"):
            return spooling.spool(moment)

    return at


@pytest.fixture
def settings_var(tmp_path, monkeypatch):
    monkeypatch.setattr("django.conf.settings.VAR", tmp_path)
    return tmp_path


def test_the_sheet_of_an_office_shows_matters_crews_and_no_caller(world, fight, spool, settings_var):
    files = spool(clock.now())

    sheet = settings_var / "spool" / world.station.code / "latest.pdf"
    text = text_of(sheet.read_bytes())
    assert sheet.parent in {file.parent for file in files}
    assert all(wanted in text for wanted in (str(fight.number), "打架", "桥西路12号", "桥西1组", "周岚"))
    assert not any(told in text for told in ("王", "13812345678", "我看见"))


def test_the_last_sheets_are_kept_and_no_more(world, fight, spool, settings_var):
    began = clock.now()
    for minute in range(3):
        spool(began + dt.timedelta(minutes=minute))
    place = settings_var / "spool" / world.station.code
    for n in range(40):
        (place / f"20200101T0000{n:02}Z.pdf").write_bytes(b"old")

    spool(began + dt.timedelta(minutes=4))

    kept = sorted(file.name for file in place.glob("*.pdf"))
    assert len(kept) == spooling.KEPT + 1
    assert kept[-1] == spooling.LATEST
    assert f"{began + dt.timedelta(minutes=4):%Y%m%dT%H%M%SZ}.pdf" in kept


def test_a_sealed_matter_is_not_on_the_board(world, fight):
    by = Actor(person_id=world.zhou.person.pk)
    assert [one.number for one in last_board(by, clock.now()).matters] == [fight.number]
    type(fight).objects.filter(pk=fight.pk).update(visibility="sealed", named=[world.zhou.post.pk])

    assert last_board(by, clock.now()).matters == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("打 １３８００００００００ 找我", "打 … 找我"),
        ("431302199001011234 的人", "… 的人"),
        ("桥西路12号3单元", "桥西路12号3单元"),
    ],
)
def test_numbers_of_people_are_struck_out(written, shown):
    assert struck(written) == shown
