"""Information items: entered, assessed by another, acted on by a directive, assessed again; none is of a person."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.matters.models import Matter

ITEM = {
    "subkind": "item.place", "gist": "河埠市场收摊后灯不亮，三周内四起盗窃", "place_text": "河埠市场",
    "words": "多在20时后", "channel": "counts",
}  # fmt: skip


@pytest.fixture
def item(world, desk_of) -> Matter:
    assert desk_of(world.ming).post(reverse("desk:information_new"), ITEM).status_code == 302
    return Matter.objects.get(kind="information")


@pytest.mark.item("S-CMD-015")
def test_an_item_is_assessed_acted_on_and_assessed_again(world, desk_of, item, as_role):
    def step(who: object, name: str, row: Matter = item, **given: str) -> int:
        code: int = desk_of(who).post(reverse("desk:step", args=[row.pk, name]), given).status_code
        item.refresh_from_db()
        return code

    assert "河埠市场收摊后" in desk_of(world.zhou).get(reverse("desk:information")).content.decode()
    assert step(world.zhou, "assess", judged="firm") == 302
    assert step(world.zhou, "direct", to=str(world.bureau.pk), what="晚间巡看") == 400
    assert step(world.zhou, "direct", to=str(world.hebu.pk), what="晚间巡看，报修路灯") == 302
    directive = Matter.objects.get(kind="directive")
    assert (directive.parent, directive.area, directive.gist) == (item, world.hebu, "晚间巡看，报修路灯")

    for name, given in (("sign", {}), ("start", {}), ("feed_back", {"effect": "done", "feedback": "灯已修好"})):
        assert step(world.zhao, name, directive, **given) == 302
    for name in ("verify", "close"):
        assert step(world.zhou, name, directive) == 302
    closed = Entry.objects.get(verb="directive.close")
    for handler in handlers_of(closed.topic):
        if handler.startswith("shouwang.kinds.information."):
            with as_role("jobs"):
                run_handler(handler, closed.id)

    item.refresh_from_db()
    assert item.state == "heard"
    assert step(world.zhou, "assess_again", helped="helped", remark="两周内没有再发") == 302
    assert (item.phase, item.outcome) == ("done", "helped")
    assert "河埠市场收摊后" in desk_of(world.lin).get(reverse("desk:information"), {"show": "ended"}).content.decode()


@pytest.mark.item("S-CMD-015", "ETH-01", "ETH-05", "ETH-07")
@pytest.mark.parametrize(
    "wrong",
    [
        {"gist": "王某某最近常来"}, {"words": "电话13812345678"}, {"place_text": "嫌疑人住处"}, {"gist": "上访户要来"},
        {"words": "某省籍人员较多，如河南籍人员"}, {"gist": "刑满释放人员去向"},
    ],
)  # fmt: skip
def test_an_item_on_persons_is_refused_at_entry(world, desk_of, wrong):
    answer = desk_of(world.ming).post(reverse("desk:information_new"), ITEM | wrong)

    assert answer.status_code == 422
    assert (
        "请改写" in answer.content.decode()
        or "请去掉" in answer.content.decode()
        or "请写在" in answer.content.decode()
    )
    assert not Matter.objects.filter(kind="information").exists()


def test_nobody_assesses_what_he_entered_and_words_of_a_step_are_of_no_person_either(world, desk_of):
    assert desk_of(world.zhou).post(reverse("desk:information_new"), ITEM).status_code == 302
    row = Matter.objects.get(kind="information")
    assess = reverse("desk:step", args=[row.pk, "assess"])
    assert desk_of(world.zhou).post(assess, {"judged": "firm"}).status_code == 409
    assert desk_of(world.lin).post(assess, {"judged": "firm", "remark": "像是李某干的"}).status_code == 400
    assert desk_of(world.ming).post(assess, {"judged": "firm"}).status_code == 403
