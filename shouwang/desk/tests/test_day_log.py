"""The day log: drawn from the journal, added to and never changed, the same on the page and in its file."""

import datetime as dt
import io

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.clock import SHANGHAI
from shouwang.desk.day_log import drawn, log_of
from shouwang.dispatch import dispatching
from shouwang.duty.alerts import put_alert
from shouwang.duty.models import LogLine
from shouwang.duty.watches import NotInShift, WatchClosed, add_line, close_watch, set_watch
from shouwang.matters.intake import open_matter
from shouwang.people.access import NotAllowed


@pytest.fixture
def watch(world):  # type: ignore[no-untyped-def]
    now = clock.now()
    return set_watch(
        world.areas["station"], begins_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=8),
        chief=world.lin.person, lead=world.zhou.person, by=world.lin, at=now,
    )  # fmt: skip


def call(world, gist="打架"):  # type: ignore[no-untyped-def]
    point = (111.4215, 27.6905)
    return open_matter(kind="incident", by=world.fang, at=clock.now(), subkind="order.fight", point=point, gist=gist)


def words(watch, by):  # type: ignore[no-untyped-def]
    at = timezone.now()
    return [one.words for one in drawn(log_of(watch, by, at).keys, by, at, "zh-hans")]


@pytest.mark.item("S-CMD-016", "S-CMD-002")
def test_what_happens_on_the_ground_stands_in_the_log_by_itself(world, watch):
    matter = call(world)
    dispatching.send_unit(matter=matter, unit=world.qx1, by=world.fang, at=clock.now())
    add_line(watch, "变压器检修，门前停车受限", happened_at=clock.now(), by=world.fang, at=clock.now())

    said = words(watch, world.lin)
    assert any("派" in one and "桥西1组" in one for one in said)
    assert sum("变压器检修" in one for one in said) == 1
    numbered = drawn(log_of(watch, world.lin, timezone.now()).keys, world.lin, timezone.now(), "zh-hans")
    assert {one.matter.pk for one in numbered if one.matter} == {matter.pk}


def test_a_line_is_corrected_by_another_and_a_closed_shift_takes_only_corrections(world, watch):
    now = clock.now()
    line = add_line(watch, "三号机故障", happened_at=now, by=world.fang, at=now)
    close_watch(watch, note="设备待修", by=world.zhou, at=now)

    with pytest.raises(WatchClosed):
        add_line(watch, "补一行", happened_at=now, by=world.fang, at=now)
    add_line(watch, "应为二号机", happened_at=now, corrects=line, by=world.zhou, at=now)
    assert LogLine.objects.get(corrects=line).text == "应为二号机"
    with pytest.raises(DatabaseError), transaction.atomic():
        LogLine.objects.filter(pk=line.pk).update(text="没有故障")
    with pytest.raises(DatabaseError), transaction.atomic():
        LogLine.objects.filter(pk=line.pk).delete()


def test_a_line_has_a_time_in_its_shift_and_a_writer_who_is_on_it(world, watch):
    now = clock.now()
    for wrong in (now - dt.timedelta(hours=2), now + dt.timedelta(minutes=5)):
        with pytest.raises(NotInShift):
            add_line(watch, "一行", happened_at=wrong, by=world.fang, at=now)
    with pytest.raises(NotAllowed):
        add_line(watch, "一行", happened_at=now, by=world.shen, at=now)


def test_a_sealed_matter_is_in_nobodys_log_who_may_not_read_it(world, watch):
    matter = call(world, "保密")
    before = len(words(watch, world.fang))
    matter.excluded_persons = [world.fang.person_id]
    matter.save(update_fields=["excluded_persons"])
    assert len(words(watch, world.fang.afresh())) < before


def test_an_alert_of_a_call_is_only_in_the_log_of_who_may_read_the_call(world, watch):
    matter, now = call(world), clock.now()
    with acting(world.fang):
        put_alert(kind="support", subject=matter.pk, unit_id=world.qx1.pk, matter_id=matter.pk, raised_at=now,
                  by=world.fang, at=now)  # fmt: skip
    assert any("请求支援" in one for one in words(watch, world.fang.afresh()))
    matter.excluded_persons = [world.fang.person_id]
    matter.save(update_fields=["excluded_persons"])
    assert not any("请求支援" in one for one in words(watch, world.fang.afresh()))


def test_the_hand_over_stands_in_the_log_of_its_own_shift_though_it_was_written_afterwards(world, watch):
    close_watch(watch, note="平安", by=world.zhou, at=watch.during.upper + dt.timedelta(minutes=5))
    assert any("交接班" in one or "交班" in one for one in words(watch, world.lin))


def test_twenty_calls_cost_as_many_questions_as_two(world, watch):
    def asked() -> int:
        by, at = world.lin.afresh(), timezone.now()
        with CaptureQueriesContext(connection) as said:
            drawn(log_of(watch, by, at).keys, by, at, "zh-hans")
        return len(said)

    call(world)
    call(world)
    before = asked()
    for number in range(18):
        call(world, f"第{number}起")
    assert asked() == before


def test_a_dispatcher_adds_a_line_on_the_page_and_the_file_says_what_the_page_says(world, watch, desk):
    call(world)
    address, now = f"/desk/daylog/{watch.pk}/", clock.now().astimezone(SHANGHAI)
    assert desk("fang").post(address, {"happened_at": f"{now:%Y-%m-%dT%H:%M}", "text": "  "}).status_code == 422
    told = {"happened_at": f"{now:%Y-%m-%dT%H:%M}", "text": "停电十分钟"}
    assert desk("fang").post(address, told).status_code == 302

    page = desk("zhou").get(address).content.decode()
    assert "停电十分钟" in page
    assert "人工补记" in page
    assert str(watch.pk) in desk("zhou").get("/desk/daylog/").content.decode()
    assert str(watch.pk) not in desk("zhou").get("/desk/daylog/?day=2020-01-01").content.decode()
    csv = desk("zhou").get(f"{address}file/").content.decode("utf-8-sig").splitlines()
    sheet = load_workbook(io.BytesIO(desk("zhou").get(f"{address}file/?as=xlsx").content)).worksheets[0]
    assert len(csv) == sheet.max_row == page.count('<td class="nowrap">') + 1
    assert sum("停电十分钟" in line for line in csv) == 1


def test_correcting_begins_with_the_line_and_its_time(world, watch, desk):
    line = add_line(watch, "三号机故障", happened_at=clock.now(), by=world.fang, at=clock.now())
    page = desk("fang").get(f"/desk/daylog/{watch.pk}/?corrects={line.pk}").content.decode()
    assert "更正一行" in page
    assert str(line.pk) in page
    assert desk("fang").get(f"/desk/daylog/{watch.pk}/?corrects={watch.pk}").status_code == 404
