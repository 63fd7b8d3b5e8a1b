"""A review of a serious case through the pages: drawn from the journal, found by people, closed after a hearing."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from shouwang.config.command_line import call as command
from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch.dispatching import arrive, send_unit, sign
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.journal.sealing import seal_pending
from shouwang.matters.deadlines import tick
from shouwang.matters.intake import open_matter
from shouwang.matters.linking import link
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.oversight.models import Found, Heard, Review
from shouwang.oversight.reviewing.drawing import draw
from shouwang.oversight.reviewing.opening import NotIndependent, open_review
from shouwang.oversight.reviewing.seeing import reviews_seen_by
from shouwang.people.access import NotVisible, Verb

LIST = "/desk/lookback/reviews/"
NEW = f"{LIST}new/"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES=tmp_path / "files", TRANSPARENCY=tmp_path / "transparency", VAR=tmp_path):
        yield


@pytest.fixture
def case(world: Any) -> Matter:
    """A call three hours ago; nobody was sent for half an hour, its limits ran out and climbed; then a crew."""
    began = clock.now() - dt.timedelta(hours=3)
    matter = open_matter(
        kind="incident", by=world.fang, at=began, point=(111.42, 27.69), place_text="桥西路12号", gist="有人落水",
        urgency=1,
    )  # fmt: skip
    for minutes in (1, 2, 13, 25):
        tick(began + minutes * MINUTE)
    sent = send_unit(matter=matter, unit=world.qx1, by=world.fang, at=began + 30 * MINUTE)
    sign(assignment=sent, by=world.ming, at=began + 31 * MINUTE)
    arrive(assignment=sent, by=world.ming, at=began + 40 * MINUTE)
    matter.refresh_from_db()
    return matter


def asked(matter: Matter, **given: Any) -> dict[str, Any]:
    return {"number": matter.number, "purpose": "lesson", "reason": "溺水警情倒查"} | given


@pytest.fixture
def review(case: Matter, desk: Any) -> Review:
    answer = desk("gu").post(NEW, asked(case))
    assert answer.status_code == 302, answer.content.decode()
    return Review.objects.get()


def page_of(desk: Any, who: str, review: Review) -> str:
    answer = desk(who).get(f"{LIST}{review.pk}/")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def finding(world: Any, review: Review, **given: Any) -> dict[str, Any]:
    entry = Entry.objects.filter(subject=review.matter_id, verb="clock.climb").order_by("id").first()
    assert entry is not None
    usual = {"act": "find", "post": str(world.fang.post.pk), "found": "late", "rule": "CFS-03", "entry": str(entry.pk),
             "words": "警力都在外，半小时后才派出。"}  # fmt: skip
    return usual | given


def acts(desk: Any, review: Review, given: dict[str, Any], who: str = "gu") -> Any:
    return desk(who).post(f"{LIST}{review.pk}/acts/", given)


@pytest.mark.item("S-SUP-006")
def test_the_time_line_says_who_held_what_which_limit_ran_out_and_where_nothing_is_on_record(world, desk, case, review):
    text = page_of(desk, "gu", review)

    assert "开始时的责任岗位：沈知行" in text  # who answered
    assert re.search(r"时限“.+”到期，经手 .+：沈知行（.+） → 林正平（", text)  # to whom it climbed
    assert "派出桥西1组" in text
    assert "周明远" in text
    assert "2小时20分内查不到任何记录" in text  # from the arrival on: a gap is a gap
    for at in (entry.at for entry in Entry.objects.filter(subject=case.pk, verb__startswith="assignment.")):
        assert at.astimezone(clock.SHANGHAI).strftime("%H:%M:%S") in text
    assert "评分" not in text


@pytest.mark.item("S-SUP-006")
def test_opening_it_is_one_entry_and_those_whose_acts_it_is_are_told_and_have_ten_working_days(
    world, desk, case, review
):
    entry = Entry.objects.get(verb="review.open")
    heard = {one.person: one for one in Heard.objects.all()}

    assert entry.subject == review.pk
    assert {world.fang.person.pk, world.shen.person.pk, world.lin.person.pk, world.ming.person.pk} <= set(heard)
    assert world.gu.person.pk not in heard
    assert all((one.answer_by - one.asked_at).days >= 13 for one in heard.values())
    for who in ("fang", "ming", "lin"):
        told = desk(who).get("/desk/lookback/told/").content.decode()
        assert "溺水警情倒查" in told
        assert "顾衡" in told
        assert f"{LIST}{review.pk}/answer/" in told
    assert (
        Entry.objects.filter(subject=case.pk, verb__startswith="review.").count() == 0
    )  # the matter tells its office nothing


@pytest.mark.item("S-SUP-006")
def test_it_is_closed_only_after_everybody_could_answer_and_the_report_checks_without_us(
    world, desk, case, review, as_role, tmp_path, capsys
):
    assert acts(desk, review, {"act": "close", "measures": "增配夜间警力"}).status_code == 422  # nothing is found yet
    assert acts(desk, review, finding(world, review)).status_code == 302
    shut = acts(desk, review, {"act": "close", "measures": "增配夜间警力"})
    assert shut.status_code == 422
    assert "仍可申辩" in shut.content.decode()

    people = {one.person.pk: key for key, one in world.cast.items()}
    for one in Heard.objects.filter(review=review):
        who = people[one.person]
        own = desk(who).get(f"{LIST}{review.pk}/answer/")
        assert own.status_code == 200
        assert ("半小时后才派出" in own.content.decode()) == (who == "fang")  # of one's own posts only
        said = desk(who).post(f"{LIST}{review.pk}/answer/", {"words": f"{one.pk}：当时两组都在处警。"})
        assert said.status_code == 302
    assert "当时两组都在处警" in page_of(desk, "gu", review)
    assert acts(desk, review, {"act": "close", "measures": "增配夜间警力"}).status_code == 302

    with as_role("seal"):
        seal_pending(clock.now())
    made = desk("gu").post(f"{LIST}{review.pk}/report/")
    assert made.status_code == 200, made.content.decode()
    with zipfile.ZipFile(io.BytesIO(made.content)) as bundle:
        assert bundle.read("report.pdf").startswith(b"%PDF")
        assert sum(name.startswith("proofs/") for name in bundle.namelist()) > 5
    (tmp_path / "report.zip").write_bytes(made.content)
    with as_role("portal"):
        keys = Client().get("/transparency/export-keys").content
    (tmp_path / "keys").write_bytes(keys)
    assert command("verify-export", [str(tmp_path / "report.zip"), "--key", str(tmp_path / "keys")]) == 0
    assert Entry.objects.filter(verb="review.export").count() == 1
    assert acts(desk, review, finding(world, review)).status_code in (409, 422)  # nothing changes any more
    assert desk("fang").post(f"{LIST}{review.pk}/answer/", {"words": "再补充"}).status_code == 409


def test_without_words_it_closes_when_the_time_is_over_and_not_before(world, desk, review):
    acts(desk, review, finding(world, review))
    assert acts(desk, review, {"act": "close", "measures": "增配"}).status_code == 422

    Heard.objects.update(answer_by=clock.now() - MINUTE)

    assert acts(desk, review, {"act": "close", "measures": "增配"}).status_code == 302
    review.refresh_from_db()
    assert review.closed_at is not None


def test_a_finding_asks_its_post_anew(world, desk, review):
    desk("fang").post(f"{LIST}{review.pk}/answer/", {"words": "已说明"})
    assert not Heard.objects.get(person=world.fang.person.pk).waits

    acts(desk, review, finding(world, review))

    assert Heard.objects.get(person=world.fang.person.pk).waits


@pytest.mark.parametrize(
    ("given", "words"),
    [({"found": "guilty"}, "guilty"), ({"rule": "X-1"}, "X-1"),
     ({"entry": "00000000-0000-0000-0000-000000000001"}, "00000000"),
     ({"words": ""}, "这里还没有填"), ({"post": ""}, "这里还没有填")],
)  # fmt: skip
def test_a_finding_without_its_grounds_is_refused_in_words(world, desk, review, given, words):
    answer = acts(desk, review, finding(world, review, **given))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not review.findings.exists()


def test_a_finding_is_taken_back_and_stays_to_be_read(world, desk, review):
    acts(desk, review, finding(world, review))

    assert acts(desk, review, {"act": "take_back", "finding": str(review.findings.get().pk)}).status_code == 302

    text = page_of(desk, "gu", review)
    assert "半小时后才派出" in text
    assert "撤回" in text
    assert acts(desk, review, {"act": "close", "measures": "无"}).status_code == 422  # nothing is found


@pytest.mark.parametrize(("who", "status"), [("fang", 403), ("lin", 404), ("zhou", 403), ("shen", 403), ("luo", 403)])
def test_those_concerned_and_their_office_see_none_of_it(desk, review, who, status):
    assert desk(who).get(f"{LIST}{review.pk}/").status_code == status
    if status == 404:
        assert str(review.pk) not in desk(who).get(LIST).content.decode()


def test_the_auditor_reads_and_changes_nothing(world, desk, review):
    assert "溺水警情倒查" in page_of(desk, "an", review)
    assert acts(desk, review, finding(world, review), "an").status_code == 403
    assert desk("an").get(NEW).status_code == 403
    assert 'name="act"' not in page_of(desk, "an", review)


def test_nobody_opens_one_about_his_own_office_or_himself(world, desk, case):
    refused = desk("lin").post(NEW, asked(case))

    assert refused.status_code == 422
    assert "督察" in refused.content.decode()
    add_note(matter=case, text="督察到场", by=world.gu, at=clock.now())
    assert desk("gu").post(NEW, asked(case)).status_code == 422  # his own act is among them
    assert not Review.objects.exists()


def test_the_station_head_reviews_what_only_a_community_below_him_did(world):
    at = clock.now()
    matter = open_matter(
        kind="advice", by=world.shen, at=at - 30 * MINUTE, point=(111.42, 27.69), place_text="桥西路12号", gist="噪声"
    )

    row = open_review(matter=matter, purpose="lesson", reason="群众反映慢", by=world.lin, at=at)

    assert [one.pk for one in reviews_seen_by(world.lin.afresh(), at)] == [row.pk]
    with pytest.raises(NotIndependent):
        open_review(
            matter=open_matter(kind="advice", by=world.fang, at=at - MINUTE, point=(111.42, 27.69), gist="噪声"),
            purpose="lesson", reason="群众反映慢", by=world.lin, at=at,
        )  # fmt: skip


def test_other_ground_and_excluded_persons_and_sealed_matters_are_not_to_be_seen(world, desk, case, review):
    at = clock.now()
    assert desk("jiang").get(LIST).status_code == 403
    Matter.objects.filter(pk=case.pk).update(excluded_persons=[world.gu.person.pk])
    assert desk("gu").get(f"{LIST}{review.pk}/").status_code == 404
    assert reviews_seen_by(world.gu.afresh(), at) == []

    Matter.objects.filter(pk=case.pk).update(excluded_persons=[], visibility="sealed", named=[world.shen.post.pk])

    assert desk("gu").get(f"{LIST}{review.pk}/").status_code == 404
    assert desk("an").get(f"{LIST}{review.pk}/").status_code == 404
    with pytest.raises(NotVisible):
        open_review(matter=case, purpose="lesson", reason="溺水警情倒查", by=world.gu.afresh(), at=at)


def test_a_sealed_child_is_not_drawn_for_who_may_not_see_it(world, desk, case):
    child = open_matter(
        kind="incident", by=world.fang, at=case.opened_at + MINUTE, point=(111.42, 27.69), place_text="河边",
        gist="寻人", urgency=2,
    )  # fmt: skip
    link(child, case, by=world.fang, at=clock.now())
    row = open_review(matter=case, purpose="lesson", reason="溺水警情倒查", by=world.gu, at=clock.now())
    assert child.pk in row.matters
    assert len(draw(row, world.gu, clock.now(), "zh-hans").record.matters) == 2

    Matter.objects.filter(pk=child.pk).update(visibility="sealed", named=[world.shen.post.pk])

    drawn = draw(row, world.gu.afresh(), clock.now(), "zh-hans")
    assert [one.pk for one in drawn.record.matters] == [case.pk]
    assert not any(one.matter and one.matter.pk == child.pk for one in drawn.lines)


def test_looks_at_identities_are_counted_and_who_held_no_post_is_asked_nothing(world, desk, case):
    with acting(world.ming):
        for _n in range(3):
            record("identity.look", topic="identity.looked", subject=case, by=world.ming, at=clock.now(),
                   purpose="handle", basis="matter", fields=["name"], n_identities=1)  # fmt: skip
    with acting(Actor(world.wang.person.pk)):
        record(
            "matter.reporter_adds", topic="matter.noted", subject=case, by=Actor(world.wang.person.pk), at=clock.now()
        )

    row = open_review(matter=case, purpose="lesson", reason="溺水警情倒查", by=world.gu, at=clock.now())

    assert "3 次" in page_of(desk, "gu", row)
    assert not Heard.objects.filter(person=world.wang.person.pk).exists()


def test_the_page_asks_no_more_for_twenty_acts_than_for_two(world, desk, case, review):
    gu = desk("gu")

    def questions(n: int) -> int:
        for number in range(n):
            add_note(matter=case, text=f"看了{number}", by=world.fang, at=clock.now())
        with CaptureQueriesContext(connection) as found:
            assert gu.get(f"{LIST}{review.pk}/").status_code == 200
        return len(found)

    questions(1)

    assert questions(2) == questions(20)


def test_what_may_be_found_is_a_closed_list_without_a_grade():
    assert set(Found.values) == {"kept", "late", "left", "unable", "unclear", "means", "unknown"}
    assert {one.name for one in Review._meta.get_fields()}.isdisjoint({"score", "rank", "grade", "points"})


def test_a_matter_is_under_one_open_review_at_a_time(desk, case, review):
    again = desk("cheng").post(NEW, asked(case))

    assert again.status_code == 422
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [({"number": "99999"}, "没有找到这个编号的事项"), ({"reason": "看"}, "至少"), ({"purpose": "curious"}, "curious")],
)
def test_what_cannot_be_opened_is_answered_in_words(desk, case, given, words):
    answer = desk("gu").post(NEW, asked(case, **given))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_inspection_note_below_it_is_no_part_of_how_it_was_handled(world, case):
    open_matter(
        kind="inspection_note", by=world.gu, at=clock.now(), verb=Verb.INSPECTION_NOTE, subkind="duty.record",
        channel="sample", gist="督察单", parent=case, area=case.area,
    )  # fmt: skip

    row = open_review(matter=case, purpose="lesson", reason="溺水警情倒查", by=world.gu, at=clock.now())

    assert row.matters == [case.pk]


def test_a_stand_in_is_on_the_time_line(world, desk, case):
    from psycopg.types.range import TimestamptzRange

    from shouwang.people.models import Post

    Post.objects.create(person=world.zhao.person, role="community_officer", area=world.qiaoxi,
                        acting_for=world.shen.post, during=TimestamptzRange(case.opened_at - MINUTE, None))  # fmt: skip

    row = open_review(matter=case, purpose="lesson", reason="溺水警情倒查", by=world.gu, at=clock.now())

    assert re.search(r"赵启明（.+）代理沈知行（", page_of(desk, "gu", row))
    assert Heard.objects.filter(review=row, person=world.zhao.person.pk).exists()
