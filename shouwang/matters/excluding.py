"""Keeping persons, posts and offices out of a matter: lists, search, watchers, clocks and live news skip them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.common_forms import Line, UuidList
from shouwang.matters.ground import post_choices, posts_over, responsible_for
from shouwang.matters.kinds import COMMON_STEPS, OPEN, Step, Taking
from shouwang.matters.models import Matter
from shouwang.matters.passing import make_responsible
from shouwang.people.access import may
from shouwang.people.chain import NobodyResponsible
from shouwang.people.models import Person, Post
from shouwang.people.verbs import Verb
from shouwang.places.models import Area


class NobodyLeft(Problem):
    code, status = "exclude.nobody_left", 409
    says = _("Then nobody could work on it. Hand it over first, or leave one of them out.")


class NotOneself(Problem):
    code, status = "exclude.oneself", 409
    says = _("This would shut yourself out. Hand it over first; whoever takes it can exclude you.")


class NobodyChosen(Problem):
    code, status = "exclude.nobody_chosen", 400
    says = _("Nobody was chosen. Tick a person, a post or an office.")


class NobodyExcluded(Problem):
    code, status = "exclude.none", 409
    says = _("Nobody is excluded from this matter.")


class ExcludeForm(forms.Form):
    persons = UuidList(label=_("Persons"), required=False)
    posts = UuidList(label=_("Posts, with whoever stands in for them"), required=False)
    offices = UuidList(label=_("Offices of this ground"), required=False)
    reason = Line(label=_("Reason"), max_length=200)


@dataclass(frozen=True)
class _Chosen:
    """Keys of persons and of posts, numbers of the areas of offices."""

    persons: list[UUID]
    posts: list[UUID]
    offices: list[int]

    def told(self, reason: str) -> dict[str, Any]:
        return {"persons": [str(one) for one in self.persons], "posts": [str(one) for one in self.posts],
                "offices": self.offices, "reason": reason}  # fmt: skip


def _chosen(given: dict[str, Any]) -> _Chosen:
    found = _Chosen(
        list(Person.objects.filter(pk__in=given["persons"]).values_list("pk", flat=True)),
        list(Post.objects.filter(pk__in=given["posts"]).values_list("pk", flat=True)),
        list(Area.objects.filter(pk__in=given["offices"]).values_list("number", flat=True)),
    )
    if not found.persons and not found.posts and not found.offices:
        raise NobodyChosen(field="persons")
    return found


def _exclude(taking: Taking) -> None:
    matter, chosen = taking.matter, _chosen(taking.given)
    matter.excluded_persons = sorted({*matter.excluded_persons, *chosen.persons})
    matter.excluded_posts = sorted({*matter.excluded_posts, *chosen.posts})
    matter.excluded_areas = sorted({*matter.excluded_areas, *chosen.offices})
    _settle(taking)
    taking.noted |= chosen.told(taking.given["reason"])


def _include(taking: Taking) -> None:
    matter, chosen = taking.matter, _chosen(taking.given)
    matter.excluded_persons = [one for one in matter.excluded_persons if one not in chosen.persons]
    matter.excluded_posts = [one for one in matter.excluded_posts if one not in chosen.posts]
    matter.excluded_areas = [one for one in matter.excluded_areas if one not in chosen.offices]
    taking.noted |= chosen.told(taking.given["reason"])


def _settle(taking: Taking) -> None:
    """Whoever may no longer see it answers for it no more and holds none of its clocks."""
    matter, at = taking.matter, taking.at
    if not may(taking.by, taking.step.verb, matter, at):
        raise NotOneself()
    try:
        heir = responsible_for(matter, at)
    except NobodyResponsible as fault:
        raise NobodyLeft() from fault
    if matter.responsible_id and not _allowed(matter.responsible_id, taking):
        make_responsible(matter, heir, at)
    for clock in matter.clocks.running():
        if clock.holder and not _allowed(clock.holder, taking):
            clock.holder, clock.held_since = heir.pk, at
            clock.save(update_fields=["holder", "held_since"])


def _allowed(post: UUID, taking: Taking) -> bool:
    return any(one.pk == post for one in posts_over(taking.matter, taking.at, Verb.MATTER_READ))


def _some(taking: Taking) -> None:
    matter = taking.matter
    if not (matter.excluded_persons or matter.excluded_posts or matter.excluded_areas):
        raise NobodyExcluded()


def _who(taking: Taking) -> dict[str, list[tuple[str, str]]]:
    """Those whose posts reach it, but not oneself; offices from its own ground upwards."""
    reaching = posts_over(taking.matter, taking.at, Verb.MATTER_READ)
    posts = [post for post in reaching if post.person_id != taking.by.person_id]
    persons = {str(post.person_id): post.person.name for post in posts}
    return {
        "persons": list(persons.items()),
        "posts": post_choices(posts),
        "offices": [(str(one.pk), one.name) for one in _ground_of(taking.matter)],
    }


def _excluded(taking: Taking) -> dict[str, list[tuple[str, str]]]:
    persons = Person.objects.filter(pk__in=taking.matter.excluded_persons)
    posts = Post.objects.filter(pk__in=taking.matter.excluded_posts).select_related("person", "area")
    offices = Area.objects.filter(number__in=taking.matter.excluded_areas)
    return {
        "persons": [(str(one.pk), one.name) for one in persons],
        "posts": post_choices(list(posts)),
        "offices": [(str(one.pk), one.name) for one in offices],
    }


def _ground_of(matter: Matter) -> list[Area]:
    numbers = {int(part) for path in (matter.duty_path, matter.government_path) for part in path.split("/") if part}
    return list(Area.objects.filter(number__in=numbers).order_by("-duty_path"))


COMMON_STEPS += [
    Step("exclude", _("Exclude from it"), (OPEN,), None, Verb.MATTER_SEAL, form=ExcludeForm, offers=_who,
         effects=(_exclude,)),
    Step("include", _("Exclude no more"), (OPEN,), None, Verb.MATTER_SEAL, check=(_some,), form=ExcludeForm,
         offers=_excluded, effects=(_include,)),
]  # fmt: skip
