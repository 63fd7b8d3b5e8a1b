"""The rule and a model written from the printed page alone decide alike; planted faults are all found."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shouwang.people import access, policy, roles
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.verbs import Verb

N_REQUESTS = 50_000
PER_TOWN = 50


def requests(seed: int, n: int) -> Iterator[tuple[dict[str, Any], str, dict[str, Any] | None, int]]:
    """Who, verb, row, at."""
    rng = random.Random(seed)
    while n > 0:
        town = policy_town.make_town(rng)
        for _n in range(min(n, PER_TOWN)):
            row = rng.choice([*town.rows, *town.rows, None])
            who = rng.choice(town.people)
            yield who, policy_town.any_verb(rng, who), row, rng.randrange(policy_town.LAST)
        n -= PER_TOWN


def first_disagreement(seed: int, n: int) -> tuple[Any, ...] | None:
    page = policy_page.read()
    for who, verb, row, at in requests(seed, n):
        by = policy_town.actor_of(who, at)
        decided = access.may(by, Verb(verb), policy_town.row_of(row) if row else None, policy_town.hour(at))
        if decided != policy_page.decide(page, who, verb, row, at):
            return who, verb, row, at, decided
    return None


def test_the_printed_page_is_what_the_code_says():
    assert policy_page.PAGE.read_text(encoding="utf-8") == policy.markdown(), "run `bin/shouwang policy`"


def test_every_verb_has_a_line_and_the_list_is_alphabetical():
    names = [verb.value for verb in Verb]

    assert names == sorted(names)
    assert policy_page.read().verbs == names


def test_rule_and_page_agree_on_fifty_thousand_requests():
    assert first_disagreement(seed=20260301, n=N_REQUESTS) is None


def test_the_requests_are_worth_asking():
    """Neither answer is rare, and sealed and excluding matters are among them."""
    page = policy_page.read()
    asked = list(requests(7, 10_000))
    allowed = [one for one in asked if policy_page.decide(page, *one)]

    assert 1_200 < len(allowed) < 8_800
    assert sum(1 for who, _v, row, _at in allowed if row and row["sealed"] and who["kind"] == "person") > 50


def test_rule_and_page_agree_on_what_may_be_handed_on():
    page, rng = policy_page.read(), random.Random(5)
    n_given = 0
    for _n in range(3_000):
        town = policy_town.make_town(rng, n_rows=1)
        who, at, role = rng.choice(town.people), rng.randrange(policy_town.LAST), rng.choice(list(roles.ROLE_TABLE))
        if who["kind"] != "person":
            continue
        ground = {**town.rows[0], "sealed": False, "excluded_persons": [], "excluded_posts": [], "excluded_offices": []}
        by, when = policy_town.actor_of(who, at), policy_town.hour(at)
        area = policy_town.area_of(ground)
        gives = role not in roles.ADMIN_ROLES and access.may(by, Verb.POST_GIVE, area, when)
        gives = gives and all(access.holds_to_give(by, verb, area, when) for verb in roles.ROLES[role])
        assert gives == policy_page.may_give(page, who, role, ground, at)
        n_given += gives

    assert n_given > 20


Fault = Callable[[pytest.MonkeyPatch], None]
FAULTS: dict[str, Fault] = {}


def fault(plant: Fault) -> Fault:
    FAULTS[plant.__name__] = plant
    return plant


@fault
def a_path_is_compared_without_its_last_slash(patch: pytest.MonkeyPatch) -> None:
    def covers(paths: Any, row: Any) -> bool:
        return any(
            p[:-1] and (row.duty_path.startswith(p[:-1]) or row.government_path.startswith(p[:-1])) for p in paths
        )

    patch.setattr(access, "_covers", covers)


@fault
def the_government_path_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_covers", lambda paths, row: any(row.duty_path.startswith(path) for path in paths))


@fault
def a_post_lasts_one_instant_too_long(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_during", lambda span, at: not span.isempty and span.lower <= at <= span.upper)


@fault
def a_post_counts_before_it_begins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_during", lambda span, at: not span.isempty and at < span.upper)


@fault
def a_seal_is_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_sealed", lambda row: False)


@fault
def whoever_is_named_sees_a_sealed_matter_anywhere(patch: pytest.MonkeyPatch) -> None:
    right = access.may

    def may(by: Any, verb: Verb, row: Any, at: Any) -> bool:
        sealed = row is not None and access._sealed(row) and not access._excluded(by, row, at)
        if sealed and any(post.id in row.named for post in access._posts_with(by, verb, at)):
            return True
        return right(by, verb, row, at)

    patch.setattr(access, "may", may)


@fault
def exclusions_are_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_excluded", lambda by, row, at: False)


@fault
def a_cover_escapes_the_exclusion_of_his_post(patch: pytest.MonkeyPatch) -> None:
    right = access._ties

    def ties(by: Any, at: Any) -> Any:
        _ids, numbers = right(by, at)
        return {post.id for post in access.posts_of(by, at)}, numbers

    patch.setattr(access, "_ties", ties)


@fault
def an_office_is_excluded_without_those_inside_it(patch: pytest.MonkeyPatch) -> None:
    right = access._ties

    def ties(by: Any, at: Any) -> Any:
        posts = [post for post in access._ever_held(by) if access._during(post.during, at)]
        last = {int(path.split("/")[-2]) for post in posts for path in access.paths_of(post.area)}
        return right(by, at)[0], last

    patch.setattr(access, "_ties", ties)


@fault
def narrowings_are_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_narrowings", lambda by: [])


@fault
def a_narrowing_counts_everywhere(patch: pytest.MonkeyPatch) -> None:
    def gives(by: Any, post: Any, verb: Verb, at: Any) -> bool:
        role = roles.ROLE_TABLE.get(post.role)
        if role is None or verb not in role.verbs or (role.admin and not by.admin_session):
            return False
        return not any(
            (one.role, one.verb) == (post.role, verb) and access._during(one.during, at)
            for one in access._narrowings(by)
        )

    patch.setattr(access, "_gives", gives)


@fault
def administration_needs_no_switching_on(patch: pytest.MonkeyPatch) -> None:
    right = access._gives
    patch.setattr(access, "_gives", lambda by, post, verb, at: right(_switched_on(by), post, verb, at))


@fault
def a_verb_of_one_post_reaches_over_anothers_ground(patch: pytest.MonkeyPatch) -> None:
    right = access._posts_with

    def posts_with(by: Any, verb: Verb, at: Any) -> Any:
        return list(access.posts_of(by, at)) if right(by, verb, at) else []

    patch.setattr(access, "_posts_with", posts_with)


@fault
def an_auxiliary_may_close(patch: pytest.MonkeyPatch) -> None:
    table = dict(roles.ROLE_TABLE)
    aide = table["auxiliary"]
    table["auxiliary"] = roles.Role(aide.label, aide.tiers, aide.verbs | {Verb.MATTER_CLOSE})
    patch.setattr(access, "ROLE_TABLE", table)


@fault
def a_screen_shows_sealed_matters(patch: pytest.MonkeyPatch) -> None:
    right = access._sealed
    patch.setattr(access, "may", _unless_screen(access.may, right))


@fault
def reports_open_without_a_grant(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "opened_matters", lambda by, at: _Everything())


@fault
def the_named_post_of_an_act_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    def posts_of(by: Any, at: Any) -> Any:
        return tuple(post for post in access._ever_held(by) if access._during(post.during, at))

    patch.setattr(access, "posts_of", posts_of)


@fault
def a_crew_sees_what_nobody_sent_it_to(patch: pytest.MonkeyPatch) -> None:
    def sent_to(by: Any, verb: Any, at: Any) -> Any:
        return _Everything() if access._posts_with(by, verb, at) else ()

    patch.setattr(access, "sent_to", sent_to)


@fault
def a_crew_may_close_where_it_was_sent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "CREW_VERBS", roles.CREW_VERBS | {Verb.MATTER_CLOSE})


@fault
def whoever_is_sent_needs_no_leave_to_drive(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "_posts_that_drive", access._posts_with)


class _Everything:
    def __contains__(self, key: object) -> bool:
        return True


def _switched_on(by: Any) -> Any:
    from dataclasses import replace

    return replace(by, admin_session=True)


def _unless_screen(right: Any, sealed: Any) -> Any:
    def may(by: Any, verb: Verb, row: Any, at: Any) -> bool:
        if by.kind == "screen" and row is not None and verb not in roles.OWN:
            return bool(access._covers(access.spans(by, verb, at), row))
        return bool(right(by, verb, row, at))

    return may


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name, monkeypatch):
    FAULTS[name](monkeypatch)

    assert first_disagreement(seed=1, n=20_000) is not None
