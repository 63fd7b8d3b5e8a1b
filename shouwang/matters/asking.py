"""What a step asks for: read by its form, or refused with the first wrong field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem


class GivenWrong(Problem):
    code, status = "matter.given_wrong", 400
    says = _("{label}: {why}")


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
