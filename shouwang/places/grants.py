"""The ground is public: every process reads it; areas and addresses change at the desk, the rest by the importer.

The portal finds addresses by words (`places_foundplace`), and does not read the tree: rooms are no public list.
"""

_GROUND = {"web": "SELECT", "portal": "SELECT", "jobs": "SELECT, INSERT, DELETE", "seal": "", "read": "SELECT"}
_AREAS = {
    "web": "SELECT, INSERT, UPDATE",
    "portal": "SELECT",
    "jobs": "SELECT, INSERT, UPDATE",
    "seal": "",
    "read": "SELECT",
}
_ADDRESSES = {
    "web": "SELECT, INSERT, UPDATE",
    "portal": "",
    "jobs": "SELECT, INSERT, UPDATE, DELETE",  # a sheet that is undone takes its addresses back
    "seal": "",
    "read": "SELECT",
}

GRANTS = {
    "places_address": _ADDRESSES,
    "places_addressalias": _ADDRESSES,
    "places_addresssuccession": _ADDRESSES,
    "places_area": _AREAS,
    "places_areaversion": _AREAS,
    "places_drivinghours": _AREAS | {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT"},
    "places_freearea": _AREAS | {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT"},
    "places_freelayer": _AREAS | {"portal": "", "jobs": "SELECT"},
    "places_roadclosure": _AREAS | {"portal": "", "jobs": "SELECT"},
    "places_groundload": _GROUND,
    "places_mapfeature": _GROUND,
    "places_foundplace": _GROUND | {"web": "SELECT, INSERT, UPDATE, DELETE", "jobs": "SELECT, INSERT, UPDATE, DELETE"},
}
