"""A proposed day or minute reaches the browser's picker, whatever language the page is in."""

import datetime as dt

import pytest
from django import forms
from django.utils import translation

from shouwang.ui.inputs import DayInput, MinuteInput
from tests.house.tree import ROOT

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
OWN = ("forms.DateInput", "forms.DateTimeInput")


class Proposed(forms.Form):
    day = forms.DateField(initial=dt.date(2026, 11, 3), widget=DayInput())
    minute = forms.DateTimeField(initial=dt.datetime(2026, 11, 3, 8, 5, tzinfo=SHANGHAI), widget=MinuteInput())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_form_proposes_is_written_as_pickers_read_it(language):
    with translation.override(language):
        form = Proposed()
        assert 'type="date" value="2026-11-03"' in str(form["day"]).replace('name="day" ', "")
        assert 'value="2026-11-03T08:05"' in str(form["minute"])


def test_no_form_has_a_picker_of_its_own():
    own = [
        path for path in (ROOT / "shouwang").rglob("*.py")
        if path.name != "inputs.py" and any(word in path.read_text() for word in OWN)
    ]  # fmt: skip
    assert [path for path in own if "tests" not in path.parts] == []
