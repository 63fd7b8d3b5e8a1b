"""What a step asks for: read by its form, or refused with the first wrong field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.common_forms import UuidList
from shouwang.matters.kinds import Step, Taking
from shouwang.matters.models import Matter


class GivenWrong(Problem):
    code, status = "matter.given_wrong", 400
    says = _("{label}: {why}")


def form_for(step: Step, matter: Matter, *, by: Actor, at: dt.datetime) -> forms.Form | None:
    """The form of a step, filled with what is known and with what may be chosen; None when it asks for nothing."""
    if step.form is None:
        return None
    known = {name: getattr(matter, name, matter.facts.get(name)) for name in step.form.base_fields}
    form = step.form(initial={name: value for name, value in known.items() if value not in (None, "", [])})
    for name, choices in (step.offers(Taking(matter, step, by, at)) if step.offers else {}).items():
        several = isinstance(form.fields[name], UuidList)
        form.fields[name].widget = (
            forms.CheckboxSelectMultiple(choices=choices)
            if several
            else forms.Select(choices=[("", "—"), *choices], attrs={"class": "form-select"})
        )
    return form


def read_given(form_class: type[forms.Form] | None, given: Mapping[str, Any], *, label: Promise) -> dict[str, Any]:
    """What was given, checked by the form. Raises GivenWrong naming the first wrong field; `label` is the step's."""
    form = form_class(data=dict(given)) if form_class else forms.Form(data={})
    for name in given:
        if name not in form.fields:
            raise GivenWrong(field=name, label=name, why=_("this step does not ask for it."))
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        told = form.fields[name].label or name if name in form.fields else label
        raise GivenWrong(field=name, label=told, why=faults[0])
    return form.cleaned_data
