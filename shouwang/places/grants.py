"""The ground is public: every process reads it; areas are changed at the desk, the rest by the importer."""

_GROUND = {"web": "SELECT", "portal": "SELECT", "jobs": "SELECT, INSERT, DELETE", "seal": "", "read": "SELECT"}
_AREAS = {
    "web": "SELECT, INSERT, UPDATE",
    "portal": "SELECT",
    "jobs": "SELECT, INSERT, UPDATE",
    "seal": "",
    "read": "SELECT",
}

GRANTS = {
    "places_area": _AREAS,
    "places_areaversion": _AREAS,
    "places_groundload": _GROUND,
    "places_mapfeature": _GROUND,
    "places_foundplace": _GROUND,
}
