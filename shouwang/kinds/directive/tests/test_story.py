"""A directive from the room that issues it to the verification of what was done, and an early warning to its end."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.impersonal import AboutSomebody, NumberOfSomebody
from shouwang.kinds.directive.effects import FedBackYourself, NotTheIssuingOffice, OwnDirective
from shouwang.kinds.directive.issuing import NobodyToGiveItTo, Order, expire_due, issue, to_sign
from shouwang.kinds.directive.opening import ExpiryWrong, WarningIncomplete
from shouwang.matters.deadlines import tick
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.models import Post

NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 10)
MINUTE = dt.timedelta(minutes=1)
TASK = Order("task.check", "检查辖区内充电棚的灭火器", words="逐个看压力表")
WARNING = Order(
    "warning.method", "冒充快递员敲门后顺手牵羊", place_text="桥西路沿线小区", when="14时至16时",
    basis="近两周三起同类警情", advice="楼栋门口提示，发现门虚掩即提醒关门", expires_on=TODAY + dt.timedelta(days=10),
)  # fmt: skip


@pytest.fixture
def issued(world) -> Matter:
    """By the duty lead of the station to the community 桥西."""
    return issue(TASK, to=world.qiaoxi, by=world.zhou, at=NOON)


def post_of(cast) -> Post:
    return Post.objects.select_related("area").get(person=cast.person)


def carried_out(row: Matter, world) -> Matter:
    row = take_step(row, "sign", by=world.shen, at=NOON + MINUTE)
    row = take_step(row, "start", by=world.shen, at=NOON + 2 * MINUTE)
    told = {"effect": "done", "feedback": "十二处全部看过，两处更换"}
    return take_step(row, "feed_back", by=world.shen, at=NOON + 30 * MINUTE, **told)


def test_each_stage_has_a_clock_and_it_comes_back_to_whoever_issued_it(world, issued):
    assert [clock.rule for clock in issued.clocks.all()] == ["sign_ground"]

    row = carried_out(issued, world)

    assert (row.state, row.responsible) == ("fed_back", post_of(world.zhou))
    row = take_step(row, "verify", by=world.zhou, at=NOON + 40 * MINUTE)
    row = take_step(row, "close", by=world.zhou, at=NOON + 41 * MINUTE)
    assert (row.phase, row.outcome) == ("done", "done")
    met = {clock.rule: clock.met_at is not None for clock in row.clocks.all()}
    assert met == dict.fromkeys(("sign_ground", "start", "feed_back", "verify", "close"), True)


def test_sent_back_it_is_with_the_unit_again(world, issued):
    row = take_step(carried_out(issued, world), "send_back", by=world.lin, at=NOON + 40 * MINUTE, reason="少了三处")

    assert (row.state, row.responsible) == ("started", post_of(world.shen))
    assert row.clocks.unmet().get().rule == "feed_back"


def test_the_room_of_a_station_has_sixty_seconds_then_it_climbs(world):
    row = issue(TASK, to=world.station, by=world.cheng, at=NOON)
    clock = row.clocks.get()
    assert (clock.rule, clock.due_at - NOON) == ("sign_room", MINUTE)
    assert row in to_sign(world.fang, NOON)
    assert row not in to_sign(world.shen, NOON)

    tick(NOON + MINUTE + dt.timedelta(seconds=1))

    clock.refresh_from_db()
    assert clock.level == 1
    assert take_step(row, "sign", by=world.fang, at=NOON + 2 * MINUTE).responsible == post_of(world.fang)


def test_given_to_one_post_it_stands_with_that_post(world):
    row = issue(TASK, to=post_of(world.shen), by=world.lin, at=NOON)

    assert (row.responsible, row.clocks.get().holder) == (post_of(world.shen), post_of(world.shen).pk)
    assert row in to_sign(world.shen, NOON)


@pytest.mark.parametrize(("who", "problem"), [("zhou", OwnDirective), ("zhao", NotVisible), ("gu", NotAllowed)])
def test_neither_the_issuer_nor_the_next_community_nor_an_inspector_signs(world, issued, who, problem):
    with pytest.raises(problem):
        take_step(issued, "sign", by=getattr(world, who), at=NOON)


def test_only_the_office_that_issued_it_verifies_and_nobody_what_he_fed_back(world, issued):
    row = carried_out(issued, world)
    with pytest.raises(NotAllowed):
        take_step(row, "verify", by=world.shen, at=NOON)
    mine = issue(TASK, to=world.qiaoxi, by=world.zhou, at=NOON)
    for name, given in (("sign", {}), ("start", {}), ("feed_back", {"effect": "done", "feedback": "看过"})):
        mine = take_step(mine, name, by=world.lin, at=NOON, **given)
    with pytest.raises(FedBackYourself):
        take_step(mine, "verify", by=world.lin, at=NOON)
    above = issue(TASK, to=world.station, by=world.cheng, at=NOON)
    with pytest.raises(NotTheIssuingOffice):
        take_step(above, "withdraw", by=world.zhou, at=NOON, reason="不办了")


@pytest.mark.parametrize("who", ["fang", "shen", "lu", "gu", "he"])
def test_only_leads_issue_and_only_on_their_ground(world, who):
    with pytest.raises((NotAllowed, NotVisible)):
        issue(TASK, to=world.qiaoxi, by=getattr(world, who), at=NOON)


def test_nobody_to_give_it_to_is_said(world):
    with pytest.raises(NobodyToGiveItTo):
        issue(TASK, to=None, by=world.zhou, at=NOON)


@pytest.mark.item("S-CMD-014")
def test_a_warning_is_signed_its_effect_reported_and_it_ends_by_itself(world):
    row = issue(WARNING, to=world.qiaoxi, by=world.zhou, at=NOON)
    row = carried_out(row, world)
    assert row.facts["effect"] == "done"

    later = NOON + dt.timedelta(days=10)
    assert expire_due(later) == 0
    assert expire_due(later + dt.timedelta(days=1)) == 1
    row.refresh_from_db()
    assert (row.state, row.phase, row.outcome) == ("expired", "done", "expired")


@pytest.mark.item("S-CMD-014")
@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"gist": "王某某常在此出现"}, AboutSomebody),
        ({"words": "联系 13812345678"}, NumberOfSomebody),
        ({"advice": "盘查嫌疑人"}, AboutSomebody),
        ({"basis": "11010519491231002X"}, NumberOfSomebody),
        ({"basis": ""}, WarningIncomplete),
        ({"place_text": "", "when": ""}, WarningIncomplete),
        ({"expires_on": None}, ExpiryWrong),
        ({"expires_on": TODAY + dt.timedelta(days=15)}, ExpiryWrong),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, ExpiryWrong),
    ],
)
def test_a_warning_of_a_person_or_without_an_end_is_refused(world, changed, problem):
    given = {name: getattr(WARNING, name) for name in Order.__dataclass_fields__} | changed
    with pytest.raises(problem) as refused:
        issue(Order(**given), to=world.qiaoxi, by=world.zhou, at=NOON)
    assert refused.value.field
