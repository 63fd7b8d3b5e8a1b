"""The equipment ledger on its pages: taken in by sheet, issued by scan, counted, exported."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.models import EquipmentKind, Item, ItemLine, StockCount
from shouwang.duty.shifts import unit_of

SHEET = reverse("administration:equipment")
LEDGER, ACTS = reverse("desk:equipment"), reverse("desk:equipment_acts")


def serials(prefix: str, n: int) -> list[str]:
    return [f"{prefix}-{number:04}" for number in range(1, n + 1)]


def lines(world, kind: str, numbers: list[str], **more: str) -> list[str]:
    told = ("model", "size", "terminal", "expires_on", "tested_on")
    return [",".join([one, kind, world.station.code, *(more.get(name, "") for name in told)]) for one in numbers]


def take_over(browser, rows: list[str]):
    """The sheet as its user brings it: looked over first, then done with what the page carries."""
    text = "\n".join(["serial,kind,home,model,size,terminal,expires_on,tested_on", *rows])
    looked = browser.post(SHEET, {"act": "look", "file": SimpleUploadedFile("list.csv", text.encode())})
    carried = re.search(r'name="rows" value="([^"]+)"', looked.content.decode())
    return looked, (lambda: browser.post(SHEET, {"act": "do", "rows": carried[1] if carried else ""}))


def words_of(page) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def handle(browser, act: str, numbers: list[str], **more: str):
    return browser.post(ACTS, {"act": act, "serials": "\n".join(numbers)} | more)


@pytest.fixture
def stocked(world, desk) -> None:
    """100 trunked radios, 100 public-network radios, 226 recorders, 230 pieces of gear, as the plans name them."""
    soon = (clock.local_date(clock.now()) + dt.timedelta(days=20)).isoformat()
    rows = lines(world, "350M数字对讲机", serials("DJ350", 100), model="PD780")
    rows += lines(world, "公网对讲机", serials("GW", 100))
    rows += lines(world, "执法记录仪", serials("JLY", 226))
    rows += lines(world, "防护装备", serials("FH", 230), size="L", expires_on=soon)
    _looked, do = take_over(desk("zhou"), rows)
    assert do().status_code == 200


@pytest.mark.item("S-CMD-004", "S-AST-014")
def test_a_list_is_taken_over_by_sheet_and_the_ledger_agrees_with_it(world, desk, stocked):
    page = words_of(desk("zhou").get(LEDGER))

    for told in ("350M数字对讲机 100 100", "公网对讲机 100 100", "执法记录仪 226 226", "防护装备 230 230", "656 条"):
        assert told in page
    due = words_of(desk("fang").get(LEDGER, {"due": "on", "kind": "防护装备"}))
    assert "230 条" in due
    assert "对全部编号执行" not in due
    assert desk("ming").get(LEDGER).status_code == 403


def test_the_same_sheet_twice_does_nothing_and_a_faulty_one_nothing_at_all(world, desk):
    rows = lines(world, "执法记录仪", serials("JLY", 3))
    take_over(desk("zhou"), rows)[1]()

    again, _do = take_over(desk("zhou"), rows)
    assert "已在台账中" in again.content.decode()
    wrong = [*rows, *lines(world, "没有的种类", ["X1"]), *lines(world, "执法记录仪", ["JLY-0001"])]
    refused, _do = take_over(desk("zhou"), wrong)
    assert refused.status_code == 422
    assert Item.objects.count() == 3


@pytest.mark.item("S-CMD-003")
def test_things_are_issued_by_scan_to_whoever_is_on_a_shift_and_come_back(world, desk):
    rows = lines(world, "350M数字对讲机", serials("DJ350", 2)) + lines(world, "执法记录仪", ["JLY-0001"])
    take_over(desk("zhou"), rows)[1]()
    ming = world.ming.person
    refused = handle(desk("zhou"), "issue", ["dj350-0001", "NO-SUCH", "DJ350-0002"], to=f"person:{ming.pk}")
    assert refused.status_code == 409
    assert "NO-SUCH" in refused.content.decode()
    assert not Item.objects.filter(state="issued").exists()

    assert handle(desk("zhou"), "issue", ["dj350-0001，ＪＬＹ-0001"], to=f"person:{ming.pk}").status_code == 302
    radio = Item.objects.get(serial="DJ350-0001")
    assert radio.holder == ming
    assert radio.lines.get(act="issue").shift == unit_of(ming.pk, clock.now()).shift
    shown = desk("zhou").get(reverse("desk:equipment_item", args=[radio.pk])).content.decode()
    assert "周明远" in shown
    assert world.qx1.name in shown
    assert handle(desk("zhou"), "issue", ["DJ350-0001"], to=f"person:{world.li.person.pk}").status_code == 409
    assert handle(desk("fang"), "return", ["DJ350-0001"]).status_code == 403

    for act, more in (
        ("battery", {"percent": "71"}), ("fault", {"words": "无声"}), ("repair", {}), ("repaired", {}), ("test", {}),
    ):  # fmt: skip
        assert handle(desk("zhou"), act, ["DJ350-0001"], **more).status_code == 302, act
    radio.refresh_from_db()
    assert (radio.state, radio.battery_pct, radio.holder) == ("stock", 71, None)
    assert [line.act for line in radio.lines.order_by("at", "id")][-5:] == [
        "battery", "fault", "repair", "repaired", "test",
    ]  # fmt: skip


@pytest.mark.item("S-AST-014")
def test_what_has_expired_is_not_issued_and_a_loss_needs_a_word(world, desk):
    past = (clock.local_date(clock.now()) - dt.timedelta(days=1)).isoformat()
    take_over(desk("zhou"), lines(world, "防护装备", ["FH-1"], size="XL", expires_on=past))[1]()

    refused = handle(desk("zhou"), "issue", ["FH-1"], to=f"person:{world.ming.person.pk}")
    assert refused.status_code == 409
    assert "已于" in refused.content.decode()
    assert handle(desk("zhou"), "lose", ["FH-1"]).status_code == 400
    assert handle(desk("zhou"), "lose", ["FH-1"], words="抓捕时掉入河中").status_code == 302
    assert ItemLine.objects.get(act="lose").words == "抓捕时掉入河中"


@pytest.mark.item("S-CMD-004")
def test_the_monthly_count_closes_only_when_every_difference_is_explained(world, desk, stocked):
    zhou = desk("zhou")
    kind = EquipmentKind.objects.get(name="执法记录仪")
    handle(zhou, "issue", ["JLY-0226"], to=f"person:{world.ming.person.pk}")
    begun = zhou.post(reverse("desk:stock_counts"), {"area": world.station.code, "kind": str(kind.pk)})
    page = begun.url
    assert (
        zhou.post(page, {"act": "see", "serials": "\n".join([*serials("JLY", 224), "JLY-0226", "OLD-7"])}).status_code
        == 302
    )

    shown = zhou.get(page).content.decode()
    assert "JLY-0225" in shown
    assert "OLD-7" in shown
    refused = zhou.post(page, {"act": "close"})
    assert refused.status_code == 409
    assert "还有 2 处差异没有说明" in refused.content.decode()
    zhou.post(
        page,
        {"act": "explain", "why:JLY-0225": "送检，单据 11-22", "why:OLD-7": "旧机，待登记", "why:JLY-0001": "多余"},
    )
    assert zhou.post(page, {"act": "close"}).status_code == 302

    row = StockCount.objects.get()
    assert (row.expected, row.n_seen) == (226, 226)
    assert {one.serial: one.sort for one in row.differences.all()} == {"JLY-0225": "missing", "OLD-7": "unknown"}
    handle(zhou, "lose", ["JLY-0001"], words="遗失")
    assert "226 台账数" in words_of(zhou.get(page))
    assert zhou.post(page, {"act": "see", "serials": "JLY-0225"}).status_code == 409
    assert desk("fang").post(page, {"act": "see", "serials": "JLY-0225"}).status_code == 403


def test_the_file_holds_what_the_page_shows_and_no_formula(world, desk):
    take_over(desk("zhou"), lines(world, "公网对讲机", ["=1+1", "GW-2"], model="@SUM(A1)"))[1]()

    answer = desk("fang").get(reverse("desk:equipment_file"), {"q": "=1"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][0] == "'=1+1"
    assert rows[1][2] == "'@SUM(A1)"


def test_the_kind_says_how_many_are_missing(world, desk):
    take_over(desk("zhou"), lines(world, "执法记录仪", serials("JLY", 226)))[1]()
    kind = EquipmentKind.objects.get(name="执法记录仪")
    told = {"name": kind.name, "form": "recorder", "planned": "230"}

    assert desk("fang").post(f"{reverse('desk:equipment_kinds')}?kind={kind.pk}", told).status_code == 403
    assert desk("zhou").post(f"{reverse('desk:equipment_kinds')}?kind={kind.pk}", told).status_code == 302
    assert "-4" in desk("zhou").get(LEDGER).content.decode()
