"""Least rights on the tables of matters. Nobody deletes a matter; the purge of the jobs role erases what it may.

The portal writes its inbox alone; of the rest it reads, by row security, what a grant opens.
"""

GRANTS = {
    "matters_matter": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "matters_clock": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "matters_party": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "",
    },
    "matters_note": {
        "web": "SELECT, INSERT",
        "portal": "SELECT",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "",
    },
    "matters_watch": {"web": "SELECT, INSERT, DELETE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "matters_draft": {
        "web": "SELECT, INSERT, UPDATE, DELETE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": "",
    },
    "matters_notsame": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "matters_opening": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "matters_dayserial": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE",
        "seal": "",
        "read": "",
    },
    "matters_sheet": {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"},
    "matters_submission": {
        "web": "", "portal": "SELECT, INSERT", "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": "",
    },
    "matters_onetimecode": {"web": "", "portal": "SELECT, UPDATE", "jobs": "INSERT, DELETE", "seal": "", "read": ""},
    "matters_receipttry": {"web": "", "portal": "SELECT, INSERT", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "matters_sentstep": {
        "web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": "",
    },
}  # fmt: skip

FUNCTIONS = {"matters_may_be_opened(uuid)": ("portal",)}
