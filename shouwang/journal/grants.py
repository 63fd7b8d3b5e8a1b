"""Nobody but the owner changes or removes an envelope, a leaf or a head."""

GRANTS = {
    "journal_entry": {
        "web": "SELECT, INSERT",
        "portal": "SELECT, INSERT",
        "jobs": "SELECT, INSERT",
        "seal": "SELECT",
        "read": "SELECT",
    },
    "journal_particulars": {
        "web": "SELECT, INSERT",
        "portal": "INSERT",  # the public follows a matter by its envelopes alone
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "journal_pending": {
        "web": "INSERT",
        "portal": "INSERT",
        "jobs": "INSERT",
        "seal": "SELECT, DELETE",
        "read": "SELECT",
    },
    "journal_leaf": {
        "web": "SELECT",
        "portal": "SELECT",
        "jobs": "SELECT",
        "seal": "SELECT, INSERT",
        "read": "SELECT",
    },
    "journal_head": {
        "web": "SELECT",
        "portal": "SELECT",
        "jobs": "SELECT",
        "seal": "SELECT, INSERT",
        "read": "SELECT",
    },
    "journal_reacted": {
        "web": "",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
}
