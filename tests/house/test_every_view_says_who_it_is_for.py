"""No forgotten door: every address says whom it is for, and what it says is what happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import get_resolver

from shouwang.config.doors import DOORS
from shouwang.people.routes import Opening, for_screen, opens_to, public, signed_in
from shouwang.people.verbs import Verb


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


# Parts, theme and language: `ui` lies below `people`, cannot name its decorators, and shows no row of the town.
BELOW_PEOPLE = "shouwang.ui."


def without_opening(patterns: list[URLPattern | URLResolver]) -> list[str]:
    found = addresses(patterns)
    unsaid = [(address, view) for address, view in found if not isinstance(getattr(view, "opening", None), Opening)]
    return [address for address, view in unsaid if not getattr(view, "__module__", "").startswith(BELOW_PEOPLE)]


def test_every_view_says_who_it_is_for():
    assert without_opening(get_resolver().url_patterns) == []


def views_by_name(patterns: list[URLPattern | URLResolver], space: str = "") -> dict[str, set[object]]:
    found: dict[str, set[object]] = defaultdict(set)
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            for name, views in views_by_name(pattern.url_patterns, inner).items():
                found[name] |= views
        elif pattern.name:
            found[space + pattern.name].add(pattern.callback)
    return found


def test_a_name_leads_to_one_view():
    """Of two, `{% url %}` takes whichever was listed last."""
    assert {name for name, views in views_by_name(get_resolver().url_patterns).items() if len(views) > 1} == set()


def test_a_name_given_twice_is_found():
    """The control."""
    planted = [path("a/", lambda _request: None, name="watch"), path("b/", lambda _request: None, name="watch")]
    assert len(views_by_name(planted)["watch"]) == 2


def test_every_door_whose_addresses_exist_is_walked():
    walked = {address for address, _view in addresses(get_resolver().url_patterns)}
    for door in DOORS:
        if not door.module:  # files, served before any view
            continue
        try:
            patterns = import_module(door.module).urlpatterns
        except ModuleNotFoundError:
            continue
        for address, _view in addresses(patterns, door.prefix):
            assert address in walked


def forgotten(request: object) -> None: ...


@pytest.mark.parametrize("view", [forgotten, type("View", (), {"opening": "everybody"})()])
def test_a_view_that_does_not_say_is_found(view):
    assert without_opening([URLPattern(get_resolver().pattern, view)]) == ["^/"]


@pytest.mark.parametrize("decorate", [public, signed_in, for_screen, opens_to(Verb.MATTER_READ)])
def test_each_decorator_marks_its_view(decorate):
    assert isinstance(decorate(lambda request: None).opening, Opening)


def test_opens_to_nothing_is_a_mistake():
    with pytest.raises(TypeError):
        opens_to()
