"""Calls in figures: places, times and crews; small counts are hidden, on the page and in the file alike."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from shouwang.core import clock
from shouwang.dispatch import dispatching
from shouwang.dispatch.workload import cells
from shouwang.matters.intake import open_matter


@pytest.fixture
def calls(world) -> None:
    """Six fights, one theft; to one a crew went, signed after 40 s."""
    at = clock.now() - dt.timedelta(hours=3)
    given = {
        "kind": "incident",
        "by": world.fang,
        "gist": "一起",
        "place_text": "桥西路12号",
        "point": (111.427, 27.686),
    }
    made = [open_matter(at=at, subkind="order.fight", **given) for _each in range(6)]
    open_matter(at=at, subkind="crime.theft", **given)
    task = dispatching.send_unit(matter=made[0], unit=world.qx1, by=world.fang, at=at + dt.timedelta(seconds=30))
    dispatching.sign(assignment=task, by=world.ming, at=at + dt.timedelta(seconds=70))


@pytest.mark.item("S-CMD-012")
def test_calls_are_counted_by_hour_type_and_ground_with_medians_and_crews(world, desk, calls):
    page = desk("lin").get(reverse("desk:figures"), {"days": "7"}).content.decode()

    assert all(words in page for words in ("治安", "警情数据", "桥西1组", "40秒", "30秒"))
    assert page.count("<meter") == 24 + 15  # hours, and the bins of C13


@pytest.mark.item("S-CMD-012")
def test_what_is_under_five_is_hidden_and_cannot_be_worked_out(world, desk, calls):
    assert [one.shown for one in cells({"a": 6, "b": 1, "c": 9})] == ["9", "*", "<5"]
    assert [one.shown for one in cells({"a": 2, "b": 1, "c": 9})] == ["9", "<5", "<5"]
    assert [one.shown for one in cells({"a": 6})] == ["6"]

    page = desk("lin").get(reverse("desk:figures")).content.decode()
    file = desk("lin").get(reverse("desk:figures_file")).content.decode()

    assert "&lt;5" in page
    assert "<5" in file
    assert ",1\r\n" not in "".join(line for line in file.splitlines(True) if "刑事" in line)


@pytest.mark.item("S-CMD-012")
def test_no_table_keeps_figures_of_residents(world, desk):
    names = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("shouwang.dispatch")}

    assert not [name for name in names if "resident" in name or "profile" in name]
    assert desk("lu").get(reverse("desk:figures")).status_code == 403
    assert desk("lin").get(reverse("desk:figures"), {"days": "x"}).status_code == 200
