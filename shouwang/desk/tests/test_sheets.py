"""Hand-over sheets through the page: drawn up, read as it stood then, signed by two, and of a post that is left."""

from typing import Any

import pytest

from shouwang.core import clock
from shouwang.duty.shifts import end_shift
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Sheet
from shouwang.matters.models.sheet import SheetKind

QIAOXI = (111.4275, 27.6865)


@pytest.fixture
def call(world: Any) -> Any:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=QIAOXI, subkind="order.fight", place_text="桥西路12号"
    )


def test_a_shift_sheet_keeps_the_crews_of_then_and_is_signed_by_two(world, desk, call):
    fang, zhou = desk("fang"), desk("zhou")
    address = fang.post("/desk/sheets/", {"remark": "夜班较忙"}).headers["Location"]
    end_shift(unit=world.qx1, by=world.ming.afresh(), at=clock.now())

    page = fang.get(address).content.decode()
    assert "桥西路12号" in page
    assert "夜班较忙" in page
    assert "桥西1组" in page, "the crews as they were when it was drawn up"

    fang.post(address)
    assert "现在等对方签名" in fang.get(address).content.decode()
    zhou.post(address)
    signed = zhou.get(address).content.decode()
    assert "双方已签" in signed
    assert "签这份移交单" not in signed


def test_a_post_that_is_left_is_handed_over_with_what_it_is_responsible_for(world, desk, call):
    shen = desk("shen")
    assert "离岗移交" in shen.get("/desk/sheets/").content.decode()

    address = shen.post("/desk/sheets/", {"post": str(world.shen.post.pk)}).headers["Location"]

    sheet = Sheet.objects.get()
    assert (sheet.kind, sheet.post) == (SheetKind.LEAVING, world.shen.post.pk)
    assert "桥西路12号" in shen.get(address).content.decode()


def test_nobody_draws_up_the_sheet_of_a_post_that_is_not_his(world, desk):
    answer = desk("fang").post("/desk/sheets/", {"post": str(world.shen.post.pk)})

    assert answer.status_code == 200
    assert not Sheet.objects.exists()
