"""Random towns, people and matters, once as plain dictionaries and once as the product's own objects."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from shouwang.core.actor import Actor
from shouwang.people.models import Grant, Post, RoleNarrowing
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

EPOCH = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LAST = 100  # times are whole hours after EPOCH, 0 … LAST
PATHS = (  # (duty, government); 2 and 20, 3 and 30 must not be taken for each other
    ("/1/", ""), ("/1/2/", ""), ("/1/20/", ""), ("/1/2/3/", "/7/8/3/"), ("/1/2/30/", "/7/8/30/"),
    ("/1/20/5/", "/7/80/5/"), ("/1/2/3/11/", "/7/8/3/11/"), ("/1/2/3/12/", "/7/8/3/12/"),
    ("/1/2/3/11/21/", "/7/8/3/11/21/"), ("/1/2/30/31/", "/7/8/30/31/"), ("/1/20/5/51/", "/7/80/5/51/"),
    ("", "/7/"), ("", "/7/8/"), ("", "/7/80/"), ("", ""),
)  # fmt: skip
VERBS = [verb.value for verb in Verb]
BUSY_VERBS = ["matter.read", "matter.note", "matter.close", "unit.send", "own_report.read", "post.give", "audit.read"]


@dataclass
class Town:
    """One random town: who acts, what is acted on."""

    people: list[dict[str, Any]]
    rows: list[dict[str, Any]]


def hour(n: int) -> dt.datetime:
    return EPOCH + dt.timedelta(hours=n)


def make_town(rng: random.Random, n_people: int = 6, n_rows: int = 6) -> Town:
    posts: list[dict[str, Any]] = []
    narrowings: list[dict[str, Any]] = []
    people = [_person(rng, posts, narrowings) for _n in range(n_people)]
    known = [post["role"] for post in posts if post["role"] in ROLE_TABLE]
    narrowings += [_narrowing(rng, rng.choice(known)) for _n in range(rng.choice((0, 2, 4)) if known else 0)]
    rows = [_row(rng, posts, people) for _n in range(n_rows)]
    for person in people:
        for _n in range(rng.choice((0, 0, 1, 2)) if person["kind"] in ("person", "nobody") else 0):
            ends = rng.choice((None, rng.randrange(LAST)))
            person["grants"].append({"opens": rng.choice(rows)["id"], "ends": ends, "revoked": rng.random() < 0.2})
        for _n in range(rng.choice((0, 0, 1, 2)) if person["kind"] == "person" else 0):
            person["sent"].append({"to": rng.choice(rows)["id"], **_span(rng)})
    return Town(people, rows)


def any_verb(rng: random.Random, person: dict[str, Any]) -> str:
    """Often one that a post of his gives, so that the ground decides and not the role."""
    role = rng.choice([post["role"] for post in person["posts"]] or ["resident"])
    own = sorted(ROLE_TABLE[role].verbs) if role in ROLE_TABLE else VERBS
    return str(rng.choice(rng.choice((own, own, BUSY_VERBS, VERBS))))


def actor_of(person: dict[str, Any], at: int) -> Actor:
    """The same person as the product sees him, with everything already loaded."""
    held = [post_of(post) for post in person["posts"]] if person["active"] else []
    sent = {one["to"] for one in person["sent"] if one["start"] <= at < one["end"]}
    opened = {grant["opens"] for grant in person["grants"] if _live(grant, at)}
    screen = person["screen"]
    area = (area_of(screen), _grant(screen)) if screen and not screen["revoked"] else (None, None)
    return Actor(
        person_id=person["person"],
        post_id=person["named_post"],
        kind=person["kind"],
        admin_session=person["administration"],
        cache={
            "posts": held, "narrowings": [narrowing_of(one) for one in person["narrowings"]],
            "opened": frozenset(opened), "screen": (area[1], area[0]), "sent": (hour(at), frozenset(sent)),
        },
    )  # fmt: skip


def post_of(post: dict[str, Any]) -> Post:
    return Post(
        id=post["id"], role=post["role"], area=area_of(post), acting_for_id=post["cover_for"],
        during=TimestamptzRange(hour(post["start"]), hour(post["end"])),
    )  # fmt: skip


def narrowing_of(one: dict[str, Any]) -> RoleNarrowing:
    during = TimestamptzRange(hour(one["start"]), hour(one["end"]))
    return RoleNarrowing(area=area_of(one), role=one["role"], verb=one["verb"], during=during)


def area_of(ground: dict[str, Any]) -> Area:
    return Area(duty_path=ground["duty"], government_path=ground["government"])


@dataclass
class Row:
    """A matter as far as the policy looks at one."""

    pk: UUID
    duty_path: str
    government_path: str
    visibility: str
    named: list[UUID]
    excluded_persons: list[UUID]
    excluded_posts: list[UUID]
    excluded_areas: list[int]


def row_of(row: dict[str, Any]) -> Row:
    return Row(
        row["id"], row["duty"], row["government"], "sealed" if row["sealed"] else "office", row["named"],
        row["excluded_persons"], row["excluded_posts"], row["excluded_offices"],
    )  # fmt: skip


def _id(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _span(rng: random.Random) -> dict[str, int]:
    start = rng.choice((0, 0, 0, rng.randrange(LAST)))
    return {"start": start, "end": rng.choice((LAST + 1, LAST + 1, rng.randrange(start, LAST + 1)))}


def _ground(rng: random.Random) -> dict[str, str]:
    duty, government = rng.choice(PATHS[:6] if rng.random() < 0.6 else PATHS)
    return {"duty": duty, "government": government}


def _narrowing(rng: random.Random, role: str) -> dict[str, Any]:
    verb = rng.choice(sorted(ROLE_TABLE[role].verbs)).value
    busy = [one for one in BUSY_VERBS if one in ROLE_TABLE[role].verbs]
    return {"role": role, "verb": rng.choice([verb, *busy]), **_ground(rng), **_span(rng)}


def _person(rng: random.Random, posts: list[dict[str, Any]], narrowings: list[dict[str, Any]]) -> dict[str, Any]:
    kind = rng.choices(("person", "screen", "nobody", "system"), (20, 3, 2, 1))[0]
    held: list[dict[str, Any]] = []
    for _n in range(rng.choice((0, 1, 1, 2, 3)) if kind == "person" else 0):
        taken = {post["role"] for post in held} & ADMIN_ROLES
        roles = [role for role in ROLE_TABLE if not (taken and role in ADMIN_ROLES)] + ["unknown"]
        free = [post for post in posts if not post["covered"] and post["cover_for"] is None]
        covered = rng.choice(free) if free and rng.random() < 0.2 else None
        post = {
            "id": _id(rng),
            "role": rng.choice(roles),
            **_ground(rng),
            **_span(rng),
            "covered": False,
            "cover_for": None,
        }
        if covered:
            covered["covered"] = True
            post["cover_for"] = covered["id"]
        held.append(post)
    posts += held
    screen = {**_ground(rng), "ends": rng.choice((None, rng.randrange(LAST))), "revoked": rng.random() < 0.1}
    return {
        "kind": kind,
        "person": _id(rng) if kind == "person" else None,
        "active": rng.random() < 0.9,
        "posts": held,
        "grants": [],
        "sent": [],
        "named_post": rng.choice(held)["id"] if held and rng.random() < 0.15 else None,
        "administration": kind == "person" and rng.random() < 0.4,
        "narrowings": narrowings,
        "screen": screen if kind == "screen" else None,
    }


def _row(rng: random.Random, posts: list[dict[str, Any]], people: list[dict[str, Any]]) -> dict[str, Any]:
    def some(ids: list[Any], share: float) -> list[Any]:
        return [one for one in ids if rng.random() < share]

    ids = [post["id"] for post in posts]
    return {
        "id": _id(rng),
        **dict(zip(("duty", "government"), rng.choice(PATHS[:11]), strict=True)),
        "sealed": rng.random() < 0.25,
        "named": some(ids, 0.5),
        "excluded_persons": some([one["person"] for one in people if one["person"]], 0.05),
        "excluded_posts": some(ids, 0.05),
        "excluded_offices": rng.choice(([], [], [], [2], [20], [3], [8])),
    }


def _live(grant: dict[str, Any], at: int) -> bool:
    return not grant["revoked"] and (grant["ends"] is None or at < grant["ends"])


def _grant(screen: dict[str, Any]) -> Grant:
    return Grant(ends_at=hour(screen["ends"]) if screen["ends"] is not None else None)
