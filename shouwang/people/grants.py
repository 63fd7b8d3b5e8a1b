"""Staff accounts are the staff pages' business: the portal reads none, and opens grants by their secret only."""

WRITE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"
_LOOKED_UP = {"jobs": "SELECT", "seal": "", "read": "SELECT"}
_KEPT_TO_ITSELF = {"jobs": "", "seal": "", "read": ""}

GRANTS = {
    "people_person": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_post": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_postpassing": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_rolenarrowing": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_tiermodel": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_device": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_grant": {"web": WRITE, "portal": "INSERT", "jobs": "SELECT, INSERT, UPDATE", "seal": "", "read": ""},
    "people_session": {"web": WRITE, "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "people_workstation": {"web": WRITE, "portal": "", **_KEPT_TO_ITSELF},
    "people_failedsignin": {"web": ALL, "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "people_codeapp": {"web": ALL, "portal": "", **_KEPT_TO_ITSELF},
    "people_recoverycode": {"web": ALL, "portal": "", **_KEPT_TO_ITSELF},
    "people_passkey": {"web": ALL, "portal": "", **_KEPT_TO_ITSELF},
}

FUNCTIONS = {
    "people_grant_of(bytea, text, timestamptz)": ("web", "portal", "jobs"),
    "people_opened_matters(uuid, uuid, timestamptz)": ("web", "portal", "jobs"),
    "people_resident_of_session(bytea, timestamptz)": ("portal",),
}
