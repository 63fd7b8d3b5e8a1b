"""The page of whoever runs a place: by the paper he was left and nothing else; and the public results of visits."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.evidence.models import Evidence
from shouwang.evidence.tests.files import photo
from shouwang.kinds.hazard.models import Premises
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter, Submission
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step
from shouwang.matters.taking_in import take_in


@pytest.fixture
def shen(world: Any, desk_of: Any) -> Client:
    return desk_of(world.shen)


@pytest.fixture
def owner(as_role: Any) -> Client:
    return Client(headers={"accept": "text/html", "accept-language": "zh-hans"})


@pytest.fixture
def hazard(world: Any) -> Matter:
    row = open_matter(
        kind="hazard", by=world.shen, at=clock.now(), area=world.qiaoxi_04, point=(111.427, 27.686), urgency=2,
        subkind="fire.exit_blocked", channel="own_find", gist="后门被货物堵住", place_text="桥西路12号",
        words="隔壁王女士说的",
    )  # fmt: skip
    add_note(row, "店主态度不好", by=world.shen, at=clock.now())
    return take_step(row, "notify", by=world.shen, at=clock.now(), told="桥西小超市", to_do="清空后门通道")


def code_of(shen: Client, matter: Matter) -> str:
    """The address on a new paper, without the host."""
    page = shen.post(reverse("desk:paper", args=[matter.pk])).content.decode()
    found = re.search(r'<p class="num">http://[^/]+(/premises/[^<]+)</p>', page)
    assert found, page
    return found.group(1)


def taken_in(as_role: Any) -> None:
    with as_role("jobs"):
        for row in Submission.objects.filter(taken_in_at__isnull=True):
            take_in(row.pk, at=clock.now())


@pytest.mark.item("S-VIS-010", "S-VIS-016")
def test_the_owner_reads_says_that_it_is_mended_and_asks_for_the_recheck(world, shen, owner, hazard, as_role):
    code = code_of(shen, hazard)
    with as_role("portal"):
        page = owner.get(code, follow=True).content.decode()
        assert all(words in page for words in ("后门被货物堵住", "清空后门通道", "整改期限", "桥西小超市"))
        assert not any(words in page for words in ("王女士", "态度不好", "沈知行"))
        say = reverse("portal:premises_say", args=[hazard.pk])
        assert owner.post(say, {"mended": "1"}).status_code == 422
        assert owner.post(say, {"mended": "1", "text": "通道已清空"}).status_code == 302
    taken_in(as_role)

    hazard.refresh_from_db()
    assert (hazard.state, hazard.facts["mended_by"]) == ("mended", "通道已清空")
    with as_role("portal"):
        assert owner.post(say, {"recheck": "1"}).status_code == 302
    taken_in(as_role)
    bad = take_step(hazard, "not_mended", by=world.shen, at=clock.now(), reason="门口还有一辆车")
    with as_role("portal"):
        assert "门口还有一辆车" in owner.get(reverse("portal:premises_in", args=[hazard.pk])).content.decode()
    assert {note.text for note in bad.notes.all()} >= {"经营者请求复查。"}


def test_photos_of_the_owner_become_evidence_of_the_hazard(shen, owner, hazard, as_role):
    code = code_of(shen, hazard)
    with as_role("portal"):
        owner.get(code)
        say = reverse("portal:premises_say", args=[hazard.pk])
        assert (
            owner.post(
                say, {"mended": "1", "text": "已清空", "files": SimpleUploadedFile("a.jpg", photo())}
            ).status_code
            == 302
        )
        assert "已收到 1 张" in owner.get(reverse("portal:premises_in", args=[hazard.pk])).content.decode()
    assert Evidence.objects.get(matter=hazard.pk).from_party


def test_a_paper_opens_its_own_page_alone_and_a_new_one_takes_it_back(shen, owner, hazard, as_role):
    first = code_of(shen, hazard)
    with as_role("portal"):
        owner.get(first)
        here = reverse("portal:premises_in", args=[hazard.pk])
        assert owner.get(here).status_code == 200
        assert owner.get(reverse("portal:follow", args=[hazard.pk])).status_code == 302
        assert Client().get(here).status_code == 403
        assert Client().get("/premises/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    second = code_of(shen, hazard)
    with as_role("portal"):
        assert owner.get(first).status_code == 404
        assert owner.get(here).status_code == 404
        assert owner.get(second).status_code == 302


def test_a_paper_says_what_to_do_and_is_given_by_whoever_works_there(world, shen, desk_of, hazard):
    bare = open_matter(
        kind="hazard", by=world.shen, at=clock.now(), area=world.qiaoxi_04, point=(111.427, 27.686),
        subkind="fire.wiring", channel="own_find", gist="电线老化",
    )  # fmt: skip
    assert shen.post(reverse("desk:paper", args=[bare.pk])).status_code == 409
    assert desk_of(world.zhao).post(reverse("desk:paper", args=[hazard.pk])).status_code == 404
    assert desk_of(world.an).post(reverse("desk:paper", args=[hazard.pk])).status_code in (403, 404)


@pytest.mark.item("S-VIS-016")
def test_the_owner_acknowledges_a_briefing_and_fills_the_self_check(world, shen, owner, as_role):
    briefing = open_matter(
        kind="advice", by=world.shen, at=clock.now(), area=world.qiaoxi_04, point=(111.427, 27.686),
        subkind="briefing.premises", channel="own_find", gist="桥西小超市", place_text="桥西路12号",
    )  # fmt: skip
    code = code_of(shen, briefing)
    with as_role("portal"):
        assert "疏散通道畅通" in owner.get(code, follow=True).content.decode()
        say = reverse("portal:premises_say", args=[briefing.pk])
        assert owner.post(say, {"in_order": ["escape", "gas", "made_up"]}).status_code == 302
    taken_in(as_role)

    briefing.refresh_from_db()
    assert (briefing.state, briefing.facts["in_order"], briefing.facts["checked"]) == (
        "acknowledged", ["escape", "gas"], "2 / 6",
    )  # fmt: skip
    with as_role("portal"):
        assert "已收到您的自查：2 / 6" in owner.get(reverse("portal:premises_in", args=[briefing.pk])).content.decode()


def visited(world: Any, shen: Client, lacking: list[str], checklist: str = "guard_company") -> Premises:
    shen.post(
        reverse("desk:sweep_new"),
        {"name": "监督检查", "checklist": checklist, "kinds": ["protected_unit"], "places": "益安押运公司，桥西路12号",
         "until": str(clock.local_date(clock.now()))},
    )  # fmt: skip
    place = Premises.objects.get()
    given = {"lacking": lacking, "seen_with": str(world.he.person_id)}
    assert shen.post(reverse("desk:sweep_look", args=[place.sweep_id, place.pk]), given).status_code == 302
    return place


@pytest.mark.item("S-VIS-018")
def test_the_result_of_a_visit_is_public_once_published_and_withdrawn_with_its_reason(world, shen, owner, as_role):
    place = visited(world, shen, ["store"])
    result = reverse("desk:sweep_result", args=[place.sweep_id, place.pk])

    with as_role("portal"):
        assert "益安押运公司" not in owner.get("/results/").content.decode()
    assert shen.post(result).status_code == 302
    with as_role("portal"):
        page = owner.get("/results/").content.decode()
        assert all(words in page for words in ("益安押运公司", "5 项，1 项不合格", "整改期限："))
        assert not any(words in page for words in ("沈知行", "何川"))
        assert "益安押运公司" not in owner.get("/results/?unit=别家").content.decode()
    assert shen.post(result).status_code == 409
    assert shen.post(result, {"reason": " "}).status_code == 400
    assert shen.post(result, {"reason": "查错了单位"}).status_code == 302
    with as_role("portal"):
        page = owner.get("/results/?unit=押运").content.decode()
        assert "查错了单位" in page
        assert "双锁" not in page
        assert "不合格" not in page


def test_a_fire_sweep_is_not_published(world, shen, desk_of):
    place = visited(world, shen, [], checklist="fire")
    result = reverse("desk:sweep_result", args=[place.sweep_id, place.pk])

    assert shen.post(result).status_code == 409
    assert desk_of(world.lu).post(result).status_code in (403, 404)
