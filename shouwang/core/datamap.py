"""The data map: what each field is, why it is held, on what basis, how long, and which rights apply.

Every model sets `data_map = {"field": use, …}` for each of its fields; a field without one fails the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KLASSES = ("technical", "public", "staff", "personal", "sensitive", "secret")
RETENTIONS = {  # C22, and classes of our own; how many days, None = as long as the row it belongs to
    "life": None,
    "track": 30,
    "track_review": 90,
    "plate": 30,
    "frames": 0,
    "radio_name": 90,
    "ticket": 730,
    "access": 1095,
    "sharing": 1095,
    "net_log": 183,
    "bwc": 183,
    "mediation": 1825,
    "video_meta": 1095,
    "session": 30,
    "sheet": 30,
    "sheet_content": 7,
    "outbox": 153,
    "register": None,  # until the day each record names itself (retain_until)
}
RIGHTS = ("none", "see", "see_correct", "see_correct_erase")


@dataclass(frozen=True)
class FieldUse:
    """One line of the data map.

    klass      one of KLASSES
    purpose    why it is held, in a few words
    basis      legal basis (C21): consent, statutory_duty, contract_or_hr, emergency, own_public, other_statute, none
    retention  one of RETENTIONS; the purge job of that class deletes or empties the field
    rights     what the person it speaks of may do with it (one of RIGHTS)
    """

    klass: str
    purpose: str
    basis: str
    retention: str
    rights: str


TECHNICAL = FieldUse("technical", "keeps rows apart", "none", "life", "none")
PUBLIC = FieldUse("public", "describes the ground or the service", "none", "life", "none")
STAFF = FieldUse("staff", "shows who acted and who is responsible", "contract_or_hr", "life", "see_correct")
MATTER = FieldUse("personal", "bringing the matter to its end", "statutory_duty", "ticket", "see_correct")
SECRET = FieldUse("secret", "proves who one is", "contract_or_hr", "life", "none")
TRACK = FieldUse("sensitive", "where a unit on shift is", "contract_or_hr", "track", "see")
IDENTITY = FieldUse("sensitive", "reaching a person about his matter", "statutory_duty", "ticket", "see_correct_erase")
ACCESS = FieldUse("personal", "showing who looked, when and why", "statutory_duty", "access", "see")


def every(use: FieldUse, *names: str) -> dict[str, FieldUse]:
    """The same use for several fields."""
    return dict.fromkeys(names, use)


def missing_fields(models: Iterable[Any]) -> list[str]:
    """Fields of `models` that no data map names, and names that no field has."""
    faults = []
    for model in models:
        listed: Mapping[str, FieldUse] = getattr(model, "data_map", {})
        fields = {field.name for field in model._meta.local_fields}
        faults += [f"{model._meta.label}.{name} is not in the data map" for name in sorted(fields - listed.keys())]
        faults += [f"{model._meta.label}.{name} is no field" for name in sorted(listed.keys() - fields)]
        for name, use in listed.items():
            if use.klass not in KLASSES or use.retention not in RETENTIONS or use.rights not in RIGHTS:
                faults.append(f"{model._meta.label}.{name} has an unknown class, retention or right")
    return faults
