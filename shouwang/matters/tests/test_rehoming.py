"""A re-cut at noon: every open matter has exactly one responsible post before, at and after noon."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest
from psycopg.types.range import TimestamptzRange

from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.models import Entry
from shouwang.matters import replay as replaying
from shouwang.matters.figures import opened_by_area
from shouwang.matters.ground import Ground
from shouwang.matters.models import Matter, SentStep
from shouwang.matters.rehoming import rehome, responsible_then
from shouwang.matters.replay import FORM_VERSIONS, PhoneAct, Sent, replay
from shouwang.matters.settling import kept_aside_for
from shouwang.matters.steps import take_step
from shouwang.people.models import Device, Post
from shouwang.places.models import Area, AreaVersion

EDGE = 111.427  # after noon Hebu begins here: the east of Qiaoxi's grids 02 and 04 is its ground
BEFORE = dt.timedelta(microseconds=1)


def box(west, south, east, north) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def new_version(area, parent, shape, at, cut) -> None:
    area.versions.filter(layer="duty", during__contains=at).update(
        status="superseded", during=TimestamptzRange(area.versions.get(layer="duty").during.lower, at)
    )
    AreaVersion.objects.create(
        area=area, layer="duty", parent=parent, name=area.name, boundary=shape, status="in_force", cut=cut,
        during=TimestamptzRange(at, None),
    )  # fmt: skip


@pytest.fixture
def recut(world, noon):
    """A function that brings the new cut into force: a new grid of Hebu takes the east of Qiaoxi."""

    def bring() -> tuple:
        cut = new_id()
        east = Area.objects.create(
            number=900, code="431399001002009", scheme="GRID15", tier="grid", layer="duty", name="河埠09网格",
            duty_path=f"{world.hebu.duty_path}900/",
        )  # fmt: skip
        new_version(world.qiaoxi, world.station, box(111.418, 27.682, EDGE, 27.698), noon, cut)
        new_version(world.hebu, world.station, box(EDGE, 27.682, 111.442, 27.698), noon, cut)
        new_version(world.qiaoxi_02, world.qiaoxi, box(111.424, 27.690, EDGE, 27.698), noon, cut)
        new_version(world.qiaoxi_04, world.qiaoxi, box(111.424, 27.682, EDGE, 27.690), noon, cut)
        world.qiaoxi_04_point.versions.filter(layer="duty").update(
            status="superseded", during=TimestamptzRange(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), noon), cut=cut
        )
        AreaVersion.objects.create(
            area=east, layer="duty", parent=world.hebu, name=east.name, status="in_force", cut=cut,
            boundary=box(EDGE, 27.682, 111.430, 27.698), during=TimestamptzRange(noon, None),
        )  # fmt: skip
        return cut, east

    return bring


@pytest.fixture
def five_hundred(world, an_errand, noon):
    dice = random.Random(12)
    morning = noon - dt.timedelta(hours=3)
    return [
        an_errand(at=morning, point=(dice.uniform(111.4181, 111.4419), dice.uniform(27.6821, 27.6979)))
        for _each in range(500)
    ]


def responsible_posts(matters) -> dict:
    """Matter → the posts that answer for it: always one."""
    rows = Matter.objects.filter(pk__in=[one.pk for one in matters]).select_related("responsible")
    return {one.pk: one.responsible for one in rows}


@pytest.mark.slow
@pytest.mark.item("S-ORG-001")
def test_five_hundred_open_matters_have_exactly_one_responsible_post_before_at_and_after_noon(
    world, five_hundred, recut, noon
):
    before = responsible_posts(five_hundred)
    cut, east = recut()

    moved = rehome(cut, noon)

    after = responsible_posts(five_hundred)
    assert all(before.values())
    assert all(after.values())
    on_the_edge = {one.pk for one in five_hundred if EDGE <= one.lon < 111.430}
    assert {key for key in after if before[key] != after[key]} == on_the_edge
    assert all(before[key] == world.shen.post and after[key] == world.zhao.post for key in on_the_edge)
    assert set(Matter.objects.filter(area=east).values_list("pk", flat=True)) == on_the_edge
    assert Entry.objects.filter(verb="matter.rehome").count() == moved == len(on_the_edge)
    for instant, holder in ((noon - BEFORE, world.shen.post), (noon, world.zhao.post)):
        assert responsible_then(next(one for one in five_hundred if one.pk in on_the_edge), instant) == holder
    for when in (noon - BEFORE, noon, noon + BEFORE):
        ground = Ground(when)
        assert all(ground.smallest_at(one.lon, one.lat) is not None for one in five_hundred)


def test_the_clock_goes_with_the_ground_unless_it_stands_higher_already(world, an_errand, recut, noon):
    one = an_errand(point=(111.428, 27.684))
    climbed = an_errand(point=(111.428, 27.684))
    climbed.clocks.update(level=1, holder=world.lin.post.pk)

    rehome(recut()[0], noon)

    assert set(one.clocks.values_list("holder", flat=True)) == {world.zhao.post.pk}
    assert set(climbed.clocks.values_list("holder", flat=True)) == {world.lin.post.pk}


def test_closed_ones_keep_their_area_and_are_seen_by_those_of_the_ground_today(world, an_errand, recut, noon):
    closed = an_errand(point=(111.428, 27.684), at=noon - dt.timedelta(days=40))
    take_step(closed, "drop", by=world.fang, at=noon - dt.timedelta(days=39))

    rehome(recut()[0], noon)

    closed.refresh_from_db()
    assert closed.area == world.qiaoxi_04
    assert list(Matter.objects.visible_to(world.zhao, noon)) == [closed]
    assert list(Matter.objects.visible_to(world.shen, noon)) == []
    assert not Entry.objects.filter(verb="matter.rehome").exists()


def test_a_step_tapped_before_its_matter_moved_away_is_kept_aside_for_author_and_new_lead(
    world, an_errand, recut, noon, monkeypatch
):
    def go(*, matter, given, by, at, step_id):
        take_step(matter, "go", by=by, at=at)

    monkeypatch.setitem(replaying._acts, "errand.go", PhoneAct(go, FORM_VERSIONS, None))
    device = Device.objects.create(
        person=world.shen.person, label="phone", public_key=b"-", state="bound", bound_at=noon - dt.timedelta(days=1)
    )
    moves, stays = an_errand(point=(111.428, 27.684)), an_errand(point=(111.420, 27.684))
    rehome(recut()[0], noon)

    sent = [tapped(one, noon - dt.timedelta(hours=1), device, world.shen, noon) for one in (moves, stays)]

    assert [(one.outcome, one.reason) for one in sent] == [("quarantined", "people.not_visible"), ("taken", "")]
    for who in (world.shen, world.zhao):
        assert [one.pk for one in kept_aside_for(who.afresh(), noon)] == [sent[0].pk]
    moves.refresh_from_db()
    assert moves.state == "asked"


def tapped(matter, then, device, who, at) -> SentStep:
    body = {"id": str(new_id()), "matter": str(matter.pk), "act": "errand.go", "claimed_at": then.isoformat()}
    return replay(Sent.read(json.dumps(body)), device=device, by=who.afresh(), at=at)


def test_figures_of_a_past_date_use_the_areas_of_that_date(world, an_errand, recut, noon):
    march = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    an_errand(point=(111.428, 27.684), at=march + dt.timedelta(days=1))

    cut, _east = recut()
    rehome(cut, noon)

    told = {"by": world.fang, "at": noon}
    assert opened_by_area("community", march, noon, **told) == {world.qiaoxi: 1}
    today = Ground(noon)
    assert today.of_tier(today.smallest_at(111.428, 27.684), "community") == world.hebu


def test_a_matter_without_a_point_follows_its_area_or_goes_to_the_one_above(world, an_errand, recut, noon):
    held = an_errand(point=None, area=world.qiaoxi_04_point)

    rehome(recut()[0], noon)

    held.refresh_from_db()
    assert held.area == world.qiaoxi_04
    assert held.responsible == world.shen.post


def test_a_sealed_matter_moves_with_the_ground_and_stays_with_its_named_list(world, an_errand, recut, noon):
    sealed = an_errand(point=(111.428, 27.684), verb=None, sealed_to=[world.lin.post.pk])

    rehome(recut()[0], noon, by=Actor.system())

    sealed.refresh_from_db()
    assert sealed.responsible == world.lin.post
    assert sealed.duty_path.startswith(world.hebu.duty_path)


def test_a_cut_that_touches_nothing_moves_nothing(world, an_errand, noon):
    an_errand()

    assert rehome(new_id(), noon) == 0


def test_a_post_that_ended_without_a_word_leaves_no_matter_without_a_holder(world, an_errand, noon):
    from shouwang.matters.passing import adopt_orphans

    matter = an_errand()
    Post.objects.filter(pk=world.shen.post.pk).update(
        during=TimestamptzRange(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), noon)
    )

    assert adopt_orphans(noon) == 1

    matter.refresh_from_db()
    assert matter.responsible == world.lin.post
    assert adopt_orphans(noon) == 0


def test_territory_calls_it_in_the_act_that_brings_a_cut_into_force():
    from shouwang.matters.rehoming import follow_the_ground
    from shouwang.territory.in_force import handlers

    assert follow_the_ground in handlers()


def test_a_holder_who_has_left_is_replaced_and_a_chain_without_anybody_stops_nobody_elses(world, an_errand, noon):
    from shouwang.matters.passing import adopt_orphans
    from shouwang.people.models import Person

    matter = an_errand()
    Person.objects.filter(pk=world.shen.person_id).update(active=False)
    assert adopt_orphans(noon) == 1

    Person.objects.filter(pk__in=[world.lin.person_id, world.cheng.person_id]).update(active=False)
    assert adopt_orphans(noon) == 0
    matter.refresh_from_db()
    assert matter.responsible == world.lin.post
