"""Files are added by whoever may, and destroyed by the purge alone."""

GRANTS = {
    "evidence_evidence": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT, INSERT",
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "",
    },
    "evidence_original": {
        "web": "SELECT, INSERT",
        "portal": "INSERT",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
    "evidence_copy": {
        "web": "SELECT",
        "portal": "SELECT",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "",
    },
    "evidence_upload": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
    "evidence_uploadpart": {
        "web": "SELECT, INSERT",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
}
