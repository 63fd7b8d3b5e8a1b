"""Staff accounts are the staff pages' business. The portal opens grants by their secret, and of accounts, sessions and
passkeys it reaches those of the resident who signed in: row security stands on each (migration 0003).
"""

WRITE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"
_LOOKED_UP = {"jobs": "SELECT", "seal": "", "read": "SELECT"}
_KEPT_TO_ITSELF = {"jobs": "", "seal": "", "read": ""}

GRANTS = {
    "people_person": {"web": WRITE, "portal": WRITE, **_LOOKED_UP},
    "people_post": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_postpassing": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_rolenarrowing": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_tiermodel": {"web": WRITE, "portal": "SELECT", **_LOOKED_UP},
    "people_staffingrule": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_posting": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_dutyentry": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_device": {"web": WRITE, "portal": "", **_LOOKED_UP},
    "people_account": {"web": ALL, "portal": ALL, "jobs": "SELECT", "seal": "", "read": ""},
    "people_contactproof": {"web": WRITE, "portal": WRITE, "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": ""},
    "people_grant": {
        "web": WRITE,
        "portal": "SELECT, INSERT",
        "jobs": "SELECT, INSERT, UPDATE",
        "seal": "",
        "read": "",
    },
    "people_session": {"web": WRITE, "portal": WRITE, "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "people_workstation": {"web": WRITE, "portal": "", **_KEPT_TO_ITSELF},
    "people_failedsignin": {"web": ALL, "portal": "SELECT, INSERT", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "people_codeapp": {"web": ALL, "portal": "", **_KEPT_TO_ITSELF},
    "people_recoverycode": {"web": ALL, "portal": ALL, **_KEPT_TO_ITSELF},
    "people_passkey": {"web": ALL, "portal": ALL, **_KEPT_TO_ITSELF},
}

FUNCTIONS = {
    "people_grant_of(bytea, text, timestamptz)": ("web", "portal", "jobs"),
    "people_opened_matters(uuid, uuid, timestamptz)": ("web", "portal", "jobs"),
    "people_resident_of_session(bytea, timestamptz)": ("portal",),
    "people_resident_of_contact(bytea)": ("web", "portal"),
    "people_resident_of_passkey(bytea)": ("web", "portal"),
    "people_own_resident()": ("portal",),
    "people_end_binding(timestamptz)": ("web", "portal"),
    "people_let_go(timestamptz)": ("web", "portal"),
}
