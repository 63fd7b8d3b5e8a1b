"""The list, the check, row security and the printed page agree: fifty thousand answers over one large random town."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.matters.models import Matter
from shouwang.people import access
from shouwang.people.models import Grant, Person, Post, RoleNarrowing
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.tests.policy_town import LAST, hour
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

N_PEOPLE, N_ROWS, MOMENTS = 125, 200, 2
VERBS = (Verb.MATTER_READ, Verb.MATTER_NOTE, Verb.MATTER_CLOSE, Verb.IDENTITY_LOOK)


class Kept:
    """A random town written into the database, and its people as actors that load themselves from there."""

    def __init__(self, town: policy_town.Town) -> None:
        self.areas = self._areas()
        self.people = [person | {"n": n} for n, person in enumerate(town.people)]
        self._posts(self.people)
        Matter.objects.bulk_create(self._matter(number, row) for number, row in enumerate(town.rows))
        self.grants = {n: self._grants(person) for n, person in enumerate(self.people)}
        for person in self.people:
            self._send(person)

    def _areas(self) -> dict[tuple[str, str], Area]:
        made = [
            Area(
                number=10_000 + n,
                code=f"P{n}",
                scheme="OWN",
                tier="grid",
                layer="duty",
                name=f"P{n}",
                duty_path=duty,
                government_path=government,
            )
            for n, (duty, government) in enumerate(policy_town.PATHS)
        ]
        return dict(zip(policy_town.PATHS, Area.objects.bulk_create(made), strict=True))

    def _area(self, ground: dict[str, Any]) -> Area:
        return self.areas[(ground["duty"], ground["government"])]

    def _posts(self, people: list[dict[str, Any]]) -> None:
        people = [one for one in people if one["person"]]
        Person.objects.bulk_create(
            Person(
                id=one["person"],
                name="甲",
                login=str(one["person"]),
                active=one["active"],
                created_at=policy_town.EPOCH,
            )
            for one in people
        )
        posts = [(one["person"], post) for one in people for post in one["posts"]]
        Post.objects.bulk_create(
            Post(
                id=post["id"],
                person_id=person,
                role=post["role"],
                area=self._area(post),
                acting_for_id=post["cover_for"],
                during=TimestamptzRange(hour(post["start"]), hour(post["end"])),
            )
            for person, post in sorted(posts, key=lambda one: one[1]["cover_for"] is not None)
        )
        by = people[0]["person"]
        RoleNarrowing.objects.bulk_create(
            RoleNarrowing(
                area=self._area(one),
                role=one["role"],
                verb=one["verb"],
                reason="x",
                narrowed_by_id=by,
                during=TimestamptzRange(hour(one["start"]), hour(one["end"])),
            )
            for one in people[0]["narrowings"]
        )

    def _matter(self, number: int, row: dict[str, Any]) -> Matter:
        return Matter(
            id=row["id"],
            reference=f"P{number}",
            number=number,
            kind="incident",
            state="closed",
            phase="done",
            visibility="sealed" if row["sealed"] else "office",
            area=self._area(row),
            duty_path=row["duty"],
            government_path=row["government"],
            opened_at=policy_town.EPOCH,
            named=row["named"],
            excluded_posts=row["excluded_posts"],
            excluded_persons=row["excluded_persons"],
            excluded_areas=row["excluded_offices"],
        )

    def _grants(self, person: dict[str, Any]) -> list[Grant]:
        if person["kind"] == "nobody":
            person["grants"] = person["grants"][:1]  # a visitor comes with one receipt at a time
        opened = [
            (grant, "receipt" if person["kind"] == "nobody" else "filed", grant["opens"]) for grant in person["grants"]
        ]
        if person["screen"]:
            opened.append((person["screen"], "screen", self._area(person["screen"]).pk))
        made = [
            Grant(
                kind=kind,
                subject=subject,
                person_id=person["person"],
                given_at=policy_town.EPOCH,
                ends_at=hour(grant["ends"]) if grant["ends"] is not None else None,
                revoked_at=policy_town.EPOCH if grant["revoked"] else None,
            )
            for grant, kind, subject in opened
        ]
        return Grant.objects.bulk_create(made)

    def _send(self, person: dict[str, Any]) -> None:
        """A unit of his own, on shift all the time, that was sent and came back."""
        if not person["sent"]:
            return
        long = DateTimeTZRange(policy_town.EPOCH, hour(LAST + 1))
        unit = Unit.objects.create(
            name=str(person["n"]), form="car", home=next(iter(self.areas.values())), duty_path="/0/"
        )
        shift = Shift.objects.create(unit=unit, during=long, since=policy_town.EPOCH)
        Crew.objects.create(shift=shift, person_id=person["person"], during=long, sworn=True)
        Assignment.objects.bulk_create(
            Assignment(
                matter_id=one["to"],
                unit=unit,
                shift=shift,
                state="cleared",
                sent_at=hour(one["start"]),
                ended_at=hour(one["end"]),
            )
            for one in person["sent"]
        )

    def actor(self, person: dict[str, Any]) -> Actor:
        if person["kind"] == "system":
            return Actor.system()
        held = self.grants[person["n"]]
        return Actor(
            person_id=person["person"],
            post_id=person["named_post"],
            kind=person["kind"],
            admin_session=person["administration"],
            grant_id=held[0].pk if held and person["kind"] != "person" else None,
        )


@pytest.fixture
def kept(world: Any) -> Kept:
    Matter.objects.update(visibility="sealed", named=[])
    return Kept(policy_town.make_town(random.Random(11), n_people=N_PEOPLE, n_rows=N_ROWS))


@pytest.fixture
def rows(kept: Kept) -> dict[Any, dict[str, Any]]:
    town = policy_town.make_town(random.Random(11), n_people=N_PEOPLE, n_rows=N_ROWS)
    return {row["id"]: row for row in town.rows}


def test_list_check_and_page_agree_on_fifty_thousand_answers(kept, rows):
    page, rng = policy_page.read(), random.Random(3)
    matters = {matter.pk: matter for matter in Matter.objects.filter(pk__in=rows)}
    answers = allowed = 0
    for person in kept.people:
        for at in rng.sample(range(LAST), MOMENTS):
            by, when, verb = kept.actor(person), hour(at), rng.choice(VERBS)
            listed = set(Matter.objects.visible_to(by, when, verb).filter(pk__in=rows).values_list("pk", flat=True))
            for key, matter in matters.items():
                expected = policy_page.decide(page, person, verb.value, rows[key], at)
                assert (key in listed, access.may(by, verb, matter, when)) == (expected, expected), (
                    person,
                    rows[key],
                    at,
                )
                answers += 1
                allowed += expected

    assert answers == N_PEOPLE * MOMENTS * N_ROWS == 50_000
    assert allowed > 2_000


def test_row_security_opens_to_the_portal_what_the_page_opens(kept, rows, as_role):
    """For the portal the database itself keeps the rule of own reports; exclusions are the filter's part."""
    page, now = policy_page.read(), 10**6
    opened = 0
    for person in kept.people:
        if person["kind"] not in ("person", "nobody"):
            continue
        person = {**person, "posts": []}  # noqa: PLW2901  (the portal knows residents, who hold none)
        by = replace(kept.actor(person), cache={"posts": [], "narrowings": []})
        with as_role("portal"), acting(by):
            seen = set(Matter.objects.filter(pk__in=rows).values_list("pk", flat=True))
            reports = Matter.objects.visible_to(by, clock.now(), Verb.OWN_REPORT_READ).filter(pk__in=rows)
            listed = set(reports.values_list("pk", flat=True))
        for key, row in rows.items():
            bare = {**row, "excluded_persons": [], "excluded_posts": [], "excluded_offices": []}
            assert (key in seen) == policy_page.decide(page, person, "own_report.read", bare, now)
            assert (key in listed) == policy_page.decide(page, person, "own_report.read", row, now)
        opened += len(seen)

    assert opened > 20


def the_seal_is_forgotten(by: Actor, verb: Verb, at: Any) -> Any:
    return access.within(access.spans(by, verb, at)) & access._not_excluded(by, at)


def exclusions_are_forgotten(by: Actor, verb: Verb, at: Any) -> Any:
    found = access.within(access.spans(by, verb, at))
    return found & access.Q(visibility="office")


def a_crew_keeps_what_it_was_sent_to(by: Actor, verb: Verb, at: Any) -> Any:
    ever = Assignment.objects.filter(shift__crew__person=by.person_id).values("matter")
    sent = access.Q(visibility="office", pk__in=ever)
    return access.reaching(by, verb, at) | (sent & access._not_excluded(by, at))


def a_named_post_reaches_any_ground(by: Actor, verb: Verb, at: Any) -> Any:
    ids = [post.pk for post in access._posts_with(by, verb, at)]
    return access.reaching(by, verb, at) | (access.Q(named__overlap=ids) & access._not_excluded(by, at))


FAULTS = [
    the_seal_is_forgotten,
    exclusions_are_forgotten,
    a_named_post_reaches_any_ground,
    a_crew_keeps_what_it_was_sent_to,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_list_is_found(kept, rows, fault):
    page, found = policy_page.read(), False
    for person in kept.people:
        by, when = kept.actor(person), hour(50)
        if found or by.is_system or by.kind != "person":
            continue
        listed = set(Matter.objects.filter(fault(by, Verb.MATTER_READ, when), pk__in=rows).values_list("pk", flat=True))
        wanted = {key for key, row in rows.items() if policy_page.decide(page, person, "matter.read", row, 50)}
        found = listed != wanted

    assert found
