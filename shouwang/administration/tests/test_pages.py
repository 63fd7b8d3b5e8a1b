"""The check list tells what is there; each administrator opens his own part; sheets go through whole or not."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from psycopg.types.range import TimestamptzRange

from shouwang.administration.backups import note_backup, note_drill
from shouwang.administration.check_list import check_list
from shouwang.administration.checks import keeping, messages, staff
from shouwang.administration.lines import State
from shouwang.core.clock import now
from shouwang.people import sessions
from shouwang.people.models import Person, Post
from shouwang.places.models import Area, AreaVersion

STAFF = "姓名,登录名,岗位,辖区编码,责任人,民警,到哪天\n{}\n"
LAST = now().date() + dt.timedelta(days=200)
GOOD = f"钱一,qianyi,接警员,QS-QSQ,否,否,{LAST}"


@pytest.fixture
def browser(world):
    """`browser("xi")`: signed in, an administrator with administration switched on."""

    def signed_in(name):
        at, client = now(), Client()
        person = getattr(world, name).person
        session, client.cookies["sw_session"] = sessions.open_session(person, label="x", at=at, proven=True)
        session.admin_until = at + sessions.ADMINISTRATION
        session.save()
        return client

    return signed_in


def upload(client, path, text, act="look"):
    return client.post(path, {"act": act, "file": SimpleUploadedFile("a.csv", text.encode())})


def carried(answer):
    """The lines that the page carries from the trial to the act."""
    return re.search(r'name="rows" value="([^"]+)"', answer.content.decode())[1]


def test_each_administrator_sees_every_line_and_a_link_to_his_own(browser):
    pages = {name: browser(name).get("/administration/").content.decode() for name in ("xi", "bao", "shenji")}

    assert all("区划代码和派出所" in page and "同事" in page and "日志封签" in page for page in pages.values())
    assert [("/administration/areas/" in page, "/administration/staff/" in page) for page in pages.values()] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path"),
    [("xi", "staff/"), ("bao", "areas/"), ("bao", "messages/"), ("shenji", "areas/"), ("shenji", "staff/"),
     ("lin", "areas/"), ("fang", ""), ("fang", "units/")],
)  # fmt: skip
def test_nobody_does_anothers_part(browser, name, path):
    assert browser(name).get(f"/administration/{path}").status_code == 403


def test_a_line_is_open_again_when_what_it_tells_of_is_gone(world):
    at = now()
    before = {line.title: line.state for section in check_list(at) for line in section.lines}

    AreaVersion.objects.filter(area=world.qiaoxi).update(boundary={"type": "MultiPolygon", "coordinates": []})
    sending = Post.objects.filter(role__in=["dispatcher", "duty_lead", "station_head", "bureau_head"])
    sending.update(during=TimestamptzRange(at - dt.timedelta(days=2), at - dt.timedelta(days=1)))

    after = {line.title: line.state for section in check_list(at) for line in section.lines}
    assert (before["区划代码和派出所"], after["区划代码和派出所"]) == (State.DONE, State.LATER)
    assert (before["每个所都有人接警"], after["每个所都有人接警"]) == (State.DONE, State.OPEN)


def test_many_who_have_not_come_in_are_told_in_whole_sentences(world):
    Person.objects.filter(posts__role="grid_worker").update(password="")
    says = staff.lines(now())[0].says

    assert re.search("人已进来。[0-9]+ 人还没有用链接：([^、。]+、){3}[^、。]+等。$", says), says


def test_a_backup_and_its_trial_age(world):
    at = now()
    note_backup(rows=10, files=2, at=at)
    note_drill(rows=10, files=2, made_at=at, at=at)

    def states(later):
        return [line.state for line in keeping.lines(at + later)][:2]

    assert states(dt.timedelta(hours=3)) == [State.DONE, State.DONE]
    assert states(dt.timedelta(days=100)) == [State.OPEN, State.LATER]


def test_a_way_of_sending_that_was_never_tried_is_not_in_order(world, browser):
    assert {line.state for line in messages.lines(now())} == {State.LATER}
    page = browser("xi").post("/administration/messages/", {"channel": "sms", "to": "13800002086"})
    assert page.status_code == 422
    assert "还没有设置" in page.content.decode()


@pytest.mark.parametrize("to", ["110", "1380000208", "不是号码", "a@b", "=1+1"])
def test_a_number_that_is_none_is_not_dialled(browser, to):
    assert browser("xi").post("/administration/messages/", {"channel": "sms", "to": to}).status_code == 422


def test_the_trial_of_a_sheet_changes_nothing_and_doing_it_does(browser, world):
    client, path = browser("bao"), "/administration/staff/"

    looked = upload(client, path, STAFF.format(GOOD))
    assert not Person.objects.filter(login="qianyi").exists()
    rows = carried(looked)
    done = client.post(path, {"act": "do", "rows": rows})
    again = client.post(path, {"act": "do", "rows": rows})

    post = Post.objects.get(person__login="qianyi")
    assert (post.role, post.area) == ("dispatcher", world.station)
    assert post.during.upper == dt.datetime.combine(LAST, dt.time(16), dt.UTC)
    assert done.content.decode().count("/people/invitation/") == 1
    assert "/people/invitation/" not in again.content.decode()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("钱一,qianyi,大王,QS-QSQ", "岗位"),
        ("钱一,qianyi,接警员,NOWHERE", "辖区编码"),
        ("钱一,qianyi,接警员,QS-QSQ,也许", "责任人"),
        ("钱一,qianyi,接警员,QS-QSQ,,,明年", "到哪天"),
        ("钱二,qianer,接警员,QS-QSQ,,,2020-06-30", "到哪天"),
        ("钱一,qian yi,接警员,QS-QSQ", "登录名"),
        ("钱一,fang,接警员,QS-QSQ", "登录名"),
        ("钱一,qianyi,所长,QS-QSQ", "民警"),
        ("钱一,qianyi,系统管理员,QS", "姓名"),
    ],
)
def test_one_wrong_line_names_its_column_and_nobody_is_invited(browser, line, column):
    client, path = browser("bao"), "/administration/staff/"

    looked = upload(client, path, STAFF.format(f"{GOOD}\n{line}"))
    done = client.post(path, {"act": "do", "rows": carried(looked)})
    told = client.post(path, {"act": "faults", "rows": carried(looked)}).content.decode("utf-8-sig")

    assert looked.status_code == 422
    assert [told_of.split(",")[:2] for told_of in told.splitlines()[1:]] == [["3", column]]
    assert not Person.objects.filter(login="qianyi").exists()
    assert "/people/invitation/" not in done.content.decode()


@pytest.mark.parametrize("rows", ["x", "eJwDAAAAAAE=", "W10=", "A" * 2000])
def test_lines_that_this_page_never_carried_are_refused(browser, rows):
    answer = browser("xi").post("/administration/areas/", {"act": "do", "rows": rows})

    assert answer.status_code == 422
    assert Area.objects.count() == 14


def test_seats_without_a_second_factor_are_told(world):
    assert staff.seats(now())[0].state == State.OPEN


def test_units_are_set_up_by_whoever_leads_the_station(browser, world):
    client = browser("lin")

    made = client.post(
        "/administration/units/", {"name": "桥西9组", "initials": "qx9", "form": "car", "home": str(world.station.pk)}
    )
    twice = client.post("/administration/units/", {"name": "桥西9组", "form": "car", "home": str(world.station.pk)})

    assert (made.status_code, twice.status_code) == (302, 422)
