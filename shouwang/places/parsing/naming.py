"""Names for the parts of an address: the kinds of table C5 inside, the tags of the labelled addresses outside."""

from __future__ import annotations

import re

# slot: tag of the cn_address guideline (Li et al., NAACL 2019), lower case
TAGS = {
    "country": "country", "province": "prov", "city": "city", "county": "district", "zone": "devzone", "town": "town",
    "community": "community", "street": "road", "number": "roadno", "branch": "subroad", "branch_number": "subroadno",
    "place": "poi", "inner_place": "subpoi", "building": "houseno", "entrance_unit": "cellno", "floor": "floorno",
    "room": "roomno", "beside": "assist", "noise": "redundant",
}  # fmt: skip
ESTATE = re.compile(r"(?:小区|花园|家园|公寓|新村|[苑里园庭邸府])$")


def element(slot: str, text: str) -> str:
    """The kind of C5 that a part is; "" for what no standard address holds (a floor, a shop, what stands beside)."""
    if slot == "town":
        return {"乡": "township", "镇": "town"}.get(text[-1:], "street_office")
    if slot == "community":
        return "villagers_committee" if text.endswith(("村", "村委会")) else "community"
    if slot in ("street", "branch"):
        return "group" if text.endswith(("组", "队")) else "street"
    if slot == "place":
        return "estate" if ESTATE.search(text) else ""
    if slot in ("number", "branch_number", "building"):
        return "building"
    return slot if slot in ("province", "city", "county", "entrance_unit", "room") else ""
