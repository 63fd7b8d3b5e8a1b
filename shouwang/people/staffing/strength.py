"""What share of a station's sworn officers is posted to the community: on any day, at month's end, over a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.people.access import reaches, spans
from shouwang.people.models import Measure, Person, Post, StaffingRule
from shouwang.people.staffing.ruling import rules_at
from shouwang.people.staffing.standing import lies_in
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

BELOW = (Tier.COMMUNITY, Tier.GRID, Tier.GRID_POINT)  # the community team is posted here, without a role named
MONTHS = 6
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Strength:
    """Who is counted, over and under the line, at one instant."""

    team: tuple[Person, ...]
    all: tuple[Person, ...]

    @property
    def percent(self) -> float | None:
        return 100 * len(self.team) / len(self.all) if self.all else None


@dataclass(frozen=True)
class Month:
    """One rule on one station in one month. `last` is its last day, or today while it runs."""

    first: dt.date
    last: Strength
    mean: float | None
    kept: bool


@dataclass(frozen=True)
class Share:
    rule: StaffingRule
    area: Area
    months: tuple[Month, ...]


def shares_of(by: Actor, at: dt.datetime) -> list[Share]:
    """Every share rule on every station in sight, the newest month first."""
    rules = rules_at(by, at, Measure.SHARE)
    ground = Area.objects.filter(reaches(spans(by, Verb.STAFFING_READ, at)), tier__in={rule.tier for rule in rules})
    areas = list(ground.order_by("duty_path"))
    first = _months(local_date(at))[-1]
    posts = list(
        Post.objects.filter(
            person__sworn=True, acting_for__isnull=True, during__overlap=(_noon(first), at), area__duty_path__gt=""
        ).select_related("person", "area").order_by("person__name")
    )  # fmt: skip
    found = []
    for rule in rules:
        for area in (one for one in areas if one.tier == rule.tier and lies_in(one, rule.area)):
            here = [post for post in posts if lies_in(post.area, area)]
            found.append(Share(rule, area, tuple(_month(rule, here, month, at) for month in _months(local_date(at)))))
    return found


def _month(rule: StaffingRule, posts: list[Post], first: dt.date, at: dt.datetime) -> Month:
    today, after = local_date(at), (first + 31 * DAY).replace(day=1)
    days = [first + n * DAY for n in range((min(after - DAY, today) - first).days + 1)]
    daily = [strength_on(rule, posts, at if day == today else _noon(day)) for day in days]
    percents = [one.percent for one in daily if one.percent is not None]
    last = daily[-1]
    kept = last.percent is not None and last.percent >= rule.fewest
    return Month(first, last, sum(percents) / len(percents) if percents else None, kept)


def strength_on(rule: StaffingRule, posts: list[Post], at: dt.datetime) -> Strength:
    """Everybody once, whatever he holds; whoever is posted to the community counts there (S-ORG-029, S-ORG-038)."""
    held = [post for post in posts if at in post.during]
    everybody = {post.person_id: post.person for post in held}
    team = {
        post.person_id: post.person
        for post in held
        if (post.role == rule.role if rule.role else post.area.tier in BELOW)
    }
    return Strength(tuple(team.values()), tuple(everybody.values()))


def sworn_at_headquarters(years: Iterable[int], at: dt.datetime) -> dict[int, int]:
    """How many sworn officers held a post at headquarters at some time of each year."""
    posts = Post.objects.filter(person__sworn=True, area__tier=Tier.BUREAU, acting_for__isnull=True)
    found = {}
    for year in years:
        first, after = (dt.datetime(one, 1, 1, tzinfo=SHANGHAI) for one in (year, year + 1))
        held = posts.filter(during__overlap=(first, max(first, min(after, at))))
        found[year] = held.values("person").distinct().count()
    return found


def _months(today: dt.date) -> list[dt.date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - DAY).replace(day=1))
    return found


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), SHANGHAI)
