"""Pages put notices into the outbox; the portal reads its resident's own (migration 0002); only the jobs send."""

WRITE = "SELECT, INSERT, UPDATE"

GRANTS = {
    "notices_notice": {
        "web": WRITE,
        "portal": "SELECT, UPDATE",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "notices_optout": {
        "web": "SELECT, INSERT, DELETE",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "",
    },
    "notices_staffnumber": {"web": WRITE, "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
}
