"""Address elements (table C5 of GA/T 2000.32): their codes, and under what each may stand. Pure."""

from __future__ import annotations

# identifier: (code, identifiers of the parents it may have)
_TOWNSHIPS = ("township", "town", "street_office")
_COMMITTEES = ("community", "residents_committee", "villagers_committee")
_ALONG = ("county", *_TOWNSHIPS)

ELEMENTS: dict[str, tuple[int, tuple[str, ...]]] = {
    "province": (11, ()),
    "city": (12, ("province",)),
    "county": (13, ("province", "city")),
    "township": (21, ("county",)),
    "town": (22, ("county",)),
    "street_office": (23, ("county",)),
    "community": (31, _TOWNSHIPS),
    "residents_committee": (32, _TOWNSHIPS),
    "villagers_committee": (33, _TOWNSHIPS),
    "group": (34, _COMMITTEES),
    "street": (41, _ALONG),
    "estate": (42, (*_ALONG, "street")),
    "compound": (43, ("street", "estate")),
    "natural_village": (44, ("villagers_committee", "group")),
    "building": (50, ("street", "estate", "compound", "natural_village")),
    "entrance_unit": (61, ("building",)),
    "room": (62, ("building", "entrance_unit")),
}
DIVISIONS = frozenset(["province", "city", "county", *_TOWNSHIPS, *_COMMITTEES])


def may_stand_under(element: str, parent: str | None) -> bool:
    """Whether the matrix allows the step; without a parent only what starts a tree: a province, a city, a county."""
    if parent is None:
        return element in ("province", "city", "county")
    return parent in ELEMENTS[element][1]


def children_of(element: str) -> tuple[str, ...]:
    """What may stand under it, in the order of the codes."""
    return tuple(name for name, (_, parents) in ELEMENTS.items() if element in parents)
