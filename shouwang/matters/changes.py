"""Two people edit the same matter: the second is told what the first changed, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.people.models import Person

FIELD_LABELS: dict[str, Promise] = {
    "state": _("state"), "kind": _("kind"), "subkind": _("call type"), "urgency": _("urgency"), "place": _("place"),
    "words": _("words of the caller"), "gist": _("gist"), "responsible": _("responsible post"), "outcome": _("outcome"),
    "visibility": _("visibility"), "area": _("area"), "parent": _("link"), "channel": _("channel"),
    "named": _("named list"), "merged_into": _("joined with"),
}  # fmt: skip
PLACE = ("lon", "lat", "place_text", "address")


class MatterChanged(Problem):
    code, status = "matter.changed", 409
    says = _("{who} changed this matter at {when}: {fields}. Look at it again, then repeat your change.")


def snapshot(matter: Matter) -> dict[str, Any]:
    """What people change, by field: compared before and after a step."""
    names = (
        "state", "kind", "subkind", "channel", "urgency", "visibility", "lon", "lat", "place_text", "address",
        "words", "gist", "outcome",
    )  # fmt: skip
    taken: dict[str, Any] = {name: getattr(matter, name) for name in names}
    taken |= {"responsible": matter.responsible_id, "area": matter.area_id, "parent": matter.parent_id}
    return taken | {"merged_into": matter.merged_into_id, "named": list(matter.named), "facts": dict(matter.facts)}


def changed_fields(before: Mapping[str, Any], matter: Matter) -> list[str]:
    """Names of what is different now; the place counts as one, facts as `facts.<name>`."""
    now = snapshot(matter)
    names = [name for name in before if name != "facts" and before[name] != now[name]]
    old, new = before["facts"], now["facts"]
    names += [f"facts.{key}" for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    return list(dict.fromkeys("place" if name in PLACE else name for name in names))


def raise_if_changed(matter: Matter, expected_version: int | None) -> None:
    """Raises MatterChanged when somebody took a step since `expected_version`, naming him, the time and the fields."""
    if expected_version is None or expected_version == matter.version:
        return
    from shouwang.journal.models import Entry

    entries = Entry.objects.filter(subject=matter.pk).select_related("particulars").order_by("-id")[:50]
    since = [entry for entry in entries if _version(entry) > expected_version]
    names = dict.fromkeys(name for entry in reversed(since) for name in entry.particulars.values.get("changed", []))
    person = Person.objects.filter(pk=since[0].person).first() if since and since[0].person else None
    raise MatterChanged(
        who=person.name if person else _("Somebody"),
        when=since[0].at.astimezone(SHANGHAI).strftime("%H:%M:%S") if since else "?",
        fields=shown(matter, names) or _("a detail"),
    )


def shown(matter: Matter, names: Iterable[str]) -> str:
    """Changed names as a reader's words."""
    facts = kind_of(matter.kind).facts
    words = [
        str(facts.get(name.removeprefix("facts."), name)) if name.startswith("facts.") else str(FIELD_LABELS[name])
        for name in names
        if name in FIELD_LABELS or name.startswith("facts.")
    ]
    return "、".join(dict.fromkeys(words))


def _version(entry: Any) -> int:
    particulars = getattr(entry, "particulars", None)
    return int(particulars.values.get("version", 0)) if particulars else 0
