"""All matters a person may see, by words, number, place, kind and day: a list with an address of its own."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shouwang.core import clock
from shouwang.desk.completing import hits_for
from shouwang.desk.loading import actor_of
from shouwang.matters.finding import Narrowing
from shouwang.matters.kinds import kinds
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.inputs import DayInput

MOST = 200  # of one search; the page says when there are more
ON_A_PAGE = 20


class SearchForm(forms.Form):
    """What the address asks for; nonsense in it is left aside."""

    q = forms.CharField(label=_("Number, words, place or day"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False,
        choices=[("", _("Open and ended")), ("open", _("Open only")), ("ended", _("Ended only"))],
    )  # fmt: skip
    first = forms.DateField(label=_("Opened from"), required=False, widget=DayInput())
    last = forms.DateField(label=_("Opened until"), required=False, widget=DayInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [("", _("All kinds")), *((one.name, one.label) for one in kinds())]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def narrowing(self) -> Narrowing:
        told = self.cleaned_data
        return Narrowing(told.get("kind", ""), told.get("standing", ""), told.get("first"), told.get("last"))


@opens_to(Verb.MATTER_READ)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    words, only = form.cleaned_data.get("q", ""), form.narrowing()
    hits = hits_for(words, actor_of(request), clock.now(), MOST, only)
    page = Paginator(hits, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    told = {"form": form, "page": page, "more": len(hits) == MOST, "asked": bool(words) or only != Narrowing()}
    return render(request, "desk/matters.html", told | {"query": asked.urlencode()})
