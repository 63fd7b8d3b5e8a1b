"""What the desk types."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.kinds import kind_of

URGENCIES = [
    (1, _("1 Life in danger")), (2, _("2 Happening now, or the suspect is there")), (3, _("3 Soon")),
    (4, _("4 Can be booked")),
]  # fmt: skip


class IntakeForm(forms.Form):
    """A call. `chosen` is the found place as "lon,lat|address|text"; empty: only the caller's words for it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subkind = forms.ChoiceField(label=_("Type of call"))
    place_text = forms.CharField(label=_("Where"), max_length=300, required=False)
    chosen = forms.CharField(max_length=420, required=False, widget=forms.HiddenInput)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=URGENCIES, coerce=int)
    words = forms.CharField(
        label=_("In the caller’s words"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    gist = forms.CharField(label=_("In short"), max_length=200, required=False)
    channel = forms.ChoiceField(label=_("How it came in"))
    name = forms.CharField(label=_("Caller’s name"), max_length=60, required=False)
    number = forms.CharField(label=_("Caller’s number"), max_length=20, required=False)
    protected = forms.BooleanField(label=_("Wants to stay unnamed"), required=False)
    quiet = forms.BooleanField(label=_("Wants no message and no call"), required=False)
    silent = forms.BooleanField(label=_("Silent: no ringing, no knocking, no messages"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        incident = kind_of("incident")
        sorts = [(sort.name, sort.label) for sort in incident.subkinds.values()]
        self.fields["subkind"].choices = sorts  # type: ignore[attr-defined]
        self.fields["channel"].choices = list(incident.channels.items())  # type: ignore[attr-defined]
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs["class"] = "form-control"

    def clean_chosen(self) -> tuple[float, float, str | None, str] | None:
        """(lon, lat, address id, text) of the place that was found and chosen."""
        text: str = self.cleaned_data["chosen"]
        if not text:
            return None
        point, address, name = [*text.split("|", 2), "", ""][:3]
        try:
            lon, lat = (float(part) for part in point.split(","))
        except ValueError as fault:
            raise forms.ValidationError(_("This place cannot be read. Choose it from the list again.")) from fault
        return lon, lat, address or None, name
